-- uttrekksdato: the days on which NAV took its snapshots, one a month (spec.md 2).

CREATE OR REPLACE VIEW arbsok.uttrekksdato AS
SELECT f.mnddato, f.dagdato
FROM trygdfob.maanedsfil AS f;

COMMENT ON VIEW arbsok.uttrekksdato IS
    'One row for each loaded month: the day of its extraction. On these days what the register says was seen, on others it is worked out. Months before the start of the series are included (spec.md 2; the source''s 2.1).';
