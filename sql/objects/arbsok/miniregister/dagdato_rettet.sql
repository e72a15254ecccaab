-- dagdato_rettet: every combination of coded fields with its month's right dagdato and fdagdato. mrk_dl = 32 says that
-- its own dagdato was another. Original program: dagdato_ret.sas (spec.md 2, dagdato).

CREATE OR REPLACE VIEW arbsok_lasting.dagdato_rettet AS
SELECT
    k.maaned, k.as_stat_tekst, k.dagdato_tekst, k.as_gr_tekst, k.as_f_tekst,
    f.aargang,
    f.mnddato,
    f.dagdato,
    f.fdagdato,
    CASE WHEN f.dagdato = (
        SELECT d.dato
        FROM arbsok_lasting.datoret(nullif(btrim(k.dagdato_tekst, trygdfob.blanke()), '')) AS d
    ) THEN NULL ELSE 32 END AS mrk_dl
FROM arbsok_lasting.kodekombinasjon AS k
JOIN arbsok_lasting.aarets_fil AS f ON f.maaned = k.maaned;

COMMENT ON VIEW arbsok_lasting.dagdato_rettet IS
    'While a year is being loaded: its combinations of coded fields with each month''s right extraction date; mrk_dl = 32 where the own date was another, blank or none (original dagdato_ret.sas; spec.md 2).';
