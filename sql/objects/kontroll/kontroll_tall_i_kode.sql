-- kontroll_tall_i_kode: what a year loaded before T13 may hold (spec.md 2, T13).

CREATE OR REPLACE VIEW kontroll.kontroll_tall_i_kode AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.aargang_mistenkelig(l.aargang) AS k
WHERE k.kontroll = 'tall_i_kode';

COMMENT ON VIEW kontroll.kontroll_tall_i_kode IS
    'Findings of the control «No status code in the miniregister has six or more digits in a row, which may be a fødselsnummer: a load sets such records aside, and so must the years be loaded again that were loaded before it did.» (spec.md 2, T13); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
