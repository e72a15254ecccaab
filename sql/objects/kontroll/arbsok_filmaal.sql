-- arbsok_filmaal: how many of how many records each control judges a month file by (spec.md 6). It has the files of
-- loaded years, and those of the year being loaded as far as its steps have counted them.

CREATE OR REPLACE VIEW kontroll.arbsok_filmaal AS
SELECT f.aargang, f.mnddato, f.fil, v.kontroll, v.antall, v.av, v.dager
FROM (
    SELECT m.aargang, m.mnddato, m.fil, m.antall, t.tall_i_as_stat, t.ugyldig_fnr, t.dublett, t.i_miniregisteret,
        t.uten_henddato, t.rettet_dagdato, t.feil_i_fnr, t.lengste_dager, t.paa_lengste_dager
    FROM trygdfob.maanedsfil AS m
    JOIN arbsok_lasting.maanedsfil_tall AS t ON t.mnddato = m.mnddato
    UNION ALL
    SELECT a.aargang, a.mnddato, a.fil, a.antall, a.tall_i_as_stat, a.ugyldig_fnr, a.dublett, a.i_miniregisteret,
        a.uten_henddato, a.rettet_dagdato, a.feil_i_fnr, a.lengste_dager, a.paa_lengste_dager
    FROM arbsok_lasting.aarets_fil AS a
    WHERE NOT EXISTS (SELECT FROM trygdfob.maanedsfil AS m WHERE m.mnddato = a.mnddato)
) AS f
CROSS JOIN LATERAL (
    VALUES ('mange_uten_dager', f.uten_henddato, f.i_miniregisteret, NULL::integer),
        ('mange_ugyldige_fnr', f.ugyldig_fnr, f.antall, NULL),
        ('mange_tall_i_as_stat', f.tall_i_as_stat, f.antall, NULL),
        ('mange_dubletter', f.dublett, f.antall, NULL),
        ('mange_rettede_datoer', f.rettet_dagdato, f.i_miniregisteret, NULL),
        ('mange_feil_i_fnr', f.feil_i_fnr, f.i_miniregisteret, NULL),
        ('mange_like_dager', f.paa_lengste_dager, f.i_miniregisteret - f.uten_henddato, f.lengste_dager)
) AS v (kontroll, antall, av, dager)
WHERE v.antall IS NOT NULL
UNION ALL
SELECT m.aargang, m.mnddato, m.fil, 'mange_vrakede', r.vraket, r.alle, NULL
FROM trygdfob.maanedsfil AS m
JOIN (
    SELECT t.mnddato, sum(t.antall)::bigint AS alle,
        coalesce(sum(t.antall) FILTER (WHERE t.utfall = 'vraket'), 0)::bigint AS vraket
    FROM arbsok_lasting.registrering_tall AS t
    WHERE t.utfall <> 'foer_start'
    GROUP BY t.mnddato
) AS r ON r.mnddato = m.mnddato;

COMMENT ON VIEW kontroll.arbsok_filmaal IS
    'What each month file is judged by, a row for each file and control: antall of av records. It has the loaded years, and the year being loaded as far as it has come. Table terskel says from which share on the control warns (spec.md 6).';
COMMENT ON COLUMN kontroll.arbsok_filmaal.av IS 'Number of records that they are a part of.';
