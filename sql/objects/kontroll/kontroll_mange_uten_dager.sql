-- kontroll_mange_uten_dager: what makes a year suspicious (spec.md 2, ant_d_as_n, and 6).

CREATE OR REPLACE VIEW kontroll.kontroll_mange_uten_dager AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.aargang_mistenkelig(l.aargang) AS k
WHERE k.kontroll = 'mange_uten_dager';

COMMENT ON VIEW kontroll.kontroll_mange_uten_dager IS
    'Warnings of the control «Few of a file''s records have no number of days.» (spec.md 2, ant_d_as_n, and 6); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
