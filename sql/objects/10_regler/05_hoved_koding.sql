-- hoved_koding: main group by as_stat before October 2002 (SPEC.md 2 `grkode`, choice T8; the source's 2.2.1).
-- tiltak '*' stands for any activity. Users add rows of their own (another gyldig_fra); the newest gyldig_fra that
-- covers the month decides. What no row covers is main group 7.

INSERT INTO trygdfob.hoved_koding (hovedarbstat, tiltak, hoved) VALUES
    ('HL', '*', '1'),
    ('DS', '*', '2'),
    ('YH', '*', '5'),
    ('AN', '*', '7')
ON CONFLICT (hovedarbstat, tiltak, gyldig_fra) DO UPDATE SET hoved = excluded.hoved;

-- FS: an activity that the code list has under main group 3 is 3, else one that it has under 4 is 4.
INSERT INTO trygdfob.hoved_koding (hovedarbstat, tiltak, hoved)
SELECT hovedarbstat, tiltak, min(as_gr)
FROM trygdfob.arbeidssokerstatus
WHERE hovedarbstat = 'FS' AND as_gr IN ('3', '4')
GROUP BY hovedarbstat, tiltak
ON CONFLICT (hovedarbstat, tiltak, gyldig_fra) DO UPDATE SET hoved = excluded.hoved;
