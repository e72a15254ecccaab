-- person: filled where years were loaded before there were person numbers; else the load does it.

INSERT INTO trygdfob.person (fnr, lopenr, aargang)
SELECT f.fnr, trygdfob.lopenr(n.nokkel, f.fnr) AS lopenr, min(f.aargang)
FROM trygdfob.f_arbsok AS f
CROSS JOIN trygdfob.lopenummer_nokkel AS n
WHERE NOT EXISTS (SELECT FROM trygdfob.person)
GROUP BY f.fnr, n.nokkel
ORDER BY lopenr
ON CONFLICT DO NOTHING;
