-- personenes_celler: the base cell of each record of a month: what the base is told apart by (p_mal), and nothing else
-- (spec.md 10, R1). A class of ages or weeks goes by its lowest value. A spell that began before the series is at least
-- as long as it looks: in the longest class that is known, in any other it is not. What the person is, in no classes,
-- is beside it: so that whoever needs both reads the spells once.

CREATE OR REPLACE FUNCTION statistikk.personenes_celler(p_mal jsonb, p_mnddato date, p_dagdato date, p_sett integer)
RETURNS TABLE (
    fnr varchar, telles boolean, lag text, hoved varchar, fylke varchar, kommune varchar, kjonn varchar,
    alder integer, uker integer, bosatt boolean,
    egen_fylke varchar, egen_kommune varchar, eget_kjonn varchar, egen_alder integer, egne_uker integer,
    egen_bosatt boolean, venstresensurert boolean
)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT p.fnr, p.telles, l.lag, p.hoved,
    CASE WHEN l.region IS NOT NULL THEN p.fylke END,
    CASE WHEN l.region = 'kommune' THEN p.kommune END,
    CASE WHEN l.kjonn THEN p.kjonn END,
    l.alder[width_bucket(p.alder, l.alder)],
    CASE
        WHEN l.varighet IS NULL THEN NULL
        WHEN p.venstresensurert AND p.uker < l.varighet[cardinality(l.varighet)] THEN -1
        ELSE l.varighet[width_bucket(p.uker, l.varighet)]
    END,
    CASE WHEN l.bosatt THEN p.bosatt END,
    p.fylke, p.kommune, p.kjonn, p.alder, p.uker, p.bosatt, p.venstresensurert
FROM statistikk.maanedens_personer(p_mnddato, p_dagdato, p_sett, (p_mal ->> 'inndeling')::date) AS p
LEFT JOIN jsonb_to_recordset(p_mal -> 'lag') AS l (
    lag text, hoved text[], region text, kjonn boolean, bosatt boolean, alder integer[], varighet integer[]
) ON p.hoved = ANY(l.hoved);
END;

COMMENT ON FUNCTION statistikk.personenes_celler(jsonb, date, date, integer) IS
    'The base cell of each record of month p_mnddato, where the base is told apart as p_mal says (function mal); no part (lag) where the package does not have the record''s main group; and what the person is (egen_alder …), as maanedens_personer has it (spec.md 10, R1).';
