-- kontroll_miniregister_koder: the offending records, none if sound (spec.md 2; source's 2.2.1, 2.2.2).

CREATE OR REPLACE VIEW kontroll.kontroll_miniregister_koder AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, k.fnr, k.dato AS dagdato, k.mnddato, k.utfall
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.registrering_kontrollert(l.aargang, '', ':') AS k
WHERE k.kontroll = 'miniregister_koder';

COMMENT ON VIEW kontroll.kontroll_miniregister_koder IS
    'Offending records of the control «mrk_fnr is the result of the fnr control, mrk_dl is 32 or empty, and from October 2002 hoved is as_gr.» (spec.md 2; the source''s 2.2.1 and 2.2.2); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
