-- aarets_tall: what the year being loaded has given, counted before the work tables are emptied.

CREATE OR REPLACE VIEW arbsok_lasting.aarets_tall AS
SELECT t.post, coalesce(t.antall, 0) AS antall
FROM (
    SELECT count(*) FILTER (WHERE d.nytt_tilfelle AND NOT d.venstresensurert) AS tilganger,
        count(*) FILTER (WHERE d.venstresensurert) AS venstresensurerte,
        count(*) FILTER (WHERE d.gir_record AND NOT d.ny_gruppe) AS endringer,
        count(*) FILTER (WHERE d.ny_gruppe AND NOT d.nytt_tilfelle) AS gruppeoverganger,
        count(*) FILTER (WHERE d.avslutter_tilfelle) AS avganger,
        count(*) FILTER (WHERE d.vrakes) AS vrakede
    FROM arbsok_lasting.hendelse AS k
    JOIN trygdfob.handling AS d ON d.handling = k.handling
) AS h
CROSS JOIN (
    SELECT count(*) FILTER (WHERE a.avgdato IS NOT NULL) AS avsluttede,
        count(*) FILTER (WHERE a.avgdato IS NULL) AS lopende
    FROM arbsok_lasting.aarets_h AS a
) AS a
CROSS JOIN (
    SELECT count(*) FILTER (WHERE b.grunn = 'ugyldig_fnr') AS ugyldig_fnr,
        count(*) FILTER (WHERE b.grunn = 'tall_i_as_stat') AS tall_i_as_stat,
        count(*) FILTER (WHERE b.grunn = 'dublett') AS dublett
    FROM arbsok_lasting.aarets_lagt_til_side AS b
) AS b
CROSS JOIN (
    SELECT sum(f.uten_henddato) AS uten_henddato, sum(f.i_miniregisteret) AS fra_start
    FROM arbsok_lasting.aarets_fil AS f
    WHERE f.mnddato >= (SELECT date_trunc('month', i.serie_start) FROM trygdfob.innstilling AS i)
) AS c
CROSS JOIN LATERAL (
    VALUES ('tilganger', h.tilganger), ('venstresensurerte', h.venstresensurerte), ('endringer', h.endringer),
        ('gruppeoverganger', h.gruppeoverganger), ('avganger', h.avganger), ('avsluttede', a.avsluttede),
        ('tall_i_as_stat', b.tall_i_as_stat), ('ugyldig_fnr', b.ugyldig_fnr), ('dublett', b.dublett),
        ('fra_start', c.fra_start), ('uten_henddato', c.uten_henddato), ('vrakede', h.vrakede), ('lopende', a.lopende)
) AS t (post, antall);

COMMENT ON VIEW arbsok_lasting.aarets_tall IS
    'While a year is being loaded: its records by event (a group transition is counted once, and gives two records), those set aside by reason, those from the start of the series on and without henddato, the rejected ones, and the spells running at its end. The load keeps these in kjorelogg.';
