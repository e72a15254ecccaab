-- lag_asoktom: asoktom = asokavg of the group spell, on all its records.
-- Original program: lag_asoktom.sql (SPEC.md 4; the source's 5.9.14).

CREATE OR REPLACE VIEW trygdfob.lag_asoktom AS
SELECT t.*, max(t.asokavg) OVER (PARTITION BY t.fnr, t.tilgdato, t.asoktilg) AS ny_asoktom
FROM trygdfob.lag_tomdato AS t;

COMMENT ON VIEW trygdfob.lag_asoktom IS
    'lag_tomdato with asoktom: the group spell''s asokavg (original lag_asoktom.sql; SPEC.md 4).';
