-- lagsasf: what a month's file consists of: each combination of coded fields and each number of days, with its count.
-- Original program: lagsasf.sas (SPEC.md 2, year file). The file itself is in raa, as delivered. A combination is read,
-- trimmed, split and recoded once, by the views that follow, not once for each of its records.

CREATE OR REPLACE FUNCTION trygdfob.lagsasf(p_aargang integer, p_maaned integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO trygdfob.kodekombinasjon
        (maaned, as_stat_tekst, dagdato_tekst, as_gr_tekst, as_f_tekst, antall, lengste_fnr, lengste_mnd)
    SELECT p_maaned, r.as_stat, r.dagdato, r.as_gr, r.as_f, count(*), max(length(r.fnr)), max(length(r.mnd))
    FROM trygdfob.raa AS r
    WHERE r.maaned = p_maaned
    GROUP BY r.as_stat, r.dagdato, r.as_gr, r.as_f;

    INSERT INTO trygdfob.dagantall (maaned, ant_d_as_tekst, antall)
    SELECT p_maaned, r.ant_d_as, count(*)
    FROM trygdfob.raa AS r
    WHERE r.maaned = p_maaned
    GROUP BY r.ant_d_as;

    RETURN (SELECT sum(k.antall) FROM trygdfob.kodekombinasjon AS k WHERE k.maaned = p_maaned);
END
$$;

COMMENT ON FUNCTION trygdfob.lagsasf(integer, integer) IS
    'Counts the combinations of coded fields and the numbers of days in a month''s file (kodekombinasjon, dagantall); returns the number of records read (original lagsasf.sas; SPEC.md 2).';
