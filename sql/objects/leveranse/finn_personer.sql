-- finn_personer: whom a delivery is about: those in the order's population and in the project's, each with the
-- project's number (spec.md 9, populations). They lie in a temporary table of the owner's, for the statements of this
-- transaction, which must read one state of the register: so it is decided here, too, whether that can be released.

CREATE OR REPLACE FUNCTION leveranse.finn_personer(p_utlevering integer) RETURNS jsonb
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
SET client_min_messages = 'warning'
AS $$
DECLARE
    u record := leveranse.min_utlevering(p_utlevering);
    p record;
    b record;
    bestilt jsonb;
    tillatt jsonb;
    hvorfor text := leveranse.hvorfor_ikke_frigitt(u.til);
    v_nokkel text := (SELECT n.nokkel FROM leveranse_nokkel.prosjektnokkel AS n WHERE n.prosjekt = u.prosjekt);
    tall jsonb;
BEGIN
    IF current_setting('transaction_isolation') NOT IN ('repeatable read', 'serializable') THEN
        RAISE EXCEPTION 'A delivery reads one state of the register.'
            USING ERRCODE = 'FD007', HINT = 'BEGIN ISOLATION LEVEL REPEATABLE READ, then finn_personer, then rader.';
    ELSIF hvorfor IS NOT NULL THEN
        RAISE EXCEPTION 'til: %.', hvorfor USING ERRCODE = 'FD007', HINT = 'Nothing is delivered.';
    END IF;
    -- For the statements of this transaction: a delivery sorts and joins large sets, on one connection
    PERFORM set_config('work_mem', format('%sMB', greatest(i.arbeidsminne_mb / 4, 1)), true), set_config('jit', 'off', true)
    FROM trygdfob.innstilling AS i;
    SELECT * INTO STRICT p FROM leveranse.prosjekt AS r WHERE r.prosjekt = u.prosjekt;
    SELECT * INTO STRICT b FROM leveranse.bestilling AS o
    WHERE o.prosjekt = u.prosjekt AND o.bestilling = u.bestilling AND o.versjon = u.versjon;
    bestilt := b.innhold -> 'populasjon';
    tillatt := p.populasjon;
    CREATE TEMPORARY TABLE leveranse_person (lopenr varchar(16), lpnr text, fnr varchar(11), i_registeret integer NOT NULL)
    ON COMMIT DROP;
    INSERT INTO pg_temp.leveranse_person (lopenr, lpnr, fnr, i_registeret)
    SELECT a.lopenr, leveranse_nokkel.lpnr(v_nokkel, a.fnr), a.fnr, 1
    FROM leveranse_nokkel.populasjonens_personer(u.prosjekt, u.bestilling, u.versjon, bestilt, u.til) AS o
    JOIN trygdfob.person AS a ON a.lopenr = o.lopenr
    WHERE leveranse_nokkel.i_utvalget(v_nokkel, a.fnr, coalesce((bestilt ->> 'utvalg')::numeric, 1));
    -- Whoever is on the list and not in the register (yet)
    INSERT INTO pg_temp.leveranse_person (lopenr, lpnr, fnr, i_registeret)
    SELECT NULL, leveranse_nokkel.lpnr(v_nokkel, l.fnr), l.fnr, 0
    FROM leveranse_nokkel.person_i_liste AS l
    WHERE bestilt ? 'liste'
        AND l.prosjekt = u.prosjekt AND l.bestilling = u.bestilling AND l.versjon = u.versjon
        AND leveranse_nokkel.i_utvalget(v_nokkel, l.fnr, coalesce((bestilt ->> 'utvalg')::numeric, 1))
        AND NOT EXISTS (SELECT FROM pg_temp.leveranse_person AS a WHERE a.fnr = l.fnr);
    tall := jsonb_build_object('i_populasjonen', (SELECT count(*) FROM pg_temp.leveranse_person));
    -- The project's population; who is not in the register is only in one that is a list, or everybody
    IF tillatt <> '{"alle": true}' THEN
        DELETE FROM pg_temp.leveranse_person AS a
        WHERE NOT leveranse_nokkel.i_utvalget(v_nokkel, a.fnr, coalesce((tillatt ->> 'utvalg')::numeric, 1))
            OR (a.lopenr IS NOT NULL AND a.lopenr NOT IN (
                SELECT o.lopenr
                FROM leveranse_nokkel.populasjonens_personer(u.prosjekt, '', 0, tillatt, u.til) AS o
            ))
            OR (a.lopenr IS NULL AND NOT tillatt ? 'alle' AND NOT EXISTS (
                SELECT FROM leveranse_nokkel.person_i_liste AS l
                WHERE l.prosjekt = u.prosjekt AND l.bestilling = '' AND l.versjon = 0 AND l.fnr = a.fnr
            ));
    END IF;
    IF EXISTS (SELECT FROM pg_temp.leveranse_person AS a GROUP BY a.lpnr HAVING count(*) > 1) THEN
        RAISE EXCEPTION 'Two persons get the same number in project %.', u.prosjekt
            USING ERRCODE = 'FD007', HINT = 'A project that has got no delivery can get a new key: SELECT leveranse.bytt_nokkel(project).';
    END IF;
    ANALYZE pg_temp.leveranse_person;
    RETURN tall || jsonb_build_object(
        'personer', (SELECT count(*) FROM pg_temp.leveranse_person),
        'i_registeret', (SELECT count(*) FROM pg_temp.leveranse_person AS a WHERE a.i_registeret = 1)
    );
END
$$;

COMMENT ON FUNCTION leveranse.finn_personer(integer) IS
    'Finds the persons of a delivery that the caller has begun, for the rest of the transaction, which is REPEATABLE READ; returns counts: i_populasjonen (of the order), personer (also in the project''s population), i_registeret (of these). Error FD007: the register cannot be released on the order''s last day (spec.md 9, populations).';
