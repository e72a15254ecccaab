-- begynn_register: where a population register's files are copied to, a table for each.

CREATE OR REPLACE FUNCTION befolkning.begynn_register(p_syntetisk boolean) RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET client_min_messages = 'warning'
AS $$
DECLARE
    t record;
BEGIN
    IF EXISTS (SELECT FROM trygdfob.lastet_aargang AS a WHERE a.syntetisk <> p_syntetisk) THEN
        RAISE EXCEPTION 'The database holds years of % data, and this population register is %: the two are never mixed.',
            CASE WHEN p_syntetisk THEN 'real' ELSE 'synthetic' END, CASE WHEN p_syntetisk THEN 'synthetic' ELSE 'real' END
            USING ERRCODE = 'FD008', HINT = CASE WHEN p_syntetisk THEN 'Name the right folder.'
                ELSE 'A synthetic register has SYNTHETIC.json in its folder: copy it with the files.' END;
    END IF;
    -- What comes is far more than a session keeps of temporary tables by itself. One that has had some cannot change that
    BEGIN
        PERFORM set_config('temp_buffers', format('%sMB', (SELECT i.arbeidsminne_mb / 2 FROM trygdfob.innstilling AS i)), false);
    EXCEPTION WHEN invalid_parameter_value THEN
        NULL;
    END;
    FOR t IN
        SELECT v.tabell, v.kolonner
        FROM (VALUES
            ('register_person', '{fnr,kjonn,fodselsdato}'::text[]),
            ('register_bosted', '{fnr,fradato,tildato,kommune}'),
            ('register_status', '{fnr,fradato,tildato,regstatus}'),
            ('register_identitet', '{fnr,fnr_gjeldende,fradato}'),
            ('register_kommune',
                '{code,name,validfrom,validto,parentcode,validfrominrequestedrange,validtoinrequestedrange}'),
            ('register_fylke', '{code,name,validfrom,validto,validfrominrequestedrange,validtoinrequestedrange}'),
            ('register_kommune_endring', '{oldcode,newcode,changeoccurred}')
        ) AS v (tabell, kolonner)
    LOOP
        PERFORM trygdfob.mottakstabell(t.tabell, trygdfob.tekstkolonner(t.kolonner));
    END LOOP;
END
$$;

COMMENT ON FUNCTION befolkning.begynn_register(boolean) IS
    'Makes the temporary tables register_person, register_bosted … into which the session copies the files of a population register, for the rest of the transaction; ta_inn_register takes them in. Error FD008: a synthetic register beside real years, or the other way round (spec.md 10, the population register).';
