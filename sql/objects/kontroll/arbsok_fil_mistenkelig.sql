-- arbsok_fil_mistenkelig: the month files that are suspicious without being wrong, each with the values that its
-- sentence in the catalogue takes (spec.md 6; docs/controls.md). It needs no spells, so that it can also judge a year
-- that is being loaded.

CREATE OR REPLACE FUNCTION kontroll.arbsok_fil_mistenkelig(p_aargang integer)
RETURNS TABLE (kontroll text, mnddato date, verdier text[])
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    -- Values: file, how many, of how many, year, and what the control has of its own
    SELECT m.kontroll, m.mnddato,
        ARRAY[m.fil, m.antall::text, m.av::text, p_aargang::text, coalesce(m.dager::text, '')]
    FROM kontroll.arbsok_filmaal AS m
    JOIN trygdfob.terskel AS t ON t.navn = m.kontroll
    WHERE m.aargang = p_aargang AND m.antall >= t.gjelder_minst AND 100 * m.antall > t.gjelder_prosent * m.av
    UNION ALL
    -- Registrations against the mean of the months on both sides; a month may have none. Where the file has records
    -- enough and they were set aside, the file is whole, and the control of what set them aside says why
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
    'The month files of a year that are suspicious without being wrong, by control of the catalogue, with the values that its sentence takes: format(setning, VARIADIC verdier). Of a loaded year, or of the year being loaded as far as it has come (spec.md 6).';
