-- begynn_versjon: a version of a period begins: its row, and of a month its base, of a year its averages. It takes the
-- place of one that is not published; after one that is it is a correction, and has a reason (spec.md 10, versions).

CREATE OR REPLACE FUNCTION statistikk.begynn_versjon(
    p_pakke text, p_periode text, p_grunn text, p_produktversjon text
) RETURNS integer
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    v_aar integer;
    v_maaned date;
    v_dag date;
    v_inndeling date;
    v_syntetisk boolean;
    v_register integer;
    v_gjelder_til date;
    register_syntetisk boolean;
    feil text;
    forrige integer;
    v_versjon integer;
BEGIN
    PERFORM trygdfob.forbered_sesjon();
    IF p_periode !~ '^(199[2-9]|20[0-9]{2})(M(0[1-9]|1[0-2]))?$' THEN
        RAISE EXCEPTION '% is no period: 2003M04 is a month, 2003 a year.', left(p_periode, 20)
            USING ERRCODE = 'FD009', HINT = 'Nothing was changed.';
    END IF;
    v_aar := left(p_periode, 4)::integer;
    v_maaned := CASE WHEN length(p_periode) = 7 THEN make_date(v_aar, right(p_periode, 2)::integer, 1) END;
    -- Two at once: the second one waits, and then takes the first one's place
    SELECT p.inndeling INTO v_inndeling FROM statistikk.pakke AS p WHERE p.pakke = p_pakke FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no package %.', left(p_pakke, 24) USING ERRCODE = 'FD009', HINT = 'Nothing was changed.';
    END IF;
    IF v_maaned IS NOT NULL THEN
        SELECT m.dagdato, l.syntetisk INTO v_dag, v_syntetisk
        FROM trygdfob.maanedsfil AS m
        JOIN trygdfob.lastet_aargang AS l ON l.aargang = m.aargang
        WHERE m.mnddato = v_maaned;
        IF v_dag IS NULL THEN
            RAISE EXCEPTION '% cannot be made: % is not loaded.', p_periode,
                CASE WHEN v_syntetisk IS NULL THEN v_aar::text ELSE 'a month with an extraction date' END
                USING ERRCODE = 'FD009', HINT = format('make load-year YEAR=%s comes first.', v_aar);
        ELSIF v_inndeling < v_dag THEN
            RAISE EXCEPTION '% cannot be made: package % has the division of regions of %, and the extraction is of %: '
                'what merged in between cannot be told apart.', p_periode, p_pakke, v_inndeling, v_dag
                USING ERRCODE = 'FD009', HINT = 'Let inndeling in statistikk.pakke be the extraction date or a later '
                'day; or empty: then each month has the division of its extraction date.';
        END IF;
        SELECT f.folkeregisterversjon, f.gjelder_til, f.syntetisk INTO v_register, v_gjelder_til, register_syntetisk
        FROM befolkning.folkeregisterversjon AS f
        ORDER BY f.folkeregisterversjon DESC
        LIMIT 1;
        IF v_register IS NULL THEN
            RAISE EXCEPTION '% cannot be made: no population register is loaded.', p_periode
                USING ERRCODE = 'FD009', HINT = 'make register-load DIR=… comes first.';
        ELSIF v_gjelder_til < v_dag THEN
            RAISE EXCEPTION '% cannot be made: the population register knows days up to % alone, and the extraction date is %.',
                p_periode, v_gjelder_til, v_dag USING ERRCODE = 'FD009', HINT = 'Load a later one: make register-load DIR=….';
        ELSIF register_syntetisk <> v_syntetisk THEN
            RAISE EXCEPTION '% cannot be made: of the year and the population register one is synthetic, the other real.', p_periode
                USING ERRCODE = 'FD009', HINT = 'Nothing was changed.';
        END IF;
        IF NOT EXISTS (
            SELECT FROM befolkning.kjennemerkesett AS s
            WHERE s.mnddato = v_maaned AND s.folkeregisterversjon = v_register
        ) THEN
            PERFORM befolkning.lag_kjennemerker(v_maaned);
        END IF;
    END IF;
    SELECT string_agg(format(E'\n    %s: %s.', k.hva, k.feil), '' ORDER BY k.hva, k.feil) INTO feil
    FROM statistikk.katalogfeil(p_pakke, coalesce(v_dag, make_date(v_aar, 12, 31))) AS k;
    IF feil IS NOT NULL THEN
        RAISE EXCEPTION 'The catalogue of package % cannot be right:%', p_pakke, feil
            USING ERRCODE = 'FD009', HINT = 'Nothing was changed.';
    END IF;

    DELETE FROM statistikk.versjon AS v
    WHERE v.pakke = p_pakke AND v.periode = p_periode AND v.tilstand <> 'publisert';
    SELECT max(v.nummer) INTO forrige FROM statistikk.versjon AS v WHERE v.pakke = p_pakke AND v.periode = p_periode;
    INSERT INTO statistikk.versjon AS v (pakke, periode, nummer, grunn, mnddato, dagdato, folkeregisterversjon, syntetisk,
        kjoring, produktversjon, objektversjon, kodelister, mal)
    SELECT p_pakke, p_periode, coalesce(forrige, 0) + 1,
        CASE WHEN forrige IS NULL AND p_grunn IS NULL THEN 'Første versjon' ELSE
            statistikk.krev_grunn(p_grunn, format('Version %s of %s is published, and another one is a correction', forrige, p_periode))
        END,
        v_maaned, v_dag, v_register, coalesce(v_syntetisk, false),
        (SELECT max(k.kjoring) FROM trygdfob.kjorelogg AS k), p_produktversjon, o.digest,
        statistikk.kodelister(p_pakke, coalesce(v_dag, make_date(v_aar, 12, 31))), statistikk.mal(p_pakke)
    FROM trygdfob.objektversjon AS o
    RETURNING v.versjon INTO STRICT v_versjon;
    IF v_maaned IS NOT NULL THEN
        PERFORM statistikk.lag_grunnlag(v_versjon);
        RETURN v_versjon;
    END IF;

    INSERT INTO statistikk.snitt_av_versjon (versjon, maaned)
    SELECT DISTINCT ON (v.mnddato) v_versjon, v.versjon
    FROM statistikk.versjon AS v
    WHERE v.pakke = p_pakke AND v.tilstand = 'publisert'
        AND v.mnddato BETWEEN make_date(v_aar, 1, 1) AND make_date(v_aar, 12, 31)
    ORDER BY v.mnddato, v.nummer DESC;
    IF NOT FOUND THEN
        RAISE EXCEPTION '% cannot be made: no month of it is published.', p_periode
            USING ERRCODE = 'FD009', HINT = format('Averages are of published months: %sM01 to %sM12 come first.', v_aar, v_aar);
    ELSIF EXISTS (
        SELECT
        FROM statistikk.snitt_av_versjon AS s
        JOIN statistikk.versjon AS m ON m.versjon = s.maaned
        WHERE s.versjon = v_versjon AND (m.mal ->> 'inndeling')::date IS DISTINCT FROM v_inndeling
    ) THEN
        RAISE EXCEPTION '% cannot be made: months of it are published with another division of regions than package % has now.',
            p_periode, p_pakke USING ERRCODE = 'FD009', HINT = 'A mean is of months with one division: put inndeling in statistikk.pakke '
            'back.';
    END IF;
    UPDATE statistikk.versjon AS v SET syntetisk = (
        SELECT bool_or(m.syntetisk)
        FROM statistikk.snitt_av_versjon AS s
        JOIN statistikk.versjon AS m ON m.versjon = s.maaned
        WHERE s.versjon = v_versjon
    )
    WHERE v.versjon = v_versjon;
    PERFORM statistikk.lag_snitt(v_versjon);
    RETURN v_versjon;
END
$$;

COMMENT ON FUNCTION statistikk.begynn_versjon(text, text, text, text) IS
    'Begins the version of a period (2003M04, 2003) of a package: of a month its base is counted, of a year its averages are made. One that is not published goes; p_grunn: why, which a correction must have. Returns its number (versjon). Error FD009: it cannot be made, and why (spec.md 10, versions).';
