-- krev_feilfri: a version with an error goes no further (spec.md 10, controls). What the controls found besides is for
-- whoever decides about it.

CREATE OR REPLACE FUNCTION statistikk.krev_feilfri(p_versjon integer)
RETURNS TABLE (kontroll varchar, alvor varchar, lover text, antall bigint, detaljer text[])
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    funn jsonb;
    feil text;
BEGIN
    SELECT jsonb_agg(to_jsonb(k)) INTO funn FROM statistikk.kontroller_versjon(p_versjon) AS k;
    SELECT string_agg(format(E'\n    %s: %s%s.', k.kontroll, array_to_string(k.detaljer, '; '),
        CASE WHEN k.antall > cardinality(k.detaljer) THEN format('; %s more', k.antall - cardinality(k.detaljer)) ELSE '' END), '')
    INTO feil
    FROM jsonb_to_recordset(funn) AS k (kontroll varchar, alvor varchar, lover text, antall bigint, detaljer text[])
    WHERE k.alvor = 'feil' AND k.antall > 0;
    IF feil IS NOT NULL THEN
        RAISE EXCEPTION '% does not hold what is promised of it:%',
            (SELECT format('%s, version %s,', v.periode, v.nummer) FROM statistikk.versjon AS v WHERE v.versjon = p_versjon), feil
            USING ERRCODE = 'FD009', HINT = 'Nothing was changed.';
    END IF;
    RETURN QUERY SELECT k.* FROM jsonb_to_recordset(funn) AS k (kontroll varchar, alvor varchar, lover text, antall bigint, detaljer text[]);
END
$$;

COMMENT ON FUNCTION statistikk.krev_feilfri(integer) IS
    'What the controls of a version find, as kontroller_versjon says it. Error FD009: one finds an error, and what (spec.md 10, controls).';
