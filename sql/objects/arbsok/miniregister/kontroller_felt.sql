-- kontroller_felt: refuses a file in which a field is longer than the format allows, or in which nobody is identified,
-- before anything is built on it. Everything that is wrong with the file is said in one sentence.
-- No field of a month file has more than 14 characters; as_gr has 2, as_f 3 and the days at most 5 digits (spec.md 2).
-- A shorter fnr of the wrong length is set aside later (T1), unless no record of the month has a right one.

CREATE OR REPLACE FUNCTION arbsok_lasting.kontroller_felt(p_aargang integer, p_maaned integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    for_lange text;
    ingen boolean;
BEGIN
    -- The first record that identifies a person ends the search, and as a rule that is the file's first
    ingen := NOT EXISTS (
        SELECT FROM arbsok_lasting.raa AS r
        WHERE r.maaned = p_maaned
            AND (trygdfob.identifiserer(r.fnr) OR trygdfob.identifiserer(btrim(r.fnr, trygdfob.blanke())))
    );

    -- Where nothing in the file is too long, blanks included, its records need not be looked at
    IF EXISTS (
        SELECT FROM arbsok_lasting.kodekombinasjon AS k
        WHERE k.maaned = p_maaned
            AND (k.lengste_fnr > 14 OR length(k.as_stat_tekst) > 14 OR length(k.dagdato_tekst) > 14
                OR length(k.as_gr_tekst) > 2 OR length(k.as_f_tekst) > 3 OR k.lengste_mnd > 14)
    ) OR EXISTS (
        SELECT FROM arbsok_lasting.dagantall AS d WHERE d.maaned = p_maaned AND length(d.ant_d_as_tekst) > 5
    ) THEN
        SELECT string_agg(
            -- The first line of a CSV file names the columns, and each line after it is a record
            CASE
                WHEN a.fil ILIKE '%.csv' THEN format('line %s', f.foerste + 1)
                ELSE format('record %s', f.foerste)
            END || format(': the field %s is longer than the format allows', f.felt)
                || CASE WHEN f.antall > 1 THEN format(' (and in %s more)', f.antall - 1) ELSE '' END,
            '; ' ORDER BY f.foerste, f.felt
        )
        INTO for_lange
        FROM (
            SELECT l.felt, min(r.linje) AS foerste, count(*) AS antall
            FROM arbsok_lasting.raa AS r
            CROSS JOIN LATERAL (
                VALUES ('fnr', r.fnr, 14), ('as_stat', r.as_stat, 14), ('dagdato', r.dagdato, 14),
                    ('ant_d_as', r.ant_d_as, 14), ('as_gr', r.as_gr, 2), ('as_f', r.as_f, 3), ('mnd', r.mnd, 14)
            ) AS v (felt, tekst, lengde)
            CROSS JOIN LATERAL (SELECT v.felt, btrim(v.tekst, trygdfob.blanke()) AS tekst) AS l
            WHERE r.maaned = p_maaned
                AND (length(l.tekst) > v.lengde
                    OR (l.felt = 'ant_d_as' AND length(l.tekst) > 5 AND l.tekst ~ '^0*[1-9][0-9]{5,}([.,]0*)?$'))
            GROUP BY l.felt
        ) AS f
        CROSS JOIN (SELECT e.fil FROM arbsok_lasting.aarets_fil AS e WHERE e.maaned = p_maaned) AS a;
    END IF;

    IF ingen OR for_lange IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'FD002',
            MESSAGE = (SELECT f.fil FROM arbsok_lasting.aarets_fil AS f WHERE f.maaned = p_maaned)
                || CASE WHEN for_lange IS NOT NULL THEN ', ' || for_lange ELSE '' END
                || CASE
                    WHEN ingen THEN CASE WHEN for_lange IS NULL THEN ': ' ELSE '; ' END
                        || 'no record identifies a person, since none has an fnr of 11 digits'
                    ELSE ''
                END || '.',
            HINT = 'Correct the file, or ask for a new delivery; a shifted column, a missing quote, lost leading '
                'zeros or numbers that a spreadsheet has written as 1,23E+10 are common causes.';
    END IF;
    RETURN 0;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.kontroller_felt(integer, integer) IS
    'Refuses (error FD002, with file and number of line or record) the year being loaded where a field of the month''s file is longer than the format allows, or no record of it identifies a person (spec.md 2).';
