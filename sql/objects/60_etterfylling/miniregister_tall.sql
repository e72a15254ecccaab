-- miniregister_tall: filled for years that were loaded before the table was there; else the load does it.

INSERT INTO trygdfob.miniregister_tall
SELECT t.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL trygdfob.miniregister_opptelt(l.aargang) AS t
WHERE NOT EXISTS (SELECT FROM trygdfob.miniregister_tall AS f WHERE f.aargang = l.aargang)
ON CONFLICT DO NOTHING;
