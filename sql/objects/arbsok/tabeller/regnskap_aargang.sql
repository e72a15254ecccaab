-- regnskap_aargang: the ledger of a whole year: regnskap summed (spec.md 5.8, 6).

CREATE OR REPLACE VIEW arbsok.regnskap_aargang AS
SELECT r.aargang,
    sum(r.lest)::bigint AS lest,
    sum(r.ugyldig_fnr)::bigint AS ugyldig_fnr,
    sum(r.dublett)::bigint AS dublett,
    sum(r.foer_start)::bigint AS foer_start,
    sum(r.bekreftet)::bigint AS bekreftet,
    sum(r.ga_record)::bigint AS ga_record,
    sum(r.vraket)::bigint AS vraket,
    sum(r.differanse)::bigint AS differanse,
    sum(r.tall_i_as_stat)::bigint AS tall_i_as_stat
FROM arbsok.regnskap AS r
GROUP BY r.aargang;

COMMENT ON VIEW arbsok.regnskap_aargang IS
    'The ledger, a row for each loaded year: the months of view regnskap added up (spec.md 5.8).';
COMMENT ON COLUMN arbsok.regnskap_aargang.lest IS 'Number of records read from the year''s files.';
COMMENT ON COLUMN arbsok.regnskap_aargang.foer_start IS 'Number of them from before the start of the series.';
COMMENT ON COLUMN arbsok.regnskap_aargang.bekreftet IS 'Number of them that confirmed a running spell, and so gave no record.';
COMMENT ON COLUMN arbsok.regnskap_aargang.ga_record IS
    'Number of them that gave records in F_ARBSOK; one that gives two is counted once.';
COMMENT ON COLUMN arbsok.regnskap_aargang.vraket IS 'Number of them that were rejected (VRAK_ARBSOK).';
COMMENT ON COLUMN arbsok.regnskap_aargang.differanse IS
    'lest minus all outcomes. Where it is not 0, records are unaccounted for or counted twice.';
