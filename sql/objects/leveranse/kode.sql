-- kode: the code lists of deliveries: those of the register, and beside them koderad (spec.md 9, variables).
-- What tiltak means depends on hovedarbstat: its codes stand in pairs (sammen_med). A pair can be in more than one fine
-- group, and then has the names of all of them.

CREATE OR REPLACE VIEW leveranse.kode AS
SELECT k.kodeliste, NULL::varchar AS sammen_med, k.kode, k.rekkefolge, k.tekst, k.gyldig_fra, k.gyldig_til
FROM leveranse.koderad AS k
UNION ALL
SELECT 'hoved', NULL, h.hoved, CASE WHEN h.hoved ~ '^[0-9]$' THEN 10 * h.hoved::integer ELSE 1000 END, h.gruppe,
    NULL, NULL
FROM arbsok.hovedgruppe AS h
WHERE NOT EXISTS (SELECT FROM leveranse.koderad AS k WHERE k.kodeliste = 'hoved' AND k.kode = h.hoved)
UNION ALL
SELECT 'ytelse', NULL, y.kode, (10 * row_number() OVER (ORDER BY y.kode COLLATE "C"))::integer, y.tekst, NULL, NULL
FROM trygdfob.ytelse AS y
UNION ALL
SELECT 'tiltak', t.hovedarbstat, t.tiltak,
    (10 * row_number() OVER (ORDER BY t.hovedarbstat COLLATE "C", t.tiltak COLLATE "C"))::integer, t.tekst, NULL, NULL
FROM (
    SELECT a.hovedarbstat, a.tiltak,
        string_agg(DISTINCT a.fingruppe_tekst, ' / ' ORDER BY a.fingruppe_tekst) AS tekst
    FROM trygdfob.arbeidssokerstatus AS a
    GROUP BY a.hovedarbstat, a.tiltak
) AS t
UNION ALL
SELECT 'as_gr', NULL, g.as_gr, (10 * row_number() OVER (ORDER BY g.as_gr COLLATE "C"))::integer, g.tekst, NULL, NULL
FROM (
    SELECT a.as_gr, string_agg(DISTINCT a.hovedgruppe_tekst, ' / ' ORDER BY a.hovedgruppe_tekst) AS tekst
    FROM trygdfob.arbeidssokerstatus AS a
    GROUP BY a.as_gr
) AS g
UNION ALL
SELECT 'as_f', NULL, f.as_f, (10 * row_number() OVER (ORDER BY f.as_f COLLATE "C"))::integer, f.tekst, NULL, NULL
FROM (
    SELECT a.as_f, string_agg(DISTINCT a.fingruppe_tekst, ' / ' ORDER BY a.fingruppe_tekst) AS tekst
    FROM trygdfob.arbeidssokerstatus AS a
    GROUP BY a.as_f
) AS f;

COMMENT ON VIEW leveranse.kode IS
    'The code lists of deliveries: each code with its text and, where it does not always hold, from when to when; those of tiltak together with hovedarbstat (sammen_med) (spec.md 9, variables).';
