-- uten_koding: whether a month before October 2002 has a two-character activity of FS that no row of hoved_koding maps
-- to a main group: then it is not known who is in groups 3 and 4, and neither are shown, nor what they are a part of
-- (spec.md 10, symbols; T8).

CREATE OR REPLACE FUNCTION statistikk.uten_koding(p_mnddato date) RETURNS boolean
LANGUAGE sql STABLE
RETURN p_mnddato < arbsok_lasting.as_gr_fra() AND EXISTS (
    SELECT
    FROM arbsok_lasting.miniregister_tall AS t
    WHERE t.mnddato = p_mnddato AND t.hovedarbstat = 'FS' AND length(t.tiltak) = 2 AND NOT EXISTS (
        SELECT
        FROM trygdfob.hoved_koding AS k
        WHERE k.hovedarbstat = 'FS' AND k.tiltak IN (t.tiltak, '*')
            AND k.gyldig_fra <= p_mnddato AND k.gyldig_til >= p_mnddato
    )
);

COMMENT ON FUNCTION statistikk.uten_koding(date) IS
    'Whether a loaded month has activities that may be main group 3 or 4 and that hoved_koding does not map: then these groups are .. (spec.md 10, symbols).';
