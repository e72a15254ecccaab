-- regnskap: the ledger: where every record of every month file went (spec.md 5.8, 6).

CREATE OR REPLACE VIEW arbsok.regnskap AS
SELECT f.aargang, f.mnddato, f.fil, f.antall AS lest, u.ugyldig_fnr, u.dublett, u.foer_start, u.bekreftet, u.ga_record,
    u.vraket,
    f.antall - u.tall_i_as_stat - u.ugyldig_fnr - u.dublett - u.foer_start - u.bekreftet - u.ga_record - u.vraket
    AS differanse,
    u.tall_i_as_stat -- the last one, since a view can be given a column only at its end
FROM trygdfob.maanedsfil AS f
LEFT JOIN (
    SELECT mnddato,
        count(*) FILTER (WHERE grunn = 'tall_i_as_stat') AS tall_i_as_stat,
        count(*) FILTER (WHERE grunn = 'ugyldig_fnr') AS ugyldig_fnr,
        count(*) FILTER (WHERE grunn = 'dublett') AS dublett
    FROM trygdfob.lagt_til_side
    GROUP BY mnddato
) AS s ON s.mnddato = f.mnddato
LEFT JOIN (
    SELECT mnddato,
        sum(antall) FILTER (WHERE utfall = 'foer_start') AS foer_start,
        sum(antall) FILTER (WHERE utfall = 'bekreftet') AS bekreftet,
        sum(antall) FILTER (WHERE utfall = 'ga_record') AS ga_record,
        sum(antall) FILTER (WHERE utfall = 'vraket') AS vraket
    FROM arbsok_lasting.registrering_tall
    GROUP BY mnddato
) AS r ON r.mnddato = f.mnddato
CROSS JOIN LATERAL (
    SELECT coalesce(s.tall_i_as_stat, 0) AS tall_i_as_stat,
        coalesce(s.ugyldig_fnr, 0) AS ugyldig_fnr, coalesce(s.dublett, 0) AS dublett,
        coalesce(r.foer_start, 0)::bigint AS foer_start, coalesce(r.bekreftet, 0)::bigint AS bekreftet,
        coalesce(r.ga_record, 0)::bigint AS ga_record, coalesce(r.vraket, 0)::bigint AS vraket
) AS u;

COMMENT ON VIEW arbsok.regnskap IS
    'The ledger, a row for each month file: every record that was read has one outcome, so that differanse is 0 in a sound database (spec.md 5.8).';
COMMENT ON COLUMN arbsok.regnskap.lest IS 'Number of records read from the file.';
COMMENT ON COLUMN arbsok.regnskap.foer_start IS 'Number of them from before the start of the series.';
COMMENT ON COLUMN arbsok.regnskap.bekreftet IS 'Number of them that confirmed a running spell, and so gave no record.';
COMMENT ON COLUMN arbsok.regnskap.ga_record IS
    'Number of them that gave records in F_ARBSOK; one that gives two is counted once.';
COMMENT ON COLUMN arbsok.regnskap.vraket IS 'Number of them that were rejected (VRAK_ARBSOK).';
COMMENT ON COLUMN arbsok.regnskap.differanse IS
    'lest minus all outcomes. Where it is not 0, records are unaccounted for or counted twice.';
