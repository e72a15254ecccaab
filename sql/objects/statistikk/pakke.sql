-- pakke: what is protected together (spec.md 10, disclosure control).

WITH regel (pakke, tittel, metode, terskel, minste_rettelse, inndeling, finnes_eksakt) AS (VALUES
    ('arbeidssokere', 'Registrerte arbeidssøkere', 'avrunding', 3, 10, NULL, false)
),

borte AS (
    DELETE FROM statistikk.pakke AS x
    WHERE x.fra_fil AND NOT EXISTS (SELECT FROM regel AS r WHERE r.pakke = x.pakke)
)

INSERT INTO statistikk.pakke AS x (pakke, tittel, metode, terskel, minste_rettelse, inndeling, finnes_eksakt, fra_fil)
SELECT r.pakke, r.tittel, r.metode, r.terskel, r.minste_rettelse, r.inndeling::date, r.finnes_eksakt, true
FROM regel AS r
ON CONFLICT (pakke) DO UPDATE SET
    tittel = excluded.tittel,
    metode = excluded.metode,
    terskel = excluded.terskel,
    minste_rettelse = excluded.minste_rettelse,
    inndeling = excluded.inndeling,
    finnes_eksakt = excluded.finnes_eksakt
WHERE x.fra_fil;
