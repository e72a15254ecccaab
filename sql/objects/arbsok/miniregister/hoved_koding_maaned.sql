-- hoved_koding_maaned: the mapping from as_stat to main group that holds for each month being loaded (T8).
-- Where several rows cover a month, the one with the newest gyldig_fra decides.

CREATE OR REPLACE VIEW arbsok_lasting.hoved_koding_maaned AS
SELECT DISTINCT ON (m.mnddato, k.hovedarbstat, k.tiltak)
    m.mnddato, k.hovedarbstat, k.tiltak, k.hoved
FROM arbsok_lasting.aarets_fil AS m
JOIN trygdfob.hoved_koding AS k ON m.mnddato BETWEEN k.gyldig_fra AND k.gyldig_til
WHERE m.mnddato < arbsok_lasting.as_gr_fra()
ORDER BY m.mnddato, k.hovedarbstat, k.tiltak, k.gyldig_fra DESC;

COMMENT ON VIEW arbsok_lasting.hoved_koding_maaned IS
    'The rows of hoved_koding that decide, for each month before October 2002 of the year being loaded (spec.md 2 grkode, T8).';
