-- lagsasf: the year file – the year's month files put together, text fields trimmed, blank is missing.
-- Original program: lagsasf.sas (SPEC.md 2, year file). The year being loaded is the newest one in maanedsfil.

CREATE OR REPLACE VIEW trygdfob.lagsasf AS
SELECT
    m.aargang,
    m.mnddato,
    r.maaned,
    r.linje,
    nullif(btrim(r.fnr, trygdfob.blanke()), '') AS fnr,
    nullif(btrim(r.as_stat, trygdfob.blanke()), '') AS as_stat,
    nullif(btrim(r.dagdato, trygdfob.blanke()), '') AS dagdato_tekst,
    nullif(btrim(r.ant_d_as, trygdfob.blanke()), '') AS ant_d_as,
    nullif(btrim(r.as_gr, trygdfob.blanke()), '') AS as_gr,
    nullif(btrim(r.as_f, trygdfob.blanke()), '') AS as_f,
    nullif(btrim(r.mnd, trygdfob.blanke()), '') AS mnd
FROM trygdfob.raa AS r
JOIN trygdfob.maanedsfil AS m
    ON m.maaned = r.maaned
    AND m.aargang = (SELECT max(n.aargang) FROM trygdfob.maanedsfil AS n);

COMMENT ON VIEW trygdfob.lagsasf IS
    'The year file: the records of the year being loaded as read from the month files, trimmed, blank made missing (original lagsasf.sas).';
