-- kontroll_datoer_ved_tilgang: the offending records, none in a sound database (spec.md 4).

CREATE OR REPLACE VIEW kontroll.kontroll_datoer_ved_tilgang AS
SELECT l.aargang AS kontrollert_aargang, k.noekkel, k.detalj, f.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.forlop_kontrollert(l.aargang, '', ':') AS k
JOIN trygdfob.f_arbsok AS f ON f.fnr = k.fnr AND f.regdato = k.dato AND f.kode = k.kode
WHERE k.kontroll = 'datoer_ved_tilgang';

COMMENT ON VIEW kontroll.kontroll_datoer_ved_tilgang IS
    'Offending records of the control «At every entry, also to a group, hovedarbdato, tiltakdato and ytelsedato are regdato.» (spec.md 4); none in a sound database. Say which year: WHERE kontrollert_aargang = 2004.';
