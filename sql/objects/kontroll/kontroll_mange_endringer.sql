-- kontroll_mange_endringer: what makes a year suspicious (spec.md 6).

CREATE OR REPLACE VIEW kontroll.kontroll_mange_endringer AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.aargang_mistenkelig(l.aargang) AS k
WHERE k.kontroll = 'mange_endringer';

COMMENT ON VIEW kontroll.kontroll_mange_endringer IS
    'Warnings of the control «Few of the persons who were there the month before too have another status, but at known breaks.» (spec.md 6); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
