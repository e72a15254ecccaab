-- kontroller_felt: refuses a field that is longer than the format allows, before anything is built on it.
-- No field of a month file has more than 14 characters; as_gr has 2, as_f 3 and the days at most 5 digits (SPEC.md 2).
-- An fnr of the wrong length below that is T1's business.

CREATE OR REPLACE FUNCTION trygdfob.kontroller_felt(p_aargang integer, p_maaned integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    funn record;
BEGIN
    -- Nothing in the file is too long, blanks included: no need to look at its records
    IF NOT EXISTS (
        SELECT FROM trygdfob.kodekombinasjon AS k
        WHERE k.maaned = p_maaned
            AND (k.lengste_fnr > 14 OR length(k.as_stat_tekst) > 14 OR length(k.dagdato_tekst) > 14
                OR length(k.as_gr_tekst) > 2 OR length(k.as_f_tekst) > 3 OR k.lengste_mnd > 14)
    ) AND NOT EXISTS (
        SELECT FROM trygdfob.dagantall AS d WHERE d.maaned = p_maaned AND length(d.ant_d_as_tekst) > 5
    ) THEN
        RETURN 0;
    END IF;

    SELECT l.linje,
        CASE
            WHEN length(l.fnr) > 14 THEN 'fnr'
            WHEN length(l.as_stat) > 14 THEN 'as_stat'
            WHEN length(l.dagdato) > 14 THEN 'dagdato'
            WHEN length(l.as_gr) > 2 THEN 'as_gr'
            WHEN length(l.as_f) > 3 THEN 'as_f'
            WHEN length(l.mnd) > 14 THEN 'mnd'
            ELSE 'ant_d_as'
        END AS felt
    INTO funn
    FROM (
        SELECT r.linje,
            btrim(r.fnr, trygdfob.blanke()) AS fnr,
            btrim(r.as_stat, trygdfob.blanke()) AS as_stat,
            btrim(r.dagdato, trygdfob.blanke()) AS dagdato,
            btrim(r.ant_d_as, trygdfob.blanke()) AS ant_d_as,
            btrim(r.as_gr, trygdfob.blanke()) AS as_gr,
            btrim(r.as_f, trygdfob.blanke()) AS as_f,
            btrim(r.mnd, trygdfob.blanke()) AS mnd
        FROM trygdfob.raa AS r
        WHERE r.maaned = p_maaned
    ) AS l
    WHERE length(l.fnr) > 14
        OR length(l.as_stat) > 14
        OR length(l.dagdato) > 14
        OR length(l.ant_d_as) > 14
        OR length(l.as_gr) > 2
        OR length(l.as_f) > 3
        OR length(l.mnd) > 14
        OR (length(l.ant_d_as) > 5 AND l.ant_d_as ~ '^0*[1-9][0-9]{5,}([.,]0*)?$')
    ORDER BY l.linje
    LIMIT 1;
    IF found THEN
        RAISE EXCEPTION '%, record %: the field % is longer than the format allows.',
            (SELECT f.fil FROM trygdfob.aarets_fil AS f WHERE f.maaned = p_maaned), funn.linje, funn.felt
            USING ERRCODE = 'FD002',
                HINT = 'Correct the file, or ask for a new delivery; a shifted column or a missing quote is a common cause.';
    END IF;
    RETURN 0;
END
$$;

COMMENT ON FUNCTION trygdfob.kontroller_felt(integer, integer) IS
    'Refuses (error FD002, with file and record number) the year being loaded where a field of the month''s file is longer than the format allows (SPEC.md 2).';
