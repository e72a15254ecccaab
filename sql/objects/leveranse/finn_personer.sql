-- finn_personer: whom a delivery is about: those in the order's population and in the project's, each with the
-- project's number (spec.md 9, populations). They lie in a temporary table of the owner's, for the statements of this
-- transaction, which must read one state of the register: so it is decided here, too, whether that can be released.

CREATE OR REPLACE FUNCTION leveranse.finn_personer(p_utlevering integer, p_eldre integer DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
SET client_min_messages = 'warning'
AS $$
DECLARE
    u record := leveranse.min_utlevering(p_utlevering, p_eldre);
    p record;
    b record;
    bestilt jsonb;
    tillatt jsonb;
    hvorfor text := leveranse.hvorfor_ikke_utlevert(u.prosjekt, num_nonnulls(u.gjentar, p_eldre) > 0);
    v_nokkel text := (SELECT n.nokkel FROM leveranse_nokkel.prosjektnokkel AS n WHERE n.prosjekt = u.prosjekt);
    serie_start date := (SELECT e.serie_start FROM arbsok.endelighet AS e);
    -- The years whose last extraction was by the day: no record of theirs is dated after that
    gaatt integer[] := array(
        SELECT m.aargang FROM trygdfob.maanedsfil AS m GROUP BY m.aargang HAVING max(m.dagdato) <= u.til
    );
    tall jsonb;
BEGIN
    IF hvorfor IS NOT NULL THEN
        RAISE EXCEPTION 'prosjekt: %.', hvorfor USING ERRCODE = 'FD007', HINT = 'Nothing is delivered.';
    END IF;
    PERFORM leveranse.begynn_lesing(u.til);
    IF EXISTS (
        SELECT FROM pg_class AS c
        WHERE c.oid IN (to_regclass('pg_temp.leveranse_person'), to_regclass('pg_temp.leveranse_kandidat'))
            AND c.relowner <> current_user::regrole
    ) THEN
        RAISE EXCEPTION 'This session has a table of its own, leveranse_person or leveranse_kandidat, in the way.'
            USING ERRCODE = 'FD007', HINT = 'Drop it.';
    END IF;
    SELECT * INTO STRICT p FROM leveranse.prosjekt AS r WHERE r.prosjekt = u.prosjekt;
    SELECT * INTO STRICT b FROM leveranse.bestilling AS o
    WHERE o.prosjekt = u.prosjekt AND o.bestilling = u.bestilling AND o.versjon = u.versjon;
    bestilt := b.innhold -> 'populasjon';
    tillatt := p.populasjon;
    -- The same transaction may have read another one: that with which this is compared
    DROP TABLE IF EXISTS pg_temp.leveranse_kandidat, pg_temp.leveranse_person;
    -- First those whom the sample leaves: a hundredth of the persons is found without reading the records of all
    CREATE TEMPORARY TABLE leveranse_kandidat (
        lopenr varchar(16), fnr varchar(11), fra_foer boolean NOT NULL
    ) ON COMMIT DROP;
    INSERT INTO pg_temp.leveranse_kandidat (lopenr, fnr, fra_foer)
    SELECT k.lopenr, k.fnr, coalesce(k.aargang = ANY (gaatt), false)
    FROM (
        SELECT a.lopenr, a.fnr, a.aargang FROM trygdfob.person AS a WHERE NOT bestilt ? 'liste'
        UNION ALL
        SELECT a.lopenr, l.fnr, a.aargang
        FROM leveranse_nokkel.person_i_liste AS l
        LEFT JOIN trygdfob.person AS a ON a.fnr = l.fnr
        WHERE bestilt ? 'liste' AND l.prosjekt = u.prosjekt AND l.bestilling = u.bestilling AND l.versjon = u.versjon
    ) AS k
    WHERE leveranse_nokkel.i_utvalget(v_nokkel, k.fnr, coalesce((bestilt ->> 'utvalg')::numeric, 1));
    ANALYZE pg_temp.leveranse_kandidat;
    CREATE TEMPORARY TABLE leveranse_person (
        utlevering integer NOT NULL, lopenr varchar(16), lpnr text NOT NULL, fnr varchar(11),
        i_registeret integer NOT NULL
    ) ON COMMIT DROP;
    -- Who is not in the register, or comes later, is about nobody's rows; a list keeps them. Whose first record is from
    -- a year that has had its last extraction by then is in it, and need not be looked for
    INSERT INTO pg_temp.leveranse_person (utlevering, lopenr, lpnr, fnr, i_registeret)
    SELECT u.utlevering, k.lopenr, leveranse_nokkel.lpnr(v_nokkel, k.fnr), k.fnr, (k.fra_foer OR r.lopenr IS NOT NULL)::integer
    FROM pg_temp.leveranse_kandidat AS k
    LEFT JOIN (
        SELECT DISTINCT t.lopenr
        FROM pg_temp.leveranse_kandidat AS e
        JOIN leveranse.frigitt_tilfelle(serie_start, u.til) AS t ON t.lopenr = e.lopenr
        WHERE NOT e.fra_foer
    ) AS r ON r.lopenr = k.lopenr
    WHERE CASE
        WHEN bestilt ? 'liste' THEN true
        WHEN bestilt ? 'alle' THEN k.fra_foer OR r.lopenr IS NOT NULL
        ELSE k.lopenr IN (SELECT o.lopenr FROM leveranse.populasjonens_personer(bestilt, u.til) AS o)
    END;
    tall := jsonb_build_object('i_populasjonen', (SELECT count(*) FROM pg_temp.leveranse_person));
    DELETE FROM pg_temp.leveranse_person AS a
    WHERE NOT leveranse_nokkel.i_utvalget(v_nokkel, a.fnr, coalesce((tillatt ->> 'utvalg')::numeric, 1))
        OR CASE
            WHEN tillatt ? 'alle' THEN false
            WHEN tillatt ? 'liste' THEN NOT EXISTS (
                SELECT FROM leveranse_nokkel.person_i_liste AS l
                WHERE l.prosjekt = u.prosjekt AND l.bestilling = '' AND l.versjon = 0 AND l.fnr = a.fnr
            )
            ELSE a.lopenr IS NULL
                OR a.lopenr NOT IN (SELECT o.lopenr FROM leveranse.populasjonens_personer(tillatt, u.til) AS o)
        END;
    IF EXISTS (SELECT FROM pg_temp.leveranse_person AS a GROUP BY a.lpnr HAVING count(*) > 1) THEN
        RAISE EXCEPTION 'Two persons get the same number in project %.', u.prosjekt
            USING ERRCODE = 'FD007',
                HINT = 'A project that has got no delivery can get a new key: SELECT leveranse.bytt_nokkel(project).';
    END IF;
    ANALYZE pg_temp.leveranse_person;
    RETURN tall || jsonb_build_object(
        'personer', (SELECT count(*) FROM pg_temp.leveranse_person),
        'i_registeret', (SELECT count(*) FROM pg_temp.leveranse_person AS a WHERE a.i_registeret = 1)
    );
END
$$;

COMMENT ON FUNCTION leveranse.finn_personer(integer, integer) IS
    'Finds the persons of a delivery that the caller has begun, or of the earlier one that it is compared with (p_eldre), for the rest of the transaction, which is REPEATABLE READ; returns counts: i_populasjonen (of the order), personer (also in the project''s population), i_registeret (of these). Error FD007: the register cannot be released on the order''s last day, or the project gets nothing any more (spec.md 9, populations).';
