-- kontroller_aargang: the controls of a loaded year as a whole, its files, sums, run log and person numbers, and the
-- warnings; then the result of the run, control by control.

CREATE OR REPLACE FUNCTION kontroll.kontroller_aargang(p_kjoring bigint, p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    antall bigint;
BEGIN
    INSERT INTO kontroll.kontrollfunn (kjoring, kontroll, noekkel, detalj, verdier)
    SELECT p_kjoring, a.kontroll, a.noekkel, a.detalj, NULL::text [] FROM kontroll.aargang_kontrollert(p_aargang) AS a
    UNION ALL
    SELECT p_kjoring, m.kontroll, m.noekkel, m.detalj, m.verdier FROM kontroll.aargang_mistenkelig(p_aargang) AS m
    UNION ALL
    SELECT p_kjoring, f.kontroll, f.noekkel, f.detalj, f.verdier FROM kontroll.fil_avviker(p_aargang) AS f
    ON CONFLICT DO NOTHING; -- two records of one key, each with a number of its own
    GET DIAGNOSTICS antall = ROW_COUNT;

    INSERT INTO kontroll.kontrollresultat (kjoring, kontroll, alvor, antall)
    SELECT p_kjoring, k.kontroll, k.alvor, count(f.kontroll)
    FROM kontroll.kontroll AS k
    LEFT JOIN kontroll.kontrollfunn AS f ON f.kjoring = p_kjoring AND f.kontroll = k.kontroll
    GROUP BY k.kontroll, k.alvor;
    UPDATE kontroll.kontrollkjoring SET ferdig = clock_timestamp() WHERE kjoring = p_kjoring;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION kontroll.kontroller_aargang(bigint, integer) IS
    'The controls of a loaded year as a whole and its warnings; writes the findings to kontrollfunn under the run p_kjoring, then the run''s result to kontrollresultat, and returns how many findings (spec.md 6).';
