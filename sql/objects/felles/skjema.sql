-- skjema: the product's schemas, and what each is for. sql/ROOMS says which rooms make objects in them.

CREATE OR REPLACE VIEW trygdfob.skjema AS
SELECT s.skjema::regnamespace AS skjema, s.innhold
FROM (VALUES
    ('trygdfob', 'the register: what the source names, code lists, settings, and what all themes share'),
    ('arbsok_lasting', 'ARBSOK: work tables, the steps of a load, its sums, and what explains the records'),
    ('arbsok', 'ARBSOK: what analysts read'),
    ('kontroll', 'the controls: what is promised of a loaded year, the runs, and what they found')
) AS s (skjema, innhold);

COMMENT ON VIEW trygdfob.skjema IS
    'The product''s schemas, and what each is for.';
