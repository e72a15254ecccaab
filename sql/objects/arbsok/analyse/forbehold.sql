-- forbehold: what must be said beside the answer of an analyst's function, a row for each sentence (spec.md 2, T8, and
-- 5; the source's 3.4). The function itself says the same rows as NOTICEs (kan_besvares), so that there is one text of
-- each. The parameters are those of the functions, under the same names.
-- Dates come as timestamps, since pandas and date - interval give timestamps. One with a time of day is refused: a
-- program that turns midnight in Oslo into UTC sends 23:00 of the day before, so that whoever took its day would answer
-- about the wrong one.
-- Breaks are read from the rows of dekning_regel: view dekning has the same, but takes 5 ms a query against 0.3. Only
-- the breaks of the state count. The other rows, for whole tables, for dates and for how spells end, follow from those
-- of the state, or are about statistics elsewhere in which nothing jumps here (1 November 2001).
-- DateStyle is set so that dates in the sentences are ISO dates, whatever the client's style.

CREATE OR REPLACE FUNCTION arbsok.forbehold(
    p_funksjon text, p_fra timestamp DEFAULT NULL, p_til timestamp DEFAULT NULL,
    p_steg text DEFAULT 'uttrekk', p_nivaa text DEFAULT 'tilfelle', p_observert_til timestamp DEFAULT NULL
)
RETURNS TABLE (forbehold text)
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    e record;
    v_fra date := p_fra;
    v_til date := p_til;
    v_observert_til date := p_observert_til;
    v_dag date;
    -- The days within which a break shows in the answer, and the table whose state breaks
    v_tabell text;
    v_brudd_fra date;
    v_brudd_til date;
