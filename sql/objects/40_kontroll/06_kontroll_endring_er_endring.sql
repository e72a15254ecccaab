-- kontroll_endring_er_endring: the offending records, none in a sound database. SPEC.md 5.4.

CREATE OR REPLACE VIEW trygdfob.kontroll_endring_er_endring AS
SELECT e.fnr, e.regdato, e.kode
FROM (
    SELECT f.*,
        lag(f.hovedarbstat) OVER gruppe AS forrige_hovedarbstat,
        lag(f.tiltak) OVER gruppe AS forrige_tiltak,
        lag(f.ytelse) OVER gruppe AS forrige_ytelse,
        lag(f.hoved) OVER gruppe AS forrige_hoved
    FROM trygdfob.f_arbsok AS f
    WINDOW gruppe AS (PARTITION BY f.fnr, f.tilgdato, f.asoktilg ORDER BY f.regdato, f.kode = '0')
) AS e
WHERE e.kode = '2'
    AND (e.regdato NOT IN (e.hovedarbdato, e.tiltakdato, e.ytelsedato)
        OR e.forrige_hoved IS DISTINCT FROM e.hoved
        OR (e.hovedarbdato = e.regdato) <> (e.forrige_hovedarbstat IS DISTINCT FROM e.hovedarbstat)
        OR (e.tiltakdato = e.regdato) <> (e.forrige_tiltak IS DISTINCT FROM e.tiltak)
        OR (e.ytelsedato = e.regdato) <> (e.forrige_ytelse IS DISTINCT FROM e.ytelse));

COMMENT ON VIEW trygdfob.kontroll_endring_er_endring IS
    'Offending records of the control «On a change record at least one attribute date equals regdato, and exactly those attributes differ from the record before.» (SPEC.md 5.4); none in a sound database.';
