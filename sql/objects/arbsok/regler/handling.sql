-- handling: whether a registration's handling writes records, what it opens and what it closes (spec.md 4). This stands
-- here alone: whatever needs to know it reads this table.
-- venstresensurert means that the day on which the spell began is not known. avgang_tilgang closes one spell and opens
-- another, gruppeovergang does the same with group spells within a spell, endring writes a record and opens nothing.

WITH regel (
    handling, gir_record, nytt_tilfelle, ny_gruppe, avslutter_gruppe, avslutter_tilfelle, venstresensurert, vrakes
) AS (VALUES
    ('venstresensur', true, true, true, false, false, true, false),
    ('tilgang', true, true, true, false, false, false, false),
    ('ingen', false, false, false, false, false, false, false),
    ('endring', true, false, false, false, false, false, false),
    ('gruppeovergang', true, false, true, true, false, false, false),
    ('avgang_tilgang', true, true, true, true, true, false, false),
    ('vrak', false, false, false, false, false, false, true)
),

borte AS (
    DELETE FROM trygdfob.handling AS h WHERE NOT EXISTS (SELECT FROM regel AS r WHERE r.handling = h.handling)
)

INSERT INTO trygdfob.handling
    (handling, gir_record, nytt_tilfelle, ny_gruppe, avslutter_gruppe, avslutter_tilfelle, venstresensurert, vrakes)
SELECT r.handling, r.gir_record, r.nytt_tilfelle, r.ny_gruppe, r.avslutter_gruppe, r.avslutter_tilfelle,
    r.venstresensurert, r.vrakes
FROM regel AS r
ON CONFLICT (handling) DO UPDATE SET
    gir_record = excluded.gir_record,
    nytt_tilfelle = excluded.nytt_tilfelle,
    ny_gruppe = excluded.ny_gruppe,
    avslutter_gruppe = excluded.avslutter_gruppe,
    avslutter_tilfelle = excluded.avslutter_tilfelle,
    venstresensurert = excluded.venstresensurert,
    vrakes = excluded.vrakes;
