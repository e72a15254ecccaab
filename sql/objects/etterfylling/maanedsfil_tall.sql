-- maanedsfil_tall: filled for years that were loaded before the table was there; else the load does it.

INSERT INTO arbsok_lasting.maanedsfil_tall
SELECT f.mnddato, f.aargang, coalesce(s.tall_i_as_stat, 0), coalesce(s.ugyldig_fnr, 0), coalesce(s.dublett, 0), t.*
FROM trygdfob.maanedsfil AS f
LEFT JOIN (
    SELECT b.mnddato,
        count(*) FILTER (WHERE b.grunn = 'tall_i_as_stat') AS tall_i_as_stat,
        count(*) FILTER (WHERE b.grunn = 'ugyldig_fnr') AS ugyldig_fnr,
        count(*) FILTER (WHERE b.grunn = 'dublett') AS dublett
    FROM trygdfob.lagt_til_side AS b
    GROUP BY b.mnddato
) AS s ON s.mnddato = f.mnddato
CROSS JOIN LATERAL arbsok_lasting.maanedens_tall(
    format('(SELECT * FROM trygdfob.miniregister WHERE aargang = %s AND mnddato = %L)', f.aargang, f.mnddato)
) AS t
WHERE NOT EXISTS (SELECT FROM arbsok_lasting.maanedsfil_tall AS e WHERE e.mnddato = f.mnddato)
ON CONFLICT DO NOTHING;
