-- tidligere_tilfelle: the spells that ran when the year began and met something in it, with the tomdato, asoktom and
-- regtom that their records get: by the person's first event of the year and those after it, or by the closing at its end.

CREATE OR REPLACE VIEW trygdfob.tidligere_tilfelle AS
SELECT a.del, a.fnr, a.gjaldt_tilgdato AS tilgdato, a.gjaldt_asoktilg AS asoktilg,
    trygdfob.lag_tomdato(
        CASE WHEN e.handling = 'avgang_tilgang' THEN e.avgang ELSE e.neste_avgang END, a.avgdato
    ) AS tomdato,
    trygdfob.lag_asoktom(coalesce(e.avgang, e.neste_gruppeavgang), a.avgdato) AS asoktom,
    trygdfob.lag_regtom(coalesce(e.avgang, e.tilgang - 1), a.avgdato) AS regtom
FROM trygdfob.aarets_h AS a
LEFT JOIN trygdfob.hendelse AS e ON e.del = a.del AND e.fnr = a.fnr AND e.tilgang IS NOT NULL AND e.foerste
WHERE a.gjaldt_tilgdato IS NOT NULL AND (e.fnr IS NOT NULL OR a.avgdato IS NOT NULL);

COMMENT ON VIEW trygdfob.tidligere_tilfelle IS
    'While a year is being loaded: the spells that ran when it began and that something happened to, with the first exit, group exit and event from then on, as tomdato, asoktom and regtom of their earlier records (SPEC.md 4).';
