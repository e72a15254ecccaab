-- forrige_registrering: every record that is not simply unchanged, with the person's last registration before it,
-- however long ago that was: in the month before, before a gap in the year, or in H_ARBSOK (spec.md 3, T10).
-- Who is not in H_ARBSOK of the year before had no running spell, and is new unless known from F_ARBSOK (person).

CREATE OR REPLACE FUNCTION arbsok_lasting.forrige_registrering(p_aargang integer, p_del integer)
RETURNS TABLE (
    fnr varchar, dagdato date, fdagdato date, mnddato date, henddato date, hoved varchar, hovedarbstat varchar,
    tiltak varchar, ytelse varchar, mrk_sys varchar, mrk_fnr varchar, mrk_dl integer, ant_d_as_n integer,
    as_f varchar, as_gr varchar, sist_dagdato date, sist_fdagdato date, sist_henddato date, sist_hoved varchar,
    sist_hovedarbstat varchar, sist_tiltak varchar, sist_ytelse varchar, sist_mrk_sys varchar, sist_mrk_fnr varchar,
    sist_as_f varchar, sist_as_gr varchar, sist_avsluttet boolean
)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT p.fnr, p.dagdato, p.fdagdato, p.mnddato, p.henddato, p.hoved, p.hovedarbstat, p.tiltak, p.ytelse,
    p.mrk_sys, p.mrk_fnr, p.mrk_dl, p.ant_d_as_n, p.as_f, p.as_gr,
    p.sist_dagdato, p.sist_fdagdato, p.sist_henddato, p.sist_hoved, p.sist_hovedarbstat, p.sist_tiltak,
    p.sist_ytelse, p.sist_mrk_sys, p.sist_mrk_fnr, p.sist_as_f, p.sist_as_gr, false
FROM arbsok_lasting.registreringspar AS p
WHERE p.del = p_del AND p.dagdato IS NOT NULL AND p.sist_dagdato IS NOT NULL
UNION ALL
SELECT p.fnr, p.dagdato, p.fdagdato, p.mnddato, p.henddato, p.hoved, p.hovedarbstat, p.tiltak, p.ytelse,
    p.mrk_sys, p.mrk_fnr, p.mrk_dl, p.ant_d_as_n, p.as_f, p.as_gr,
    CASE WHEN g.i_aaret THEN g.sist_dagdato ELSE h.dagdato END,
    CASE WHEN g.i_aaret THEN g.sist_fdagdato ELSE h.fdagdato END,
    CASE WHEN g.i_aaret THEN g.sist_henddato ELSE h.henddato END,
    CASE WHEN g.i_aaret THEN g.sist_hoved ELSE h.hoved END,
    CASE WHEN g.i_aaret THEN g.sist_hovedarbstat ELSE h.hovedarbstat END,
    CASE WHEN g.i_aaret THEN g.sist_tiltak ELSE h.tiltak END,
    CASE WHEN g.i_aaret THEN g.sist_ytelse ELSE h.ytelse END,
    CASE WHEN g.i_aaret THEN g.sist_mrk_sys ELSE h.mrk_sys END,
    CASE WHEN g.i_aaret THEN g.sist_mrk_fnr ELSE h.mrk_fnr END,
    CASE WHEN g.i_aaret THEN g.sist_as_f ELSE h.as_f END,
    CASE WHEN g.i_aaret THEN g.sist_as_gr ELSE h.as_gr END,
    CASE WHEN g.i_aaret THEN false ELSE h.avgdato IS NOT NULL OR coalesce(f.kjent, false) END
FROM arbsok_lasting.registreringspar AS p
LEFT JOIN (
    -- The last one of the gaps that began before
    SELECT DISTINCT ON (q.fnr, q.dagdato) true AS i_aaret, q.fnr, q.dagdato AS til_dagdato,
        e.sist_dagdato, e.sist_fdagdato, e.sist_henddato, e.sist_hoved, e.sist_hovedarbstat, e.sist_tiltak,
        e.sist_ytelse, e.sist_mrk_sys, e.sist_mrk_fnr, e.sist_as_f, e.sist_as_gr
    FROM arbsok_lasting.registreringspar AS q
    JOIN arbsok_lasting.registreringspar AS e
        ON e.fnr = q.fnr AND e.del = p_del AND e.dagdato IS NULL AND e.sist_dagdato < q.dagdato
    WHERE q.del = p_del AND q.dagdato IS NOT NULL AND q.sist_dagdato IS NULL
    ORDER BY q.fnr, q.dagdato, e.sist_dagdato DESC
) AS g ON g.fnr = p.fnr AND g.til_dagdato = p.dagdato
LEFT JOIN trygdfob.h_arbsok AS h
    ON h.fnr = p.fnr AND h.aargang = p_aargang - 1
    AND h.fnr >= trygdfob.fnr_fra(p_del) AND h.fnr < trygdfob.fnr_fra(p_del + 1)
LEFT JOIN LATERAL (
    -- LIMIT makes it a look-up in the key for each of these persons, whatever the planner thinks of reading table
    -- person whole. In the first year there is nothing to look up, but no statistics say so.
    SELECT true AS kjent
    FROM trygdfob.person AS a
    WHERE a.fnr = p.fnr AND h.fnr IS NULL AND g.i_aaret IS NULL
    LIMIT 1
) AS f ON true
WHERE p.del = p_del AND p.dagdato IS NOT NULL AND p.sist_dagdato IS NULL;
END;

COMMENT ON FUNCTION arbsok_lasting.forrige_registrering(integer, integer) IS
    'The records, of one part of the persons, of the year being loaded that are not simply unchanged, each beside the person''s last registration (columns sist_...); sist_avsluttet says that the spell was closed at an earlier year''s end (spec.md 3, T10).';
