-- kontroller_aargang: a run of the controls of a loaded year. First comes what breaks a promise, then the warnings, and
-- last the result of each control. By hand: docs/controls.md.

CREATE OR REPLACE FUNCTION kontroll.kontroller_aargang(p_kjoring bigint, p_prosesser integer DEFAULT 1) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    gjelder record;
    brudd bigint;
    antall bigint;
BEGIN
    SELECT k.* INTO STRICT gjelder FROM kontroll.kontrollkjoring AS k WHERE k.kjoring = p_kjoring;

    -- From 200 000 registrations on it goes part by part, so that the sorts of a part stay in memory
    brudd := kontroll.asok_konsistenskontroll(p_kjoring, p_prosesser, (
        SELECT sum(m.antall) >= 200000 FROM trygdfob.maanedsfil AS m WHERE m.aargang = gjelder.aargang
    ));

    INSERT INTO kontroll.kontrollfunn (kjoring, kontroll, noekkel, detalj, verdier)
    SELECT p_kjoring, m.kontroll, m.noekkel, m.detalj, m.verdier
    FROM kontroll.arbsok_aargang_mistenkelig(gjelder.aargang) AS m
    UNION ALL
    SELECT p_kjoring, f.kontroll, f.noekkel, f.detalj, f.verdier
    FROM kontroll.arbsok_fil_avviker(gjelder.aargang) AS f;
    GET DIAGNOSTICS antall = ROW_COUNT;

    -- What was accepted when the year was loaded stays so, as long as nothing comes to it
    INSERT INTO kontroll.kontrollresultat (kjoring, kontroll, alvor, antall, godtatt)
    SELECT p_kjoring, k.kontroll, k.alvor, count(f.kontroll), CASE WHEN count(f.kontroll) = count(l.kontroll) THEN min(r.godtatt) END
    FROM kontroll.kontroll AS k
    LEFT JOIN kontroll.kontrollfunn AS f ON f.kjoring = p_kjoring AND f.kontroll = k.kontroll
    LEFT JOIN kontroll.kontrollresultat AS r ON r.kontroll = f.kontroll AND r.godtatt IS NOT NULL AND r.kjoring = (
        SELECT max(s.kjoring)
        FROM kontroll.kontrollkjoring AS s
        WHERE s.aargang = gjelder.aargang AND s.anledning = 'load' AND s.ferdig IS NOT NULL AND gjelder.anledning = 'check'
    )
    LEFT JOIN kontroll.kontrollfunn AS l
        ON l.kjoring = r.kjoring AND l.kontroll = f.kontroll AND l.noekkel = f.noekkel
    GROUP BY k.kontroll, k.alvor;
    UPDATE kontroll.kontrollkjoring SET ferdig = clock_timestamp() WHERE kjoring = p_kjoring;
    RETURN brudd + antall;
END
$$;

COMMENT ON FUNCTION kontroll.kontroller_aargang(bigint, integer) IS
    'Runs the controls of the loaded year that row p_kjoring of kontrollkjoring names, with p_prosesser processes of the server. Writes the findings to kontrollfunn and the result of each control to kontrollresultat, and returns the number of findings (spec.md 5 and 6).';
