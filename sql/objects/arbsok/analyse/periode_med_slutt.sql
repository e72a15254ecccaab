-- periode_med_slutt: every record of F_ARBSOK that opens or changes, and beside it the record that ends the stretch in
-- which its values hold: the exit on its last day, or the change on the day after (spec.md 4; the source's 3.1.2 and
-- 3.3). View periode makes columns of it, and so do deliveries, for what was known on an earlier day (frigitt_periode).
-- It is plain joins on keys within a spell (gjeldende_forlop), without window or aggregate: a condition on any column
-- reaches F_ARBSOK, and a query that does not ask for what the other record says does not pay for the joins.

CREATE OR REPLACE VIEW arbsok_lasting.periode_med_slutt AS
SELECT f.lopenr, f.tilgdato, f.asoktilg, f.regdato, f.kode, f.hoved, f.hovedarbstat, f.tiltak, f.ytelse, f.status,
    f.mrk_fnr, f.regtom, f.asoktom, f.tomdato,
    n.regdato AS slutt_regdato,
    n.status AS slutt_status
FROM arbsok_lasting.gjeldende_forlop AS f
LEFT JOIN trygdfob.forlopsdel AS n
    ON n.lasting = f.lasting AND n.lopenr = f.lopenr
        AND n.regdato = CASE WHEN f.regtom = f.asoktom THEN f.regtom ELSE f.regtom + 1 END
        AND n.kode = CASE WHEN f.regtom = f.asoktom THEN '0' ELSE '2' END
WHERE f.kode <> '0';

COMMENT ON VIEW arbsok_lasting.periode_med_slutt IS
    'The records that open or change something, each with the record that ends the stretch in which its values hold (slutt_...), where there is one (spec.md 4; the source''s 3.1.2 and 3.3).';
COMMENT ON COLUMN arbsok_lasting.periode_med_slutt.slutt_regdato IS 'regdato of the record that ended the stretch: its last day, or the day after.';
COMMENT ON COLUMN arbsok_lasting.periode_med_slutt.slutt_status IS 'status of the record that ended the stretch.';
