-- kladd_av_aargang: the tables of a year that are not part of the register: a load is filling them, or it was killed.

CREATE OR REPLACE VIEW arbsok_lasting.kladd_av_aargang AS
SELECT c.oid::regclass AS tabell
FROM pg_class AS c
WHERE c.relnamespace = 'trygdfob'::regnamespace AND c.relkind = 'r' AND NOT c.relispartition
    AND c.relname ~ '^(miniregister_[0-9]{4}_[0-9]{2}|h_arbsok_[0-9]{4})$'
UNION ALL
SELECT i.inhrelid::regclass
FROM pg_inherits AS i
WHERE i.inhparent = 'arbsok_lasting.aarets_forlop'::regclass;

COMMENT ON VIEW arbsok_lasting.kladd_av_aargang IS
    'Tables of a year that is being loaded, or whose load was killed: its months of the miniregister, its H_ARBSOK and its records of F_ARBSOK, before they are partitions.';
