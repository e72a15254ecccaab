-- registerfeil: what is no value of its column, in files that the same transaction has copied in: the first line of
-- each fault, and how many lines have it. What stands there is never quoted: it may be somebody's number. Of the large
-- files it is asked once something is known to be wrong with them (fyll_register).

CREATE OR REPLACE FUNCTION befolkning.registerfeil(p_filer jsonb, p_navn text[]) RETURNS SETOF text
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    f record;
    galt record;
BEGIN
    FOR f IN
        SELECT v.navn, v.kolonne, v.skrives, s.galt, s.setning, v.slag = 'fnr' AS hver_sin
        FROM (VALUES
            ('person', 'fnr', 'fnr', 'fnr'),
            ('person', 'kjonn', 'kjonn', 'kjonn'),
            ('person', 'fodselsdato', 'fodselsdato', 'dag'),
            ('bosted', 'fnr', 'fnr', 'fnr'),
            ('bosted', 'fradato', 'fradato', 'dag'),
            ('bosted', 'tildato', 'tildato', 'dag_eller_tom'),
            ('status', 'fnr', 'fnr', 'fnr'),
            ('status', 'fradato', 'fradato', 'dag'),
            ('status', 'tildato', 'tildato', 'dag_eller_tom'),
            ('status', 'regstatus', 'regstatus', 'regstatus'),
            ('identitet', 'fnr', 'fnr', 'fnr'),
            ('identitet', 'fnr_gjeldende', 'fnr_gjeldende', 'fnr'),
            ('identitet', 'fradato', 'fradato', 'dag_eller_tom'),
            ('kommune', 'code', 'code', 'kommune'),
            ('kommune', 'name', 'name', 'navn'),
            ('kommune', 'validfrom', 'validFrom', 'dag'),
            ('kommune', 'validto', 'validTo', 'dag_eller_tom'),
            ('kommune', 'parentcode', 'parentCode', 'fylke_eller_tom'),
            ('fylke', 'code', 'code', 'fylke'),
            ('fylke', 'name', 'name', 'navn'),
            ('fylke', 'validfrom', 'validFrom', 'dag'),
            ('fylke', 'validto', 'validTo', 'dag_eller_tom'),
            ('kommune_endring', 'oldcode', 'oldCode', 'kommune'),
            ('kommune_endring', 'newcode', 'newCode', 'kommune'),
            ('kommune_endring', 'changeoccurred', 'changeOccurred', 'dag')
        ) AS v (navn, kolonne, skrives, slag)
        JOIN (VALUES
            ('fnr', 'NOT trygdfob.identifiserer(x.tekst)', 'is not 11 digits'),
            ('kjonn', 'x.tekst NOT IN (''1'', ''2'')', 'is neither 1 nor 2'),
            ('dag', 'leveranse.som_dag(x.tekst) IS NULL', 'is no date YYYY-MM-DD'),
            ('dag_eller_tom', 'x.tekst <> '''' AND leveranse.som_dag(x.tekst) IS NULL',
                'is neither empty nor a date YYYY-MM-DD'),
            ('regstatus', 'coalesce((SELECT k.til_kode FROM befolkning.koderetting AS k WHERE k.kodeliste = ''regstatus'' AND k.fra_kode = x.tekst),'
                ' x.tekst) NOT IN (''bosatt'', ''utvandret'', ''dod'', ''forsvunnet'', ''ikke_bosatt'', ''opphort'')',
                'is no status, and table koderetting does not say what it stands for'),
            ('kommune', 'x.tekst !~ ''^[0-9]{4}$''', 'is not 4 digits'),
            ('fylke', 'x.tekst !~ ''^[0-9]{2}$''', 'is not 2 digits'),
            ('fylke_eller_tom', 'x.tekst !~ ''^([0-9]{2})?$''', 'is neither empty nor 2 digits'),
            ('navn', 'btrim(x.tekst) = ''''', 'is empty')
        ) AS s (slag, galt, setning) ON s.slag = v.slag
        WHERE p_filer ? v.navn AND v.navn = ANY (p_navn)
    LOOP
        -- Days and codes are few: each is looked at once (OFFSET 0: not before they are grouped)
        EXECUTE format('SELECT min(x.linje) AS linje, sum(x.antall)::bigint AS antall FROM (%s) AS x WHERE %s',
            format(CASE WHEN f.hver_sin THEN 'SELECT r.%1$I AS tekst, r.linje, 1 AS antall FROM pg_temp.%2$I AS r'
                ELSE 'SELECT r.%1$I AS tekst, min(r.linje) AS linje, count(*) AS antall FROM pg_temp.%2$I AS r GROUP BY r.%1$I OFFSET 0' END,
                f.kolonne, 'register_' || f.navn), f.galt)
        INTO galt;
        IF galt.linje IS NOT NULL THEN
            RETURN NEXT format('%s: %s %s%s.', befolkning.sted(p_filer, f.navn, galt.linje), f.skrives, f.setning, CASE
                WHEN galt.antall > 1 THEN format('; so it is in %s rows', arbsok.norsk_tall(galt.antall)) ELSE '' END);
        END IF;
    END LOOP;
END
$$;

COMMENT ON FUNCTION befolkning.registerfeil(jsonb, text[]) IS
    'What is no fnr, date or code of its column in these files of a population register that the same transaction has copied in: a sentence for each column, with file and first line, without what stands there. p_filer: as ta_inn_register has it (spec.md 10, the population register).';
