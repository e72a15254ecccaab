-- meld_brudd: says in a NOTICE where what a function shows breaks within a range (SPEC.md 2, T8; the source's 3.4).
-- The days are rows of dekning_regel, as in the view dekning, which would do but for the time: 5 ms a query, the rows
-- 0.3. Only the breaks of the state count. The rows for whole tables, for dates and for how spells end follow from
-- those of the state, or are about statistics elsewhere, with no step here (1 November 2001).
-- Called after kan_besvares, once a query as that is; it answers true, so that it withholds no rows.

CREATE OR REPLACE FUNCTION trygdfob.meld_brudd(p_fra date, p_til date, p_tabell text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    b record;
BEGIN
    FOR b IN
        SELECT v.brudd, string_agg(DISTINCT v.variabel, ', ' ORDER BY v.variabel) AS variabler
        FROM (
            SELECT r.brudd, regexp_replace(r.variabel, '_(inn|ut|neste)$', '') AS variabel
            FROM trygdfob.dekning_regel AS r
            WHERE r.slag = 'variabel' AND r.navn IN (p_tabell, '*')
        ) AS v
        CROSS JOIN trygdfob.endelighet AS e
        WHERE (v.variabel = 'hoved' OR (p_tabell = 'periode' AND v.variabel IN ('hovedarbstat', 'tiltak', 'ytelse')))
            AND v.brudd > greatest(p_fra, e.serie_start)
            AND v.brudd <= least(p_til, e.siste_dagdato)
        GROUP BY v.brudd
        ORDER BY v.brudd
    LOOP
        RAISE NOTICE 'The series breaks on %, and this answer with it: from then on another coding of %. See dekning, navn ''%''.',
            b.brudd, b.variabler, p_tabell;
    END LOOP;
    RETURN true;
END
$$;

COMMENT ON FUNCTION trygdfob.meld_brudd(date, date, text) IS
    'Always true. NOTICE, one for each day: the state that p_tabell has breaks on a day after p_fra, up to p_til and within what the register knows: hoved in tilfelle and gruppetilfelle, in periode also hovedarbstat, tiltak and ytelse. Which days and why: view dekning. Called for beholdning, strom, manedspanel and varighet; an empty date is no limit (SPEC.md 2, T8; the source''s 3.4).';
