-- aarsfil: a month's file as the miniregister has it, record by record, before anything is set aside (spec.md 2).
-- fnr is missing where it identifies nobody (T1). p_fnr restricts it to some persons; NULL means everybody.
-- What stands above an OFFSET 0 is worked out once for each record or combination, not wherever it is mentioned.
-- Every record has its combination of codes, so an inner join would do. But the planner would expect a single row of an
-- inner join on four columns, and plan all that follows for one: hence the LEFT JOIN.

CREATE OR REPLACE FUNCTION arbsok_lasting.aarsfil(p_maaned integer, p_testnumre boolean, p_fnr text[])
RETURNS TABLE (
    linje bigint, as_stat text,
    fnr varchar, hoved varchar, hovedarbstat varchar, tiltak varchar, ytelse varchar, dagdato date, fdagdato date,
    mnddato date, mrk_sys varchar, mrk_fnr varchar, mrk_dl integer, ant_d_as_n integer, henddato date,
    as_f varchar, as_gr varchar, aargang integer
)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
SELECT r.linje, g.as_stat,
    r.fnr_rett, g.hoved, g.hovedarbstat, g.tiltak, g.ytelse, g.dagdato, g.fdagdato, g.mnddato,
    CASE WHEN s.dekket THEN
        CASE WHEN EXISTS (
            SELECT FROM trygdfob.sysselsetting AS e
            WHERE e.fnr = r.fnr_rett AND g.dagdato BETWEEN e.fradato AND coalesce(e.tildato, 'infinity')
        ) THEN '1' ELSE '0' END
    END::varchar,
    trygdfob.mrk_fnr(r.fnr_rett::bigint, k.sifre, k.godkjent, k.datoer),
    g.mrk_dl, d.ant_d_as_n, g.dagdato - d.ant_d_as_n, g.as_f, g.as_gr, g.aargang
FROM (
    SELECT a.linje, a.as_stat, a.dagdato, a.as_gr, a.as_f, a.ant_d_as,
        CASE
            WHEN trygdfob.identifiserer(a.fnr) THEN a.fnr
            WHEN trygdfob.identifiserer(btrim(a.fnr, trygdfob.blanke())) THEN btrim(a.fnr, trygdfob.blanke())
        END::varchar(11) AS fnr_rett
    FROM arbsok_lasting.raa AS a
    WHERE a.maaned = p_maaned
        AND (p_fnr IS NULL OR btrim(a.fnr, trygdfob.blanke()) = ANY(p_fnr))
    OFFSET 0
) AS r
LEFT JOIN (
    SELECT * FROM arbsok_lasting.grkode AS b WHERE b.maaned = p_maaned OFFSET 0
) AS g ON g.as_stat_tekst = r.as_stat AND g.dagdato_tekst = r.dagdato
    AND g.as_gr_tekst = r.as_gr AND g.as_f_tekst = r.as_f
LEFT JOIN (
    SELECT * FROM arbsok_lasting.antall_dager AS c WHERE c.maaned = p_maaned OFFSET 0
) AS d ON d.ant_d_as_tekst = r.ant_d_as
CROSS JOIN (
    -- With || '{}' the arrays are unpacked once, and not at each look-up. LIMIT tells the planner that they are one
    -- row, which it then takes once and not anew for each record
    SELECT l.sifre || '{}'::integer[] AS sifre, l.godkjent || '{}'::integer[] AS godkjent,
        l.datoer || '{}'::integer[] AS datoer
    FROM trygdfob.fnr_kontroll AS l
    WHERE l.testnumre = p_testnumre
    LIMIT 1
) AS k
CROSS JOIN (SELECT * FROM arbsok_lasting.sysselsetting_dekning AS m WHERE m.maaned = p_maaned OFFSET 0) AS s;
END;

COMMENT ON FUNCTION arbsok_lasting.aarsfil(integer, boolean, text[]) IS
    'While a year is being loaded: the file of a month as records of the miniregister; linje is the record''s number in the file, and fnr is missing where it identifies nobody. The caller says whether test persons'' numbers are valid, and which persons are wanted, NULL for all (spec.md 2).';
