-- forlop_opptelt: the records that a year's load made, counted by month of regdato, status, kode and main group
-- (spec.md 6; the source's 4.3).

CREATE OR REPLACE FUNCTION arbsok_lasting.forlop_opptelt(p_aargang integer)
RETURNS SETOF arbsok_lasting.forlop_tall
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT p_aargang, date_trunc('month', d.regdato::timestamp)::date AS maaned, d.status, d.kode, d.hoved, d.fra,
        d.tilfelle, sum(d.antall)::bigint
    FROM (
        -- By day: so the month is worked out once for many records
        SELECT f.regdato, f.status, f.kode, f.hoved, a.hoved AS fra,
            CASE WHEN f.kode = '0' THEN f.avgdato IS NOT NULL ELSE f.regdato = f.tilgdato END AS tilfelle,
            count(*) AS antall
        FROM arbsok_lasting.forlop_fra(p_aargang) AS f
        LEFT JOIN (
            SELECT g.fnr, g.asokavg, g.hoved
            FROM arbsok_lasting.forlop_fra(p_aargang) AS g
            WHERE g.aargang = p_aargang AND g.kode = '0' AND g.avgdato IS NULL
        ) AS a ON a.fnr = CASE WHEN f.kode = '1' AND f.regdato <> f.tilgdato THEN f.fnr END
            AND a.asokavg = f.regdato - 1
        WHERE f.aargang = p_aargang
        GROUP BY f.regdato, f.status, f.kode, f.hoved, a.hoved, tilfelle
    ) AS d
    GROUP BY maaned, d.status, d.kode, d.hoved, d.fra, d.tilfelle;
END;

COMMENT ON FUNCTION arbsok_lasting.forlop_opptelt(integer) IS
    'The rows that forlop_tall must have for a loaded year, counted anew (spec.md 6).';
