-- koderetting: codes of delivered population registers that are not those of the product (spec.md 10, the population
-- register): SSB's coded regstatus, and Svalbard, which Klass 131 does not have.

WITH regel (kodeliste, fra_kode, til_kode) AS (VALUES
    ('regstatus', '1', 'bosatt'),
    ('regstatus', 'utflyttet', 'utvandret'),
    ('regstatus', 'inaktiv', 'opphort'),
    ('regstatus', 'midlertidig', 'ikke_bosatt'),
    ('regstatus', 'foedselsregistrert', 'ikke_bosatt'),
    ('kommune', '2111', '9999'),
    ('kommune', '2121', '9999'),
    ('kommune', '2131', '9999')
),

borte AS (
    DELETE FROM befolkning.koderetting AS x
    WHERE x.fra_fil AND NOT EXISTS (
        SELECT FROM regel AS r WHERE r.kodeliste = x.kodeliste AND r.fra_kode = x.fra_kode
    )
)

INSERT INTO befolkning.koderetting AS x (kodeliste, fra_kode, til_kode, fra_fil)
SELECT r.kodeliste, r.fra_kode, r.til_kode, true FROM regel AS r
ON CONFLICT (kodeliste, fra_kode) DO UPDATE SET
    til_kode = excluded.til_kode
WHERE x.fra_fil; -- what a user has added stays
