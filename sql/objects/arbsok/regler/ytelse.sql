-- ytelse: the benefit codes, the last two characters of as_stat (the source's 2.2.2).

WITH regel (kode, tekst) AS (VALUES
    ('ID', 'Ikke dagpenger'),
    ('SD', 'Søkt dagpenger'),
    ('DP', 'Dagpenger'),
    ('AT', 'Attføringspenger'),
    ('SO', 'Sosialhjelp'),
    ('SY', 'Sykepenger'),
    ('UT', 'Uføretrygd'),
    ('IS', 'Individstønad'),
    ('VS', 'Ventestønad'),
    ('SA', 'Søkt attføringspenger')
),

borte AS (
    DELETE FROM trygdfob.ytelse AS y
    WHERE y.fra_fil AND NOT EXISTS (SELECT FROM regel AS r WHERE r.kode = y.kode)
)

INSERT INTO trygdfob.ytelse AS y (kode, tekst, fra_fil)
SELECT r.kode, r.tekst, true FROM regel AS r
ON CONFLICT (kode) DO UPDATE SET
    tekst = excluded.tekst
WHERE y.fra_fil; -- what a user has added stays
