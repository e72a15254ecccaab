-- kontroll_h_er_siste_registrering: the offending records, none in a sound database. SPEC.md 4, T10.

CREATE OR REPLACE VIEW trygdfob.kontroll_h_er_siste_registrering AS
SELECT fnr, dagdato
FROM (
    SELECT * FROM trygdfob.h_arbsok WHERE aargang = (SELECT max(l.aargang) FROM trygdfob.lastet_aargang AS l)
    EXCEPT
    SELECT * FROM trygdfob.h_arbsok_fra_forlop
) AS for_mye
UNION
SELECT fnr, dagdato
FROM (
    SELECT * FROM trygdfob.h_arbsok_fra_forlop
    EXCEPT
    SELECT * FROM trygdfob.h_arbsok WHERE aargang = (SELECT max(l.aargang) FROM trygdfob.lastet_aargang AS l)
) AS for_lite;

COMMENT ON VIEW trygdfob.kontroll_h_er_siste_registrering IS
    'Offending records of the control «The last year''s H_ARBSOK holds one row for each person who was registered in it or whose spell ran when it began: the last registration, and the spell that it belongs to.» (SPEC.md 4, T10); none in a sound database.';
