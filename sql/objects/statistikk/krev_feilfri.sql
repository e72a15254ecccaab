-- krev_feilfri: a version with an error goes no further (spec.md 10, controls).

CREATE OR REPLACE FUNCTION statistikk.krev_feilfri(p_versjon integer) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    feil text;
BEGIN
    SELECT string_agg(format(E'\n    %s: %s%s.', k.kontroll, array_to_string(k.detaljer, '; '),
        CASE WHEN k.antall > cardinality(k.detaljer) THEN format('; %s more', k.antall - cardinality(k.detaljer)) ELSE '' END), '')
    INTO feil
    FROM statistikk.kontroller_versjon(p_versjon) AS k
    WHERE k.alvor = 'feil' AND k.antall > 0;
    IF feil IS NOT NULL THEN
        RAISE EXCEPTION 'Version % does not hold what is promised of it:%', p_versjon, feil
            USING ERRCODE = 'FD009', HINT = 'Nothing was changed.';
    END IF;
END
$$;

COMMENT ON FUNCTION statistikk.krev_feilfri(integer) IS
    'Error FD009: a control of the version finds an error, and what (spec.md 10, controls).';
