-- maanedens_personer: the records of a month's miniregister with everything that statistics tell persons apart by,
-- whole and in no classes yet (spec.md 10, the base). Weeks are those of the main spell that runs on the extraction
-- date; the spells are those of the loads that can have it. Every record is joined to its own person alone, and its
-- kommune to what that is in a fixed division of regions, where there is one.

CREATE OR REPLACE FUNCTION statistikk.maanedens_personer(
    p_mnddato date, p_dagdato date, p_sett integer, p_inndeling date
)
RETURNS TABLE (
    fnr varchar, hoved varchar, telles boolean, fylke varchar, kommune varchar, kjonn varchar, alder integer,
    uker integer, venstresensurert boolean, bosatt boolean
)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT m.fnr, m.hoved, k.telles, CASE WHEN p_inndeling IS NULL THEN k.fylke ELSE coalesce(r.fylke_da, '99') END,
    CASE WHEN p_inndeling IS NULL THEN k.kommune ELSE coalesce(r.kommune_da, '9999') END, k.kjonn,
    coalesce(k.alder, -1), coalesce((p_dagdato - f.tilgdato + 1) / 7, -1), coalesce(f.kode IN ('3', '9'), false),
    k.bosted_grunn = 'bosatt'
FROM trygdfob.miniregister AS m
JOIN befolkning.kjennemerke AS k ON k.fnr = m.fnr AND k.mnddato = m.mnddato AND k.sett = p_sett
LEFT JOIN statistikk.regioner(p_dagdato, p_inndeling) AS r ON r.kommune = k.kommune
LEFT JOIN arbsok_lasting.forlop_fra(extract(YEAR FROM p_mnddato)::integer) AS f
    ON f.fnr = m.fnr AND f.tilgdato <= p_dagdato AND (f.tomdato >= p_dagdato OR f.tomdato IS NULL)
        AND f.regdato = f.tilgdato AND f.asoktilg = f.tilgdato AND f.kode NOT IN ('0', '2')
WHERE m.aargang = extract(YEAR FROM p_mnddato)::integer AND m.mnddato = p_mnddato;
END;

COMMENT ON FUNCTION statistikk.maanedens_personer(date, date, integer, date) IS
    'The records of month p_mnddato with the kjennemerke of set p_sett: sex, age and residence on the extraction date p_dagdato, by the division of regions of day p_inndeling where that is given, and whole weeks of the main spell that runs on it (-1: none, or unknown); venstresensurert: whether that spell began before the series (spec.md 10, the base).';
