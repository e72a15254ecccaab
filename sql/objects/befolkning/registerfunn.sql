-- registerfunn: what is remarkable in the population registers and in what records got from them, in counts (spec.md
-- 10, the population register). A finding is no error; those that may be one have a warning, by bounds in terskel.

CREATE OR REPLACE VIEW befolkning.registerfunn AS
SELECT a.folkeregisterversjon, a.mnddato, a.funn, a.antall, a.av, round(a.prosent, 2) AS prosent,
    round(a.forrige_prosent, 2) AS forrige_prosent,
    a.funn IN ('ugyldig_fnr', 'ikke_i_register', 'dod', 'uten_bosted')
    AND a.prosent > f.gjelder_prosent AND a.antall >= f.gjelder_minst AS advarsel_mange,
    coalesce(
        abs(a.prosent - a.forrige_prosent) > g.gjelder_prosent
        AND abs(a.antall - a.av * a.forrige_prosent / 100) >= g.gjelder_minst,
        false
    ) AS advarsel_flyttet
FROM (
    SELECT t.*, 100.0 * t.antall / nullif(t.av, 0) AS prosent,
        CASE
            WHEN t.mnddato = lag(t.mnddato) OVER w + interval '1 month'
                THEN 100.0 * lag(t.antall) OVER w / nullif(lag(t.av) OVER w, 0)
        END AS forrige_prosent
    FROM (
        SELECT v.folkeregisterversjon, NULL::date AS mnddato, x.key AS funn, x.value::bigint AS antall,
            (v.tall ->> 'personer')::bigint AS av
        FROM befolkning.folkeregisterversjon AS v
        CROSS JOIN LATERAL jsonb_each_text(v.tall -> 'funn') AS x
        UNION ALL
        SELECT k.folkeregisterversjon, k.mnddato, x.key, x.value::bigint, k.antall
        FROM befolkning.kjennemerkesett AS k
        CROSS JOIN LATERAL jsonb_each_text(k.tall) AS x
    ) AS t
    WINDOW w AS (PARTITION BY t.folkeregisterversjon, t.funn ORDER BY t.mnddato)
) AS a
JOIN trygdfob.terskel AS f ON f.navn = 'register_ikke_funnet'
JOIN trygdfob.terskel AS g ON g.navn = 'register_andel_flyttet';

COMMENT ON VIEW befolkning.registerfunn IS
    'What is remarkable in each version of the population register (mnddato empty), and in what the records of each month got from it, with its share: persons not found, dead, without a residence, under 15 or over 74, two numbers in one extraction, numbers that differ from the register; and whether it may be wrong: there are many of them, or the share moved (spec.md 10, the population register).';
