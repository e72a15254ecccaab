-- dagdato_rettet: every record with its month's right dagdato and fdagdato; mrk_dl = 32 where its own was another.
-- Original program: dagdato_ret.sas (SPEC.md 2, dagdato).

CREATE OR REPLACE VIEW trygdfob.dagdato_rettet AS
SELECT
    l.*,
    m.dagdato,
    m.fdagdato,
    CASE WHEN (d.dato IS DISTINCT FROM m.dagdato) THEN 32 END AS mrk_dl
FROM trygdfob.aarsfil AS l
JOIN trygdfob.maanedsfil AS m ON m.mnddato = l.mnddato
LEFT JOIN trygdfob.dagdato_i_fil AS d ON d.maaned = l.maaned AND d.tekst = l.dagdato_tekst;

COMMENT ON VIEW trygdfob.dagdato_rettet IS
    'The year file with each month''s right extraction date; mrk_dl = 32 marks a record whose own date was another, blank or none (original dagdato_ret.sas).';
