-- lagsasf: what a month's file consists of: each combination of coded fields and each number of days, with its count.
-- Original program: lagsasf.sas (spec.md 2, year file). The file itself is in raa, as delivered. The views that follow
-- read, trim, split and recode each combination once, and not once for each of its records.
-- Records with digits in as_stat (T13) are set aside first: it is as if the file had not had them.

CREATE OR REPLACE FUNCTION arbsok_lasting.lagsasf(p_aargang integer, p_maaned integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    med_tall bigint := 0;
BEGIN
    INSERT INTO arbsok_lasting.kodekombinasjon
        (maaned, as_stat_tekst, dagdato_tekst, as_gr_tekst, as_f_tekst, antall, lengste_fnr, lengste_mnd)
    SELECT p_maaned, r.as_stat, r.dagdato, r.as_gr, r.as_f, count(*), max(length(r.fnr)), max(length(r.mnd))
    FROM arbsok_lasting.raa AS r
    WHERE r.maaned = p_maaned
    GROUP BY r.as_stat, r.dagdato, r.as_gr, r.as_f;

    -- The combinations are few, and where none of them has digits, no record needs to be looked at
    DELETE FROM arbsok_lasting.kodekombinasjon AS k
    WHERE k.maaned = p_maaned AND arbsok_lasting.tall_i_as_stat(k.as_stat_tekst);
    IF found THEN
        WITH vekk AS (
            DELETE FROM arbsok_lasting.raa AS r
            WHERE r.maaned = p_maaned AND arbsok_lasting.tall_i_as_stat(r.as_stat)
            RETURNING r.*
        )
        INSERT INTO arbsok_lasting.aarets_lagt_til_side
            (aargang, mnddato, linje, grunn, fnr, as_stat, dagdato, ant_d_as, as_gr, as_f, mnd)
        SELECT p_aargang, make_date(p_aargang, p_maaned, 1), v.linje, 'tall_i_as_stat', nullif(v.fnr, ''),
            nullif(v.as_stat, ''), nullif(v.dagdato, ''), nullif(v.ant_d_as, ''), nullif(v.as_gr, ''),
            nullif(v.as_f, ''), nullif(v.mnd, '')
        FROM vekk AS v;
        GET DIAGNOSTICS med_tall = ROW_COUNT;
    END IF;
    UPDATE arbsok_lasting.aarets_fil SET tall_i_as_stat = med_tall WHERE maaned = p_maaned;

    INSERT INTO arbsok_lasting.dagantall (maaned, ant_d_as_tekst, antall)
    SELECT p_maaned, r.ant_d_as, count(*)
    FROM arbsok_lasting.raa AS r
    WHERE r.maaned = p_maaned
    GROUP BY r.ant_d_as;

    RETURN med_tall + (
        SELECT coalesce(sum(k.antall), 0) FROM arbsok_lasting.kodekombinasjon AS k WHERE k.maaned = p_maaned
    );
END
$$;

COMMENT ON FUNCTION arbsok_lasting.lagsasf(integer, integer) IS
    'Counts the combinations of coded fields and the numbers of days in a month''s file (kodekombinasjon, dagantall), and sets records with six or more digits in a row in as_stat aside (T13); returns the number of records read (original lagsasf.sas; spec.md 2).';
