-- kontroller_felt: refuses a field that is longer than the format allows, before anything is built on it.
-- No field of a month file has more than 14 characters; as_gr has 2, as_f 3 and the days at most 5 digits (SPEC.md 2).
-- An fnr of the wrong length below that is T1's business.

CREATE OR REPLACE FUNCTION trygdfob.kontroller_felt(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    funn record;
BEGIN
    SELECT m.fil, l.linje,
        CASE
            WHEN length(l.fnr) > 14 THEN 'fnr'
            WHEN length(l.as_stat) > 14 THEN 'as_stat'
            WHEN length(l.dagdato_tekst) > 14 THEN 'dagdato'
            WHEN length(l.as_gr) > 2 THEN 'as_gr'
            WHEN length(l.as_f) > 3 THEN 'as_f'
            WHEN length(l.mnd) > 14 THEN 'mnd'
            ELSE 'ant_d_as'
        END AS felt
    INTO funn
    FROM trygdfob.aarsfil AS l
    JOIN trygdfob.maanedsfil AS m ON m.mnddato = l.mnddato
    WHERE length(l.fnr) > 14
        OR length(l.as_stat) > 14
        OR length(l.dagdato_tekst) > 14
        OR length(l.ant_d_as) > 14
        OR length(l.as_gr) > 2
        OR length(l.as_f) > 3
        OR length(l.mnd) > 14
        OR (length(l.ant_d_as) > 5 AND l.ant_d_as ~ '^0*[1-9][0-9]{5,}(\.0*)?$')
    ORDER BY l.mnddato, l.linje
    LIMIT 1;
    IF found THEN
        RAISE EXCEPTION '%, record %: the field % is longer than the format allows.', funn.fil, funn.linje, funn.felt
            USING ERRCODE = 'FD002',
                HINT = 'Correct the file, or ask for a new delivery; a shifted column or a missing quote is a common cause.';
    END IF;
    RETURN 0;
END
$$;

COMMENT ON FUNCTION trygdfob.kontroller_felt(integer) IS
    'Refuses (error FD002, with file and record number) the year being loaded where a field is longer than the format allows (SPEC.md 2).';
