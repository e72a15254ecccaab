-- grkode: the main group. From October 2002 NAV's as_gr (blank is 7, -1 is 9), before that by as_stat alone (T8).
-- Original program: grkode.sas (SPEC.md 2, hoved; the source's 2.2.1).

CREATE OR REPLACE VIEW trygdfob.grkode AS
SELECT
    s.*,
    CASE
        WHEN s.mnddato < trygdfob.as_gr_fra() THEN coalesce(k.hoved, alle.hoved, '7')
        WHEN s.as_gr = '-1' THEN '9'
        ELSE coalesce(s.as_gr, '7')
    END AS hoved
FROM trygdfob.statuskode_delt AS s
LEFT JOIN trygdfob.hoved_koding_maaned AS k
    ON k.mnddato = s.mnddato AND k.hovedarbstat = s.hovedarbstat AND k.tiltak = s.tiltak
LEFT JOIN trygdfob.hoved_koding_maaned AS alle
    ON alle.mnddato = s.mnddato AND alle.hovedarbstat = s.hovedarbstat AND alle.tiltak = '*';

COMMENT ON VIEW trygdfob.grkode IS
    'The year file with the main group hoved: as_gr from October 2002, the mapping hoved_koding before (original grkode.sas; SPEC.md 2, T8).';
