-- asok_status: the status control: registrations and records per status and year (spec.md 6).
-- Original program: asok_status.sql.

CREATE OR REPLACE VIEW arbsok.asok_status AS
SELECT coalesce(r.aargang, f.aargang) AS aargang, k.status,
    CASE WHEN k.er_x THEN 'Avsluttet av avslutningsprosedyren' ELSE s.tekst END AS tekst,
    s.konsistens, s.handling,
    CASE WHEN k.er_x THEN NULL ELSE coalesce(r.antall, 0) END AS registreringer,
    coalesce(f.antall, 0) AS records
FROM (
    SELECT aargang, arbsok.uten_ukebokstav(status) AS status, sum(antall)::bigint AS antall
    FROM arbsok_lasting.registrering_tall
    WHERE status IS NOT NULL
    GROUP BY 1, 2
) AS r
FULL JOIN (
    SELECT aargang, arbsok.uten_ukebokstav(status) AS status, sum(antall)::bigint AS antall
    FROM arbsok_lasting.forlop_tall
    GROUP BY 1, 2
) AS f ON f.aargang = r.aargang AND f.status = r.status
CROSS JOIN LATERAL (
    SELECT coalesce(r.status, f.status) AS status, coalesce(r.status, f.status) LIKE '_X%' AS er_x
) AS k
LEFT JOIN trygdfob.statuskode AS s ON s.status = k.status;

COMMENT ON VIEW arbsok.asok_status IS
    'The status control: how often each status was given in each loaded year, and how many records of F_ARBSOK have it (spec.md 6; the source''s asok_status.sql). A transition is one registration and two records, a change is one and one, and UK000 is a registration without a record.';
COMMENT ON COLUMN arbsok.asok_status.registreringer IS
    'Number of registrations that got the status. Empty for an X code, which the closing at the year''s end gives, and no registration.';
COMMENT ON COLUMN arbsok.asok_status.records IS 'Number of records of F_ARBSOK with the status, exits included.';
