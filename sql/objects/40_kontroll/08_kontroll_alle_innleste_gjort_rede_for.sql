-- kontroll_alle_innleste_gjort_rede_for: the offending records, none in a sound database. SPEC.md 5.8.

CREATE OR REPLACE VIEW trygdfob.kontroll_alle_innleste_gjort_rede_for AS
SELECT m.fil, m.mnddato, m.antall AS innlest, r.antall AS i_miniregisteret, s.antall AS lagt_til_side
FROM trygdfob.maanedsfil AS m
LEFT JOIN (
    SELECT mnddato, count(*) AS antall FROM trygdfob.miniregister GROUP BY mnddato
) AS r ON r.mnddato = m.mnddato
LEFT JOIN (
    SELECT mnddato, count(*) AS antall FROM trygdfob.lagt_til_side GROUP BY mnddato
) AS s ON s.mnddato = m.mnddato
WHERE m.antall <> coalesce(r.antall, 0) + coalesce(s.antall, 0);

COMMENT ON VIEW trygdfob.kontroll_alle_innleste_gjort_rede_for IS
    'Offending records of the control «Every record read is in the miniregister or kept aside with its reason, file by file.» (SPEC.md 5.8); none in a sound database.';
