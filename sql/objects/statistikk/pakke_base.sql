-- pakke_base: by what each part of a package's base is told apart (spec.md 10, R1). A finer base costs precision: so
-- the detail of the fully unemployed is not asked of the other groups, whom no table shows in it.

WITH regel (pakke, lag, gruppering) AS (VALUES
    ('arbeidssokere', 'helt_ledige', 'hovedgruppe'),
    ('arbeidssokere', 'helt_ledige', 'kommune'),
    ('arbeidssokere', 'helt_ledige', 'kjonn'),
    ('arbeidssokere', 'helt_ledige', 'alder_to'),
    ('arbeidssokere', 'helt_ledige', 'alder_seks'),
    ('arbeidssokere', 'helt_ledige', 'varighet'),
    ('arbeidssokere', 'helt_ledige', 'bosatt'),
    ('arbeidssokere', 'andre', 'hovedgruppe'),
    ('arbeidssokere', 'andre', 'fylke'),
    ('arbeidssokere', 'andre', 'kjonn'),
    ('arbeidssokere', 'andre', 'bosatt')
),

borte AS (
    DELETE FROM statistikk.pakke_base AS x
    WHERE x.fra_fil AND NOT EXISTS (
        SELECT FROM regel AS r WHERE r.pakke = x.pakke AND r.lag = x.lag AND r.gruppering = x.gruppering
    )
)

INSERT INTO statistikk.pakke_base AS x (pakke, lag, gruppering, fra_fil)
SELECT r.pakke, r.lag, r.gruppering, true FROM regel AS r
ON CONFLICT (pakke, lag, gruppering) DO NOTHING;
