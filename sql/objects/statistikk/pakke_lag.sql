-- pakke_lag: the parts of a package's population that differ in detail (spec.md 10, R1).

WITH regel (pakke, lag, hoved, tekst) AS (VALUES
    ('arbeidssokere', 'helt_ledige', '{1}', 'Helt ledige'),
    ('arbeidssokere', 'andre', '{2,3,4,5,9}', 'Andre hovedgrupper')
),

borte AS (
    DELETE FROM statistikk.pakke_lag AS x
    WHERE x.fra_fil AND NOT EXISTS (SELECT FROM regel AS r WHERE r.pakke = x.pakke AND r.lag = x.lag)
)

INSERT INTO statistikk.pakke_lag AS x (pakke, lag, hoved, tekst, fra_fil)
SELECT r.pakke, r.lag, r.hoved::text[], r.tekst, true FROM regel AS r
ON CONFLICT (pakke, lag) DO UPDATE SET
    hoved = excluded.hoved,
    tekst = excluded.tekst
WHERE x.fra_fil;
