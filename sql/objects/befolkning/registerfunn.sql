-- registerfunn: what is remarkable in the population registers and in what records got from them, in counts (spec.md
-- 10, the population register). A finding is no error; those that may be one have a warning, by bounds in terskel.
-- A month is held against the last set of the month before, whatever register that was made with: a new register is
-- what a share may move by.

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
    SELECT t.folkeregisterversjon, t.mnddato, t.funn, t.antall, t.av, 100.0 * t.antall / nullif(t.av, 0) AS prosent,
        100.0 * (m.tall ->> t.funn)::bigint / nullif(m.antall, 0) AS forrige_prosent
    FROM (
        SELECT v.folkeregisterversjon, NULL::date AS mnddato, x.key AS funn, x.value::bigint AS antall,
            (v.tall ->> coalesce(d.del_av, 'personer'))::bigint AS av
        FROM befolkning.folkeregisterversjon AS v
        CROSS JOIN LATERAL jsonb_each_text(v.tall -> 'funn') AS x
        LEFT JOIN (VALUES
            ('bosted_uten_person', 'bosteder'),
            ('status_uten_person', 'statuser')
        ) AS d (funn, del_av) ON d.funn = x.key
        UNION ALL
        SELECT k.folkeregisterversjon, k.mnddato, x.key, x.value::bigint, k.antall
        FROM befolkning.kjennemerkesett AS k
        CROSS JOIN LATERAL jsonb_each_text(k.tall) AS x
    ) AS t
    LEFT JOIN (
        SELECT DISTINCT ON (k.mnddato) k.mnddato, k.antall, k.tall
        FROM befolkning.kjennemerkesett AS k
        ORDER BY k.mnddato, k.sett DESC
    ) AS m ON m.mnddato = t.mnddato - interval '1 month'
) AS a
JOIN trygdfob.terskel AS f ON f.navn = 'register_ikke_funnet'
JOIN trygdfob.terskel AS g ON g.navn = 'register_andel_flyttet';

COMMENT ON VIEW befolkning.registerfunn IS
    'What is remarkable in each version of the population register (mnddato empty), and in what the records of each month got from it, with its share: persons not found, dead, without a residence, under 15 or over 74, two numbers in one extraction, numbers that differ from the register, residences of nobody; and whether it may be wrong: there are many of them, or the share moved (spec.md 10, the population register).';
