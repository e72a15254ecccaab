-- miniregister_kontroll: control of the miniregister, the source's table 4.1 (spec.md 6).

CREATE OR REPLACE VIEW arbsok.miniregister_kontroll AS
SELECT r.aargang, r.lest AS grunnlagsfil, r.dublett AS dubletter_fjernet,
    r.ugyldig_fnr + r.tall_i_as_stat AS slettet,
    m.miniregister, m.gyldig_fnr, m.gyldig_dnr, m.ugyldig_fnr, m.rettet_dagdato
FROM arbsok.regnskap_aargang AS r
LEFT JOIN (
    SELECT aargang,
        sum(antall)::bigint AS miniregister,
        coalesce(sum(antall) FILTER (WHERE mrk_fnr = '0'), 0)::bigint AS gyldig_fnr,
        coalesce(sum(antall) FILTER (WHERE mrk_fnr = '1'), 0)::bigint AS gyldig_dnr,
        coalesce(sum(antall) FILTER (WHERE mrk_fnr = '2'), 0)::bigint AS ugyldig_fnr,
        coalesce(sum(antall) FILTER (WHERE mrk_dl = 32), 0)::bigint AS rettet_dagdato
    FROM arbsok_lasting.miniregister_tall
    GROUP BY aargang
) AS m ON m.aargang = r.aargang;

COMMENT ON VIEW arbsok.miniregister_kontroll IS
    'Control of the miniregister, a row for each loaded year (spec.md 6; the source''s 4.1). grunnlagsfil - dubletter_fjernet - slettet = miniregister = gyldig_fnr + gyldig_dnr + ugyldig_fnr.';
COMMENT ON COLUMN arbsok.miniregister_kontroll.grunnlagsfil IS 'Number of records in the year''s twelve month files.';
COMMENT ON COLUMN arbsok.miniregister_kontroll.dubletter_fjernet IS
    'Number of records set aside because another one of the same fnr and dagdato was kept (T2).';
COMMENT ON COLUMN arbsok.miniregister_kontroll.slettet IS
    'Number of records set aside because their fnr is not 11 digits and identifies nobody (T1), or their as_stat has six or more digits in a row (T13); regnskap_aargang has both numbers.';
COMMENT ON COLUMN arbsok.miniregister_kontroll.miniregister IS 'Number of records in the miniregister.';
COMMENT ON COLUMN arbsok.miniregister_kontroll.gyldig_fnr IS
    'Number of them with a valid fødselsnummer (mrk_fnr 0).';
COMMENT ON COLUMN arbsok.miniregister_kontroll.gyldig_dnr IS 'Number of them with a valid D-number (mrk_fnr 1).';
