-- endelighet: from when to when the register says something, and up to which date that is final (spec.md 5).

CREATE OR REPLACE VIEW arbsok.endelighet AS
SELECT i.serie_start,
    make_date(l.siste_aargang, 1, 1) - 1 AS endelig_til,
    f.siste_dagdato
FROM trygdfob.innstilling AS i
CROSS JOIN (SELECT max(aargang) AS siste_aargang FROM trygdfob.lastet_aargang) AS l
CROSS JOIN (SELECT max(dagdato) AS siste_dagdato FROM trygdfob.maanedsfil) AS f;

COMMENT ON VIEW arbsok.endelighet IS
    'One row: the start of the series, the date up to which the register is final (the end of the year before the last loaded one), and the last extraction date, after which nothing is known. The last two are empty while no year is loaded (spec.md 5).';
