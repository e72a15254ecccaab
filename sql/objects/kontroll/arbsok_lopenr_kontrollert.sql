-- arbsok_lopenr_kontrollert: the records of a year whose person number is not that of their person, and the persons
-- that are new in the year without a record of it (spec.md 5.1).

CREATE OR REPLACE FUNCTION kontroll.arbsok_lopenr_kontrollert(p_aargang integer)
RETURNS TABLE (kontroll text, noekkel text, fnr varchar, dato date, kode varchar, detalj text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT 'lopenr_er_personens', concat_ws(' ', n.fnr, n.regdato, n.kode), n.fnr, n.regdato, n.kode,
        concat_ws(', ', 'kode ' || n.kode, 'regdato ' || n.regdato, n.detalj)
    FROM (
        SELECT coalesce(f.fnr, p.fnr) AS fnr, f.regdato, f.kode,
            CASE
                WHEN f.fnr IS NULL
                    THEN CASE WHEN p.aargang = p_aargang THEN 'new in the year, but without a record of it' END
                WHEN p.fnr IS NULL THEN 'the person is not in table person'
                WHEN f.lopenr <> p.lopenr THEN 'table person has another number for the person'
            END AS detalj
        -- A foreign key would promise the same, but looks every record up; this reads each table once
        FROM (
            SELECT r.fnr, r.lopenr, r.regdato, r.kode
            FROM arbsok_lasting.forlop_fra(p_aargang) AS r
            WHERE r.aargang = p_aargang
        ) AS f
        FULL JOIN trygdfob.person AS p ON p.fnr = f.fnr
    ) AS n
    WHERE n.detalj IS NOT NULL;
END;

COMMENT ON FUNCTION kontroll.arbsok_lopenr_kontrollert(integer) IS
    'The records that a year''s load made whose person number is not that of their person in table person, and the persons that are new in the year without a record of it. No rows in a sound database (spec.md 5.1).';
