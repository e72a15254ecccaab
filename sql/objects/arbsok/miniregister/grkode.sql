-- grkode: the main group: from October 2002 on NAV's as_gr (blank is 7, -1 is 9), before that from as_stat alone (T8).
-- Original program: grkode.sas (spec.md 2, hoved; the source's 2.2.1). It is the last of the views over the
-- combinations.

CREATE OR REPLACE VIEW arbsok_lasting.grkode AS
SELECT g.maaned, g.as_stat_tekst, g.dagdato_tekst, g.as_gr_tekst, g.as_f_tekst,
    g.aargang, g.mnddato, g.dagdato, g.fdagdato, g.mrk_dl, g.as_stat,
    g.hoved::varchar(2),
    g.hovedarbstat::varchar(2),
    g.tiltak::varchar(10),
    g.ytelse::varchar(2),
    g.as_gr,
    g.as_f
FROM (
    SELECT s.*,
        CASE
            WHEN s.mnddato < arbsok_lasting.as_gr_fra() THEN coalesce(k.hoved, alle.hoved, '7')
            ELSE arbsok_lasting.hoved_av_as_gr(s.as_gr)
        END AS hoved
    FROM (
        SELECT d.*,
            nullif(btrim(d.as_gr_tekst, trygdfob.blanke()), '')::varchar(2) AS as_gr,
            nullif(btrim(d.as_f_tekst, trygdfob.blanke()), '')::varchar(3) AS as_f
        FROM arbsok_lasting.statuskode_delt AS d
    ) AS s
    LEFT JOIN arbsok_lasting.hoved_koding_maaned AS k
        ON k.mnddato = s.mnddato AND k.hovedarbstat = s.hovedarbstat AND k.tiltak = s.tiltak
    LEFT JOIN arbsok_lasting.hoved_koding_maaned AS alle
        ON alle.mnddato = s.mnddato AND alle.hovedarbstat = s.hovedarbstat AND alle.tiltak = '*'
) AS g;

COMMENT ON VIEW arbsok_lasting.grkode IS
    'While a year is being loaded: its combinations of coded fields with the main group hoved: as_gr from October 2002, the mapping hoved_koding before (original grkode.sas; spec.md 2, T8).';
