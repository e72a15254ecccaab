-- tidligere_tilfelle: the spells that ran when the year began and met something in it, with the tomdato, asoktom and
-- regtom that their records get.

CREATE OR REPLACE VIEW trygdfob.tidligere_tilfelle AS
SELECT n.del, h.aargang, h.fnr, h.tilgdato, h.asoktilg,
    trygdfob.lag_tomdato(n.avgang, n.avsluttet) AS tomdato,
    trygdfob.lag_asoktom(n.gruppeavgang, n.avsluttet) AS asoktom,
    trygdfob.lag_regtom(n.hendelse, n.avsluttet) AS regtom
FROM (
    SELECT e.del, e.fnr, min(e.avgang) AS avgang, min(e.gruppeavgang) AS gruppeavgang, min(e.hendelse) AS hendelse,
        max(e.avsluttet) AS avsluttet
    FROM (
        SELECT k.del, k.fnr,
            CASE WHEN k.handling = 'avgang_tilgang' THEN k.avgang END AS avgang,
            k.avgang AS gruppeavgang,
            coalesce(k.avgang, k.tilgang - 1) AS hendelse,
            NULL::date AS avsluttet
        FROM trygdfob.kjennemerker AS k
        UNION ALL
        SELECT a.del, a.fnr, NULL, NULL, NULL, a.avgdato
        FROM trygdfob.aarets_h AS a
        WHERE a.avgdato IS NOT NULL
    ) AS e
    GROUP BY e.del, e.fnr
) AS n
JOIN trygdfob.h_arbsok AS h ON h.fnr = n.fnr AND h.avgdato IS NULL
    AND h.fnr >= trygdfob.fnr_fra(n.del) AND h.fnr < trygdfob.fnr_fra(n.del + 1);

COMMENT ON VIEW trygdfob.tidligere_tilfelle IS
    'While a year is being loaded: the spells that ran when it began (aargang is the year before) and that something happened to, with the first exit, group exit and event in the year, as tomdato, asoktom and regtom of their earlier records (SPEC.md 4).';
