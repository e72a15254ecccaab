-- registrering_tall: filled for years that were loaded before the table was there; else the load does it.

INSERT INTO arbsok_lasting.registrering_tall
SELECT t.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.arbsok_registrering_opptelt(l.aargang) AS t
WHERE NOT EXISTS (SELECT FROM arbsok_lasting.registrering_tall AS f WHERE f.aargang = l.aargang)
ON CONFLICT DO NOTHING;
