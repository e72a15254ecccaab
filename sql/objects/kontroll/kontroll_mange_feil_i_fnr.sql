-- kontroll_mange_feil_i_fnr: what makes a year suspicious (spec.md 2, fnr control, and 6).

CREATE OR REPLACE VIEW kontroll.kontroll_mange_feil_i_fnr AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.aargang_mistenkelig(l.aargang) AS k
WHERE k.kontroll = 'mange_feil_i_fnr';

COMMENT ON VIEW kontroll.kontroll_mange_feil_i_fnr IS
    'Warnings of the control «Few of a file''s records have an fnr that fails its control.» (spec.md 2, fnr control, and 6); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
