-- bostedfeil: kommuner of residences that no list has, in the files that the same transaction has copied in. A
-- residence that ended before the lists begin is never asked for.

CREATE OR REPLACE FUNCTION befolkning.bostedfeil(p_filer jsonb) RETURNS SETOF text
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    forste_dag text := (SELECT min(k.validfrom) FROM pg_temp.register_kommune AS k);
BEGIN
    RETURN QUERY
    SELECT format('%s: kommune is no code of %s, and table koderetting does not say what it stands for%s.',
        befolkning.sted(p_filer, 'bosted', min(r.linje)), p_filer #>> '{kommune,fil}',
        CASE WHEN count(*) > 1 THEN format('; so it is in %s rows', arbsok.norsk_tall(count(*))) ELSE '' END)
    FROM pg_temp.register_bosted AS r
    LEFT JOIN befolkning.koderetting AS k ON k.kodeliste = 'kommune' AND k.fra_kode = r.kommune
    WHERE (r.tildato = '' OR r.tildato >= forste_dag) AND coalesce(k.til_kode, r.kommune) <> '9999'
        AND coalesce(k.til_kode, r.kommune) NOT IN (SELECT l.code FROM pg_temp.register_kommune AS l)
    HAVING count(*) > 0;
END
$$;

COMMENT ON FUNCTION befolkning.bostedfeil(jsonb) IS
    'Kommuner of residences that neither the list of kommuner nor koderetting has, in the files that the same transaction has copied in: a sentence with file and first line. p_filer: as ta_inn_register has it (spec.md 10, the population register).';
