-- kontroll_tomdatoer: the offending records, none in a sound database. SPEC.md 4, T12.

CREATE OR REPLACE VIEW trygdfob.kontroll_tomdatoer AS
SELECT r.fnr, r.regdato, r.kode, r.tomdato, r.asoktom, r.regtom
FROM (
    SELECT f.*,
        max(f.avgdato) OVER (PARTITION BY f.fnr, f.tilgdato) AS sist_i_tilfellet,
        max(f.asokavg) OVER (PARTITION BY f.fnr, f.tilgdato, f.asoktilg) AS sist_i_gruppen,
        min(f.regdato) FILTER (WHERE f.kode = '2') OVER (
            PARTITION BY f.fnr, f.tilgdato, f.asoktilg ORDER BY f.regdato
            RANGE BETWEEN interval '1 day' FOLLOWING AND UNBOUNDED FOLLOWING
        ) AS neste_endring
    FROM trygdfob.f_arbsok AS f
) AS r
WHERE r.tomdato IS DISTINCT FROM r.sist_i_tilfellet
    OR r.asoktom IS DISTINCT FROM r.sist_i_gruppen
    OR r.regtom IS DISTINCT FROM
        CASE WHEN r.kode = '0' THEN r.regdato ELSE coalesce(r.neste_endring - 1, r.sist_i_gruppen) END;

COMMENT ON VIEW trygdfob.kontroll_tomdatoer IS
    'Offending records of the control «tomdato is the spell''s avgdato, asoktom the group spell''s asokavg, regtom the day before the next change in the group spell, else asoktom; on an exit record regdato.» (SPEC.md 4, T12); none in a sound database.';
