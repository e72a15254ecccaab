-- flatfilfeil: what does not fit a year's flat file, field by field: it is refused, and never cut (spec.md 9, the flat
-- file). All text of a record is looked at at once; only where something is wrong with one, its fields are. What is a
-- number or a day has no odd characters.

CREATE OR REPLACE FUNCTION leveranse.flatfilfeil(p_aargang integer, OUT rader bigint, OUT feil text)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    kontroll constant text := '[\u0001-\u001f\u007f-\u009f]';
    ikke_latin1 constant text := '[^\u0001-\u00ff]';
    gal constant text := (
        SELECT format('(concat(%s) COLLATE "C" ~ %L OR %s)', string_agg(o.verdi, ', ') FILTER (WHERE o.type = 'tekst'),
            kontroll || '|' || ikke_latin1, string_agg(o.passer_ikke, ' OR '))
        FROM leveranse.flatfiloppsett(p_aargang) AS o
    );
    gale bigint;
BEGIN
    EXECUTE format('SELECT count(*), count(*) FILTER (WHERE %s) FROM trygdfob.miniregister AS m WHERE m.aargang = %s',
        gal, p_aargang)
    INTO STRICT rader, gale;
    IF gale > 0 THEN
        EXECUTE (
            SELECT format($sql$
                SELECT string_agg(
                    format('%%s %%s in %%s record%%s', t.felt, t.hva, t.antall,
                        CASE WHEN t.antall > 1 THEN 's' ELSE '' END),
                    '; ' ORDER BY t.plass, t.hva)
                FROM (
                    SELECT v.plass, v.felt, h.hva, count(*) AS antall
                    FROM trygdfob.miniregister AS m
                    CROSS JOIN LATERAL (VALUES %s) AS v (plass, felt, bredde, verdi, passer_ikke)
                    CROSS JOIN LATERAL (VALUES
                        ('does not fit its width of ' || v.bredde, v.passer_ikke),
                        ('has a control character', v.verdi COLLATE "C" ~ %L),
                        ('has a character that Latin-1 has not', v.verdi COLLATE "C" ~ %L)
                    ) AS h (hva, er)
                    WHERE m.aargang = %s AND %s AND h.er
                    GROUP BY v.plass, v.felt, h.hva
                ) AS t
                $sql$,
                string_agg(
                    format('(%s, %L, %s, %s::text, %s)', o.plass, o.felt, o.bredde, o.verdi, o.passer_ikke), ', '),
                kontroll, ikke_latin1, p_aargang, gal)
            FROM leveranse.flatfiloppsett(p_aargang) AS o
        )
        INTO STRICT feil;
    END IF;
END
$$;

COMMENT ON FUNCTION leveranse.flatfilfeil(integer) IS
    'How many records a year''s miniregister has (rader), and what of it does not fit the flat file (feil): each field with the number of records in which it does not fit its width, has a character that Latin-1 has not, or a control character; empty where everything fits (spec.md 9, the flat file).';
