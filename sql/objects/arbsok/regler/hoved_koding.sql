-- hoved_koding: the main group by as_stat, for the months before October 2002 (spec.md 2 `grkode`, choice T8; the
-- source's 2.2.1).
-- tiltak '*' means any activity; a row for the activity itself goes before it. Of several rows that cover a month, the
-- one with the newest gyldig_fra decides. Where no row fits, the main group is 7. Users add rows of their own, or
-- change these. So an upgrade changes no row that is there; it only takes out those that are gone from this file.

WITH regel (hovedarbstat, tiltak, hoved) AS (VALUES
    ('HL', '*', '1'),
    ('DS', '*', '2'),
    ('YH', '*', '5'),
    ('AN', '*', '7'),
    -- An activity is 3 where the code list arbeidssokerstatus has it under main group 3, else 4 where it is under 4.
    ('FS', 'AMO', '3'),
    ('FS', 'AMOE', '3'),
    ('FS', 'JOBBBONUS', '3'),
    ('FS', 'JOBBK', '3'),
    ('FS', 'JOBBKLUBB', '3'),
    ('FS', 'KAT', '3'),
    ('FS', 'LONNTILS', '3'),
    ('FS', 'PRAKSORD', '3'),
    ('FS', 'SYSSLANG', '3'),
    ('FS', 'TILRETTEL', '3'),
    ('FS', 'VALS', '3'),
    ('FS', 'VIKARBLED', '3'),
    ('FS', 'ANDRE', '4'),
    ('FS', 'ETAB', '4'),
    ('FS', 'IT', '4'),
    ('FS', 'JOBBSKAP', '4'),
    ('FS', 'SK', '4')
),

borte AS (
    DELETE FROM trygdfob.hoved_koding AS k
    WHERE k.fra_fil AND NOT EXISTS (
        SELECT FROM regel AS r
        WHERE r.hovedarbstat = k.hovedarbstat AND r.tiltak = k.tiltak AND k.gyldig_fra = '1992-01-01'
    )
)

INSERT INTO trygdfob.hoved_koding (hovedarbstat, tiltak, gyldig_fra, hoved, fra_fil)
SELECT r.hovedarbstat, r.tiltak, '1992-01-01'::date, r.hoved, true FROM regel AS r
ON CONFLICT (hovedarbstat, tiltak, gyldig_fra) DO NOTHING;
