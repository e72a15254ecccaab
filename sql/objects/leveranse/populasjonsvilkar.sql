-- populasjonsvilkar: what a population's criterion can ask of a row, at which level (spec.md 9, populations). The
-- column is that of the level's form.

WITH regel (nivaa, vilkar, kolonne) AS (VALUES
    ('tilfelle', 'hoved', 'hoved_inn'),
    ('tilfelle', 'begynte', 'begynte'),
    ('gruppetilfelle', 'hoved', 'hoved'),
    ('gruppetilfelle', 'begynte', 'begynte'),
    ('periode', 'hoved', 'hoved'),
    ('periode', 'hovedarbstat', 'hovedarbstat'),
    ('periode', 'tiltak', 'tiltak'),
    ('periode', 'ytelse', 'ytelse'),
    ('periode', 'begynte', 'begynte')
),

borte AS (
    DELETE FROM leveranse.populasjonsvilkar AS p
    WHERE NOT EXISTS (SELECT FROM regel AS r WHERE r.nivaa = p.nivaa AND r.vilkar = p.vilkar)
)

INSERT INTO leveranse.populasjonsvilkar AS p (nivaa, vilkar, kolonne)
SELECT r.nivaa, r.vilkar, r.kolonne FROM regel AS r
ON CONFLICT (nivaa, vilkar) DO UPDATE SET kolonne = excluded.kolonne;
