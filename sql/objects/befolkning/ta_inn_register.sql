-- ta_inn_register: the population register that the same transaction has copied in takes the place of the one before,
-- with its lists, whole or not at all (spec.md 10, the population register). What records got from an earlier one stays
-- (kjennemerke); of that one's own rows nothing does. Two persons are joined here for a finding: linked numbers that
-- differ.

CREATE OR REPLACE FUNCTION befolkning.ta_inn_register(
    p_gjelder_til date, p_syntetisk boolean, p_produktversjon text, p_filer jsonb
) RETURNS integer
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
SET client_min_messages = 'warning'
AS $$
DECLARE
    t text;
    feil text[];
    grense record;
    personer bigint;
    motsagte bigint;
    satt_til_side jsonb;
    funn jsonb;
    nummer integer;
BEGIN
    -- Nobody makes kjennemerker meanwhile
    LOCK TABLE befolkning.folkeregisterversjon IN SHARE ROW EXCLUSIVE MODE;
    FOREACH t IN ARRAY '{person,bosted,status,identitet,kommune,fylke,kommune_endring}'::text[] LOOP
        IF NOT trygdfob.er_eiers('register_' || t) THEN
            RAISE EXCEPTION 'The register has not begun: register_% is missing.', t
                USING ERRCODE = 'FD008', HINT = 'begynn_register comes first, in the same transaction.';
        END IF;
    END LOOP;
    -- A list that Klass was asked for over a range of days has them in columns of that range, and none in its own
    UPDATE pg_temp.register_kommune AS k SET validfrom = k.validfrominrequestedrange, validto = k.validtoinrequestedrange
    WHERE k.validfrom = '' AND k.validto = '';
    UPDATE pg_temp.register_fylke AS f SET validfrom = f.validfrominrequestedrange, validto = f.validtoinrequestedrange
    WHERE f.validfrom = '' AND f.validto = '';
    feil := array(SELECT f FROM befolkning.registerfeil(p_filer, '{identitet,kommune,fylke,kommune_endring}') AS f);
    IF feil = '{}' THEN
        feil := array(SELECT f FROM befolkning.kodefeil(p_filer) AS f);
    END IF;
    IF feil = '{}' THEN
        DELETE FROM befolkning.kommune;
        INSERT INTO befolkning.kommune (kommune, gyldig_fra, gyldig_til, tekst, fylke)
        SELECT k.code, k.validfrom::date, nullif(k.validto, '')::date - 1, btrim(k.name),
            CASE WHEN k.parentcode = '' THEN left(k.code, 2) ELSE k.parentcode END
        FROM pg_temp.register_kommune AS k
        WHERE k.code <> '9999';
        DELETE FROM befolkning.fylke;
        INSERT INTO befolkning.fylke (fylke, gyldig_fra, gyldig_til, tekst)
        SELECT f.code, f.validfrom::date, nullif(f.validto, '')::date - 1, btrim(f.name)
        FROM pg_temp.register_fylke AS f
        WHERE f.code <> '99';
        DELETE FROM befolkning.kommune_endring;
        INSERT INTO befolkning.kommune_endring (fra_kommune, til_kommune, dato)
        SELECT DISTINCT e.oldcode, e.newcode, e.changeoccurred::date FROM pg_temp.register_kommune_endring AS e;
        feil := befolkning.fyll_register(p_filer);
    ELSE
        feil := array(SELECT f FROM befolkning.registerfeil(p_filer, '{person,bosted,status}') AS f) || feil;
    END IF;
    IF feil <> '{}' THEN
        RAISE EXCEPTION USING ERRCODE = 'FD008', MESSAGE = CASE
            WHEN cardinality(feil) = 1 THEN feil[1]
            ELSE format(E'%s things are wrong with the register.\n  %s', cardinality(feil), array_to_string(feil, E'\n  '))
        END;
    END IF;

    PERFORM befolkning.finn_motsigelser();
    personer := (SELECT count(*) FROM pg_temp.register_person AS p);
    motsagte := (SELECT count(DISTINCT m.fnr) FROM pg_temp.register_motsagt AS m);
    SELECT x.gjelder_prosent AS prosent, x.gjelder_minst AS minst INTO STRICT grense
    FROM trygdfob.terskel AS x
    WHERE x.navn = 'register_satt_til_side';
    IF motsagte >= grense.minst AND 100.0 * motsagte > grense.prosent * personer THEN
        RAISE EXCEPTION USING ERRCODE = 'FD008', MESSAGE = (
            SELECT format(E'%s numbers contradict themselves, more than %s per cent of the register''s %s persons.\n  %s',
                arbsok.norsk_tall(motsagte), trim_scale(grense.prosent), arbsok.norsk_tall(personer),
                string_agg(m.setning, E'\n  ' ORDER BY m.antall DESC, m.grunn))
            FROM (
                SELECT r.grunn, count(DISTINCT r.fnr) AS antall,
                    format('%s: %s, the first one in %s.', r.grunn, arbsok.norsk_tall(count(DISTINCT r.fnr)),
                        befolkning.sted(p_filer, min(r.fil), min(r.linje))) AS setning
                FROM pg_temp.register_motsagt AS r
                GROUP BY r.grunn, r.fil
            ) AS m
        ), HINT = 'The bound is a row of trygdfob.terskel: register_satt_til_side.';
    END IF;

    -- A chain resolves to its last number
    INSERT INTO befolkning.personlenke (fnr, gjeldende, fradato)
    SELECT v.fnr, v.fnr_gjeldende, i.fradato
    FROM pg_temp.register_vei AS v
    JOIN (
        SELECT x.fnr, max(nullif(x.fradato, ''))::date AS fradato
        FROM pg_temp.register_identitet AS x
        GROUP BY x.fnr
    ) AS i ON i.fnr = v.fnr
    WHERE NOT EXISTS (SELECT FROM pg_temp.register_vei AS n WHERE n.fnr = v.fnr_gjeldende)
        AND NOT EXISTS (SELECT FROM pg_temp.register_motsagt AS m WHERE m.fnr = v.fnr AND m.fil = 'identitet');
    INSERT INTO befolkning.personlenke (fnr, gjeldende)
    SELECT DISTINCT l.gjeldende, l.gjeldende FROM befolkning.personlenke AS l;
    INSERT INTO befolkning.satt_til_side (fnr, grunn, fil, linje)
    SELECT DISTINCT m.fnr, m.grunn, p_filer #>> ARRAY[m.fil, 'fil'], m.linje FROM pg_temp.register_motsagt AS m;
    ANALYZE befolkning.personlenke, befolkning.kommune, befolkning.kommune_endring;

    SELECT coalesce(jsonb_object_agg(m.grunn, m.antall), '{}') INTO satt_til_side
    FROM (SELECT r.grunn, count(DISTINCT r.fnr) AS antall FROM befolkning.satt_til_side AS r GROUP BY r.grunn) AS m;
    -- V2: a difference between the register and the number is a finding, and no error. A D-number has 40 added to the
    -- day, a test person's 40 or 80 to the month
    SELECT jsonb_build_object(
        'nummer_kjonn', count(*) FILTER (WHERE substr(p.fnr, 9, 1)::integer % 2 <> p.kjonn::integer % 2),
        'nummer_fodselsdato', count(*) FILTER (
            WHERE left(p.fnr, 2)::integer % 40 <> right(p.dag, 2)::integer
                OR substr(p.fnr, 3, 2)::integer % 40 <> substr(p.dag, 6, 2)::integer
                OR substr(p.fnr, 5, 2) <> substr(p.dag, 3, 2)
        ),
        'lenket_ulik', (
            SELECT count(*)
            FROM befolkning.personlenke AS l
            JOIN befolkning.folkeregisterperson AS a ON a.fnr = l.fnr
            JOIN befolkning.folkeregisterperson AS g ON g.fnr = l.gjeldende
            WHERE (a.kjonn, a.fodselsdato) <> (g.kjonn, g.fodselsdato)
        )
    ) INTO funn
    FROM (SELECT x.fnr, x.kjonn, x.fodselsdato::text AS dag FROM befolkning.folkeregisterperson AS x OFFSET 0) AS p;
    -- A file that was cut short leaves rows of nobody
    funn := funn || (
        SELECT jsonb_build_object(
            'bosted_uten_person', count(*) FILTER (WHERE r.fil = 'bosted'),
            'status_uten_person', count(*) FILTER (WHERE r.fil = 'status'))
        FROM (
            SELECT b.fnr, 'bosted' AS fil FROM befolkning.bosted AS b
            UNION ALL
            SELECT s.fnr, 'status' FROM befolkning.status AS s
        ) AS r
        WHERE NOT EXISTS (SELECT FROM befolkning.folkeregisterperson AS p WHERE p.fnr = r.fnr)
    );
    INSERT INTO befolkning.folkeregisterversjon AS v (gjelder_til, syntetisk, produktversjon, objektversjon, filer, tall)
    SELECT p_gjelder_til, p_syntetisk, p_produktversjon, o.digest, p_filer, jsonb_build_object(
        'personer', (SELECT count(*) FROM befolkning.folkeregisterperson),
        'bosteder', (SELECT count(*) FROM befolkning.bosted),
        'statuser', (SELECT count(*) FROM befolkning.status),
        'numre_med_lenke', (SELECT count(*) FROM befolkning.personlenke),
        'motsagte', motsagte, 'satt_til_side', satt_til_side, 'funn', funn)
    FROM trygdfob.objektversjon AS o
    RETURNING v.folkeregisterversjon INTO STRICT nummer;
    RETURN nummer;
END
$$;

COMMENT ON FUNCTION befolkning.ta_inn_register(date, boolean, text, jsonb) IS
    'Takes the population register in that the same transaction has copied into register_person, register_bosted …, in the place of the one before, and returns the number of its version. p_filer: for each file (person, bosted, status, identitet, kommune, fylke, kommune_endring) fil, bytes, sha256 and rader. Error FD008: what is wrong with the files, each fault with file and line (spec.md 10, the population register).';
