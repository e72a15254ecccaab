-- arbsok_fil_mistenkelig: the month files that are suspicious without being wrong, each with the values that its
-- sentence in the catalogue takes (spec.md 6; docs/controls.md). It needs no spells, so that it can also judge a year
-- that is being loaded.

CREATE OR REPLACE FUNCTION kontroll.arbsok_fil_mistenkelig(p_aargang integer)
RETURNS TABLE (kontroll text, mnddato date, verdier text[])
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    -- Values: file, how many, of how many, year, and for some controls one more
    SELECT m.kontroll, m.mnddato,
        ARRAY[m.fil, m.antall::text, m.av::text, p_aargang::text, coalesce(m.dager::text, '')]
    FROM kontroll.arbsok_filmaal AS m
    JOIN trygdfob.terskel AS t ON t.navn = m.kontroll
    WHERE m.aargang = p_aargang AND m.antall >= t.gjelder_minst AND 100 * m.antall > t.gjelder_prosent * m.av
    UNION ALL
    -- A month's registrations, which may be none, against the mean of the months on both sides. Where the file has
    -- enough records and many were set aside, the file is whole: the control of what set them aside warns of it
    SELECT t.navn, m.mnddato,
        ARRAY[m.fil, m.antall::text, round(n.antall)::text, p_aargang::text,
            round(100 - 100 * m.antall / n.antall)::text]
    FROM (
        SELECT f.aargang, f.mnddato, f.fil, f.lest, f.antall,
            lag(f.antall) OVER (ORDER BY f.mnddato) AS forrige,
            lead(f.antall) OVER (ORDER BY f.mnddato) AS neste
        FROM (
            SELECT e.aargang, e.mnddato, e.fil, coalesce(s.i_miniregisteret, 0)::numeric AS antall,
                coalesce(s.i_miniregisteret + s.tall_i_as_stat + s.ugyldig_fnr + s.dublett, 0) AS lest
            FROM trygdfob.maanedsfil AS e
            LEFT JOIN arbsok_lasting.maanedsfil_tall AS s ON s.mnddato = e.mnddato
            WHERE e.aargang BETWEEN p_aargang - 1 AND p_aargang + 1
            UNION ALL
            SELECT a.aargang, a.mnddato, a.fil, a.i_miniregisteret, a.antall
            FROM arbsok_lasting.aarets_fil AS a
            WHERE a.i_miniregisteret IS NOT NULL
                AND NOT EXISTS (SELECT FROM trygdfob.maanedsfil AS e WHERE e.mnddato = a.mnddato)
        ) AS f
    ) AS m
    CROSS JOIN LATERAL (
        SELECT (coalesce(m.forrige, m.neste) + coalesce(m.neste, m.forrige)) / 2 AS antall
    ) AS n
    JOIN trygdfob.terskel AS t ON t.navn = 'maaned_for_liten'
    WHERE m.aargang = p_aargang AND n.antall - m.lest >= t.gjelder_minst
        AND 100 * (n.antall - m.lest) > t.gjelder_prosent * n.antall;
END;

COMMENT ON FUNCTION kontroll.arbsok_fil_mistenkelig(integer) IS
    'The month files of a year that are suspicious without being wrong, by control of the catalogue, with the values in its sentence: format(setning, VARIADIC verdier). The year is loaded, or being loaded: then its files are judged as far as they have come (spec.md 6).';
