-- kommuneetterfolger: what the area of each kommune's code becomes when its period ends: one successor where it is
-- renamed or merges, several where it is split (spec.md 10, V6).

CREATE OR REPLACE VIEW befolkning.kommuneetterfolger AS
SELECT k.kommune, k.til, c.til_kommune AS ny
FROM befolkning.kommuneperiode AS k
JOIN befolkning.kommune_endring AS c ON c.fra_kommune = k.kommune AND c.dato = k.til + 1
WHERE k.til < 'infinity'
UNION
-- The code itself goes on, perhaps under another name, perhaps without what it gave away
SELECT k.kommune, k.til, n.kommune AS ny
FROM befolkning.kommuneperiode AS k
JOIN befolkning.kommuneperiode AS n ON n.kommune = k.kommune AND n.fra = k.til + 1
WHERE k.til < 'infinity';

COMMENT ON VIEW befolkning.kommuneetterfolger IS
    'What the area of each kommune''s code becomes on the day after one of its periods (kommuneperiode): a row for each successor, so that a code with several was split (spec.md 10, V6).';
