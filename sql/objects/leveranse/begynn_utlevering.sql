-- begynn_utlevering: an order is checked, stored and begun: its delivery gets a number before anything of it is made,
-- so that nothing leaves without a row in the log (spec.md 9, the log). What is wrong comes back as rows, all of it at
-- once; what the project does not allow is kept in avslag.

CREATE OR REPLACE FUNCTION leveranse.begynn_utlevering(p_bestilling jsonb, p_versjoner jsonb)
RETURNS TABLE (utlevering integer, nokkel text, feil text, liste jsonb)
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    v_prosjekt text := p_bestilling ->> 'prosjekt';
    v_bestilling text := p_bestilling ->> 'bestilling';
    v_versjon integer;
    lagret record;
    innhold_ny jsonb;
    alle_feil jsonb := (SELECT jsonb_agg(f) FROM leveranse.bestillingsfeil(p_bestilling) AS f);
    v_liste jsonb;
    nummer integer;
BEGIN
    IF alle_feil IS NOT NULL THEN
        INSERT INTO leveranse.avslag (prosjekt, bestilling, grunner)
        SELECT left(v_prosjekt, 32), left(v_bestilling, 32), a.grunner
        FROM (
            SELECT array_agg(f.nokkel || ': ' || f.feil) AS grunner
            FROM jsonb_to_recordset(alle_feil) AS f (nokkel text, feil text, av_prosjektet boolean)
            WHERE f.av_prosjektet
        ) AS a
        WHERE a.grunner IS NOT NULL;
        DELETE FROM leveranse_nokkel.liste_inn;
        RETURN QUERY SELECT NULL::integer, f.nokkel, f.feil, NULL::jsonb
        FROM jsonb_to_recordset(alle_feil) AS f (nokkel text, feil text);
        RETURN;
    END IF;
    v_versjon := coalesce((p_bestilling ->> 'versjon')::integer, 1);
    innhold_ny := p_bestilling || jsonb_build_object('versjon', v_versjon);
    -- Two at once with the same name: the second one waits and then sees the first one's
    PERFORM FROM leveranse.prosjekt AS p WHERE p.prosjekt = v_prosjekt FOR UPDATE;
    SELECT * INTO lagret
    FROM leveranse.bestilling AS b
    WHERE b.prosjekt = v_prosjekt AND b.bestilling = v_bestilling AND b.versjon = v_versjon;
    IF p_bestilling -> 'populasjon' ? 'liste' THEN
        v_liste := leveranse_nokkel.ta_inn_liste(v_prosjekt, v_bestilling, v_versjon);
    ELSE
        DELETE FROM leveranse_nokkel.liste_inn;
    END IF;
    IF lagret.versjon IS NULL THEN
        INSERT INTO leveranse.bestilling (prosjekt, bestilling, versjon, innhold, liste_sha256)
        VALUES (v_prosjekt, v_bestilling, v_versjon, innhold_ny, v_liste ->> 'sha256');
    ELSIF lagret.innhold <> innhold_ny OR lagret.liste_sha256 IS DISTINCT FROM v_liste ->> 'sha256' THEN
        RAISE EXCEPTION 'versjon: version % of % is stored with %; a changed order is another version: versjon = %.',
            v_versjon, v_bestilling, CASE WHEN lagret.innhold <> innhold_ny THEN 'other content' ELSE 'another list of persons' END,
            (SELECT max(b.versjon) + 1 FROM leveranse.bestilling AS b WHERE b.prosjekt = v_prosjekt AND b.bestilling = v_bestilling)
            USING ERRCODE = 'FD007', HINT = 'Nothing was changed.';
    END IF;
    INSERT INTO leveranse.utlevering AS u (slag, prosjekt, bestilling, versjon, til, tall, kjoring, versjoner)
    SELECT 'leveranse', v_prosjekt, v_bestilling, v_versjon, (p_bestilling ->> 'til')::date,
        jsonb_build_object('liste', v_liste), l.kjoring, l.versjoner
    FROM leveranse.laget_med(p_versjoner) AS l
    RETURNING u.utlevering INTO STRICT nummer;
    RETURN QUERY SELECT nummer, NULL::text, NULL::text, v_liste;
END
$$;

COMMENT ON FUNCTION leveranse.begynn_utlevering(jsonb, jsonb) IS
    'Checks an order, given as JSON, stores it and begins its delivery: returns its number and the counts of its list of persons, or each fault with its key. The list is what the same transaction has copied into liste_inn. p_versjoner: what the delivery is made with. Error FD007: the order is stored already, with other content (spec.md 9, the log).';