BEGIN
    PERFORM arbsok.kjent_valg(p_funksjon, '{tverrsnitt,beholdning,strom,manedspanel,manedstilstand,varighet}');
    IF (v_fra, v_til, v_observert_til) IS DISTINCT FROM (p_fra, p_til, p_observert_til) THEN
        RAISE EXCEPTION '% is no day: it has a time.', CASE
                WHEN v_fra <> p_fra THEN p_fra WHEN v_til <> p_til THEN p_til ELSE p_observert_til
            END
            USING ERRCODE = 'FD004', HINT = 'Give a date, in R with as.Date(..., tz = ""), in Python with .date(). A program that turns midnight into UTC makes it an hour of the day before.';
    ELSIF p_funksjon = 'tverrsnitt' THEN
        IF v_til <> v_fra THEN
            RAISE EXCEPTION 'tverrsnitt takes one day, not a range.'
                USING ERRCODE = 'FD004', HINT = 'Ask for each day by itself.';
        END IF;
        v_til := v_fra;
    ELSIF p_funksjon = 'beholdning' THEN
        PERFORM arbsok.kjent_valg(p_steg, '{dag,uke,maaned,uttrekk}');
    ELSIF p_funksjon = 'varighet' THEN
        PERFORM arbsok.kjent_valg(p_nivaa, '{tilfelle,gruppetilfelle,periode}');
    END IF;
    IF p_funksjon <> 'varighet' AND (v_fra IS NULL OR v_til IS NULL) THEN
        RAISE EXCEPTION 'A date is missing.'
            USING ERRCODE = 'FD004', HINT = CASE p_funksjon WHEN 'tverrsnitt' THEN 'Give the day, as ''YYYY-MM-DD''.'
                ELSE 'Give every date, as ''YYYY-MM-DD''; ''-infinity'' and ''infinity'' stand for the first and the last day known.' END;
    ELSIF v_fra > v_til THEN
        RAISE EXCEPTION 'The range begins on %, after its end, %.', v_fra, v_til
            USING ERRCODE = 'FD004', HINT = 'Give the first day first. Both days are in the range.';
    END IF;

    SELECT * INTO STRICT e FROM arbsok.endelighet;
    IF e.siste_dagdato IS NULL THEN
        RETURN QUERY SELECT 'No year is loaded: the register knows nothing.';
        RETURN;
    END IF;
    CASE p_funksjon
        WHEN 'tverrsnitt' THEN
            NULL;
        WHEN 'beholdning' THEN
            SELECT 'gruppetilfelle', v_fra, v_til INTO v_tabell, v_brudd_fra, v_brudd_til;
        WHEN 'strom' THEN
            -- What the new coding did on its first day counts too
            SELECT 'gruppetilfelle', v_fra - 1, v_til INTO v_tabell, v_brudd_fra, v_brudd_til;
        WHEN 'varighet' THEN
            IF v_observert_til IS NULL AND e.endelig_til < e.serie_start THEN
                RETURN QUERY SELECT format(
                    'No day of the register is final yet: give p_observert_til, a date up to %s.', e.siste_dagdato
                );
                RETURN;
            END IF;
            v_observert_til := coalesce(v_observert_til, e.endelig_til);
            IF v_fra > v_observert_til OR (v_til > v_observert_til AND v_til <> 'infinity') THEN
                RETURN QUERY SELECT format('Spells are looked at up to %s: those that began after that are left out. '
                    'A later p_observert_til takes them along.', v_observert_til);
            END IF;
            IF p_nivaa = 'tilfelle' THEN
                SELECT p_nivaa, v_fra, least(v_til, v_observert_til) INTO v_tabell, v_brudd_fra, v_brudd_til;
            ELSE
                -- What a new coding ends, it ends on the day before
                SELECT p_nivaa, v_fra - 1, v_observert_til + 1 INTO v_tabell, v_brudd_fra, v_brudd_til;
            END IF;
            v_fra := least(coalesce(v_fra, e.siste_dagdato), v_observert_til);
            v_til := v_observert_til;
        ELSE
            SELECT 'periode', v_fra, v_til INTO v_tabell, v_brudd_fra, v_brudd_til;
    END CASE;

    IF v_fra = v_til AND NOT isfinite(v_fra) THEN
        RAISE EXCEPTION '% is no day.', v_fra USING ERRCODE = 'FD004', HINT = 'Give a date, as ''YYYY-MM-DD''.';
    END IF;
    -- Whoever leaves the end open does not ask about days that are not known
    IF v_fra < e.serie_start AND v_fra <> '-infinity' THEN
        RETURN QUERY SELECT format('%s is before %s, where the series starts: days before that are left out.',
            v_fra, e.serie_start);
    ELSIF least(v_til, p_til) < e.serie_start THEN
        RETURN QUERY SELECT format('%s is before %s, where the series starts: nothing is known of days before that.',
            least(v_til, p_til::date), e.serie_start);
    END IF;
    IF v_til > e.endelig_til AND v_fra <= e.siste_dagdato THEN
        RETURN QUERY SELECT format('%s is after %s, up to which the register is final: what it says of days after '
            'that may be changed by the next year''s load.',
            CASE v_til WHEN 'infinity' THEN e.siste_dagdato ELSE v_til END, e.endelig_til);
    END IF;
    IF v_til > e.siste_dagdato AND v_til <> 'infinity' THEN
        RETURN QUERY SELECT format('%s is after %s, the last extraction: nothing is known of days after that, and '
            'they are left out.', v_til, e.siste_dagdato);
    ELSIF v_fra > e.siste_dagdato THEN
        RETURN QUERY SELECT format('%s is after %s, the last extraction: nothing is known of days after that.',
            v_fra, e.siste_dagdato);
    END IF;
    IF v_fra > e.siste_dagdato OR least(v_til, p_til) < e.serie_start THEN
        RETURN;
    END IF;
    IF p_funksjon = 'beholdning' AND NOT EXISTS (SELECT FROM arbsok.stegdato(v_fra, v_til, p_steg)) THEN
        RETURN QUERY SELECT format('There is no %s from %s to %s: nothing is counted. p_steg ''dag'' counts on every '
            'day.', CASE p_steg WHEN 'uke' THEN 'Sunday' WHEN 'maaned' THEN 'last day of a month' ELSE 'extraction' END,
            v_fra, v_til);
    END IF;
    -- One sentence is enough, about the first such date
    SELECT min(d.dag) INTO v_dag
    FROM (
        SELECT s.dag
        FROM arbsok.stegdato(v_fra, v_til, CASE p_funksjon
            WHEN 'tverrsnitt' THEN 'dag' WHEN 'beholdning' THEN p_steg ELSE 'maaned'
        END) AS s
        WHERE p_funksjon IN ('tverrsnitt', 'beholdning', 'manedspanel', 'manedstilstand')
        UNION ALL
        SELECT least(v_til, e.siste_dagdato)
        WHERE p_funksjon IN ('manedspanel', 'manedstilstand')
    ) AS d
    WHERE NOT EXISTS (SELECT FROM arbsok.uttrekksdato AS u WHERE u.dagdato = d.dag);
    IF v_dag IS NOT NULL THEN
        RETURN QUERY SELECT format('%s is no extraction date: who was last seen on the one before%s has gone already, so '
            'that %s', v_dag,
            (SELECT format(' (%s)', max(u.dagdato)) FROM arbsok.uttrekksdato AS u
            WHERE u.dagdato < v_dag HAVING count(*) > 0),
            CASE p_funksjon
                WHEN 'tverrsnitt' THEN
                    'the level is too low. Take an extraction date (view uttrekksdato).'
                WHEN 'beholdning' THEN
                    'the level is too low, there and on every such date. For levels p_steg ''uttrekk'' counts on '
                    'extraction dates alone.'
                ELSE
                    'too few are registered on it as sluttdato, and on every such date. For levels take beholdning.'
            END);
    END IF;
    IF p_funksjon = 'tverrsnitt' THEN
        RETURN;  -- no break lies within a day
    END IF;
    RETURN QUERY
    SELECT format('The series breaks on %s, and this answer with it: from then on another coding of %s. See dekning, '
        'navn ''%s''%s.', v.brudd, string_agg(DISTINCT v.variabel, ', ' ORDER BY v.variabel), v_tabell,
        -- Only in this table has the column another name than in varighet
        CASE v_tabell WHEN 'tilfelle' THEN ', variabel ''hoved_inn''' ELSE '' END)
    FROM (
        SELECT r.brudd, regexp_replace(r.variabel, '_(inn|ut|neste)$', '') AS variabel
        FROM arbsok.dekning_regel AS r
        WHERE r.slag = 'variabel' AND r.navn IN (v_tabell, '*')
    ) AS v
    WHERE (v.variabel = 'hoved' OR (v_tabell = 'periode' AND v.variabel IN ('hovedarbstat', 'tiltak', 'ytelse')))
        AND v.brudd > greatest(v_brudd_fra, e.serie_start)
        AND v.brudd <= least(v_brudd_til, e.siste_dagdato)
    GROUP BY v.brudd
    ORDER BY v.brudd;
END
$$;

COMMENT ON FUNCTION arbsok.forbehold(text, timestamp, timestamp, text, text, timestamp) IS
    'What the NOTICEs of a call say, as rows, for programs that do not show NOTICEs (pandas, SQLAlchemy, polars). No rows: there is nothing to say. '
    'p_funksjon: ''tverrsnitt'', ''beholdning'', ''strom'', ''manedspanel'', ''manedstilstand'' or ''varighet''. The others are that function''s own parameters: p_fra and p_til the first and last day (for tverrsnitt its day, as p_fra), p_steg of beholdning, p_nivaa and p_observert_til of varighet. A parameter that the function does not have is ignored. '
    'forbehold: the sentence. The range goes past what is final, past the last extraction, or begins before the series (view endelighet); it holds no date of p_steg, or a day on which persons are counted is no extraction date, so that the level is too low; spells are left out that began after p_observert_til; or what the function shows breaks on a day: hoved, of manedspanel, manedstilstand and varighet(''periode'') also hovedarbstat, tiltak and ytelse (view dekning). '
    'Error FD004, as from the function itself: a date is missing or has a time of day, p_fra is after p_til, an unknown word (spec.md 2, T8, and 5; the source''s 3.4).';
