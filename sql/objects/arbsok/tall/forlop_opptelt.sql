-- forlop_opptelt: the records that a year's load made, counted by month of regdato, status, kode and main group
-- (spec.md 6; the source's 4.3).

CREATE OR REPLACE FUNCTION arbsok_lasting.forlop_opptelt(p_aargang integer)
RETURNS SETOF arbsok_lasting.forlop_tall
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT p_aargang, date_trunc('month', f.regdato::timestamp)::date, f.status, f.kode, f.hoved, a.hoved AS fra,
        CASE WHEN f.kode = '0' THEN f.avgdato IS NOT NULL ELSE f.regdato = f.tilgdato END, count(*)
    FROM arbsok_lasting.forlop_fra(p_aargang) AS f
    LEFT JOIN (
        SELECT g.fnr, g.asokavg, g.hoved
        FROM arbsok_lasting.forlop_fra(p_aargang) AS g
        WHERE g.aargang = p_aargang AND g.kode = '0' AND g.avgdato IS NULL
    ) AS a ON a.fnr = f.fnr
        -- Without a date, which most have not, nothing is looked up
        AND a.asokavg = CASE WHEN f.kode = '1' AND f.regdato <> f.tilgdato THEN f.regdato - 1 END
    WHERE f.aargang = p_aargang
    GROUP BY 2, 3, 4, 5, 6, 7;
END;

COMMENT ON FUNCTION arbsok_lasting.forlop_opptelt(integer) IS
    'The rows that forlop_tall must have for a loaded year, counted anew (spec.md 6).';
