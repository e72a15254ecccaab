-- fnr_kontroll: look-up tables by which a fødselsnummer is controlled (mrk_fnr); their query is fnr_kontroll_utledet.
-- It is filled anew and not made anew, since functions that are parsed once depend on it.

CREATE MATERIALIZED VIEW IF NOT EXISTS trygdfob.fnr_kontroll AS
SELECT u.* FROM trygdfob.fnr_kontroll_utledet AS u;

REFRESH MATERIALIZED VIEW trygdfob.fnr_kontroll;

COMMENT ON MATERIALIZED VIEW trygdfob.fnr_kontroll IS
    'Look-up tables for mrk_fnr, without and with test persons'' numbers (40 or 80 added to the month) accepted: check digits by groups of digits, and which four first digits are a day and a month (spec.md 2, fnr control).';
