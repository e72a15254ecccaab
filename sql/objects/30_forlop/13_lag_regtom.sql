-- lag_regtom: regtom = the last day that a record's values held: the day before the next change in the same group
-- spell, else asoktom; on an exit record regdato.
-- Original program: lag_regtom.sql (SPEC.md 4, T12; the source's 5.9.12).

CREATE OR REPLACE VIEW trygdfob.lag_regtom AS
SELECT a.*,
    CASE
        WHEN a.kode = '0' THEN a.regdato
        WHEN lead(a.kode) OVER gruppetilfelle = '2' THEN lead(a.regdato) OVER gruppetilfelle - 1
        ELSE a.ny_asoktom
    END AS ny_regtom
FROM trygdfob.lag_asoktom AS a
WINDOW gruppetilfelle AS (PARTITION BY a.fnr, a.tilgdato, a.asoktilg ORDER BY a.regdato, a.kode = '0');

COMMENT ON VIEW trygdfob.lag_regtom IS
    'lag_asoktom with regtom: the last day that the record''s values held; empty while they hold (original lag_regtom.sql; SPEC.md 4, T12).';
