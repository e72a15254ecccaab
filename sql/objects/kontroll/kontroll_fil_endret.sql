-- kontroll_fil_endret: month files that are no longer what was loaded (spec.md 6).

CREATE OR REPLACE VIEW kontroll.kontroll_fil_endret AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.fil_avviker(l.aargang) AS k;

COMMENT ON VIEW kontroll.kontroll_fil_endret IS
    'Warnings of the control «No month file was seen again with other content than what was loaded.» (spec.md 6); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
