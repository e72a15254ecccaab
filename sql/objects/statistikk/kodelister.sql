-- kodelister: checksums of the lists that a version of a package is made with on a day: two versions that differ there
-- may differ for that reason (spec.md 10, versions).

CREATE OR REPLACE FUNCTION statistikk.kodelister(p_pakke text, p_dagdato date) RETURNS jsonb
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT jsonb_object_agg(s.liste, s.sha256)
FROM (
    SELECT r.liste,
        encode(sha256(convert_to(string_agg(r.rad, E'\n' ORDER BY r.rad COLLATE "C"), 'UTF8')), 'hex') AS sha256
    FROM (
        SELECT d.gruppering AS liste, to_jsonb(i)::text AS rad
        FROM (
            SELECT DISTINCT d.gruppering
            FROM statistikk.dimensjon AS d
            JOIN statistikk.tabell AS t ON t.tabell = d.tabell AND t.pakke = p_pakke
        ) AS d
        JOIN statistikk.pakke AS p ON p.pakke = p_pakke
        CROSS JOIN LATERAL statistikk.i_bruk(d.gruppering, p_dagdato, p.inndeling) AS i
        UNION ALL
        SELECT 'tabell', to_jsonb(t)::text FROM statistikk.tabell AS t WHERE t.pakke = p_pakke
        UNION ALL
        SELECT 'dimensjon', to_jsonb(d)::text
        FROM statistikk.dimensjon AS d
        JOIN statistikk.tabell AS t ON t.tabell = d.tabell AND t.pakke = p_pakke
    ) AS r
    GROUP BY r.liste
) AS s;
END;

COMMENT ON FUNCTION statistikk.kodelister(text, date) IS
    'Checksums of the groupings, tables and dimensions of a package as they are on day p_dagdato, as JSON (spec.md 10, versions).';
