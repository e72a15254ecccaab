-- hvorfor_ikke_frigitt: why the register cannot be released on a day, in a sentence; nothing where it can (spec.md 9,
-- the released form). Final is what no later load changes: up to the end of the year before the last loaded one, and no
-- day on which the next load may still close a spell. That is told by the setting the last year was loaded with; what
-- earlier ones were loaded with no longer matters.

CREATE OR REPLACE FUNCTION leveranse.hvorfor_ikke_frigitt(p_til date) RETURNS text
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT CASE
    WHEN s.aargang IS NULL THEN 'no year is loaded'
    WHEN p_til < e.serie_start THEN format('%s is before %s, where the series starts', p_til, e.serie_start)
    WHEN p_til > e.endelig_til THEN
        format('%s is not final: it is so when %s is loaded, and the last loaded year is %s', p_til,
            extract(YEAR FROM p_til)::integer + 1, s.aargang)
    WHEN p_til >= s.dagdato - s.avslutning_dager THEN
        format('%s is not final: %s was loaded with avslutning_dager %s, so that the next load can still close spells '
            'from %s on', p_til, s.aargang, s.avslutning_dager, s.dagdato - s.avslutning_dager)
END
FROM arbsok.endelighet AS e
LEFT JOIN LATERAL (
    SELECT m.aargang, m.dagdato, coalesce((k.innstillinger ->> 'avslutning_dager')::integer, i.avslutning_dager)
        AS avslutning_dager
    FROM trygdfob.maanedsfil AS m
    JOIN trygdfob.lastet_aargang AS l ON l.aargang = m.aargang
    CROSS JOIN trygdfob.innstilling AS i
    LEFT JOIN LATERAL (
        SELECT g.innstillinger
        FROM trygdfob.kjorelogg AS g
        WHERE g.aargang = m.aargang AND g.handling = 'load'
        ORDER BY g.kjoring DESC
        LIMIT 1
    ) AS k ON true
    ORDER BY m.dagdato DESC
    LIMIT 1
) AS s ON true;
END;

COMMENT ON FUNCTION leveranse.hvorfor_ikke_frigitt(date) IS
    'Why the register cannot be released on day p_til, as the end of a sentence; empty where it can: the day lies in the series, in its final part, and so far before the last extraction that no later load closes a spell on it (spec.md 9, the released form).';
