-- dagdato_i_fil: each text that stands as dagdato in a month's file, with its count and what it is as a date: the votes
-- for the month's right extraction date (spec.md 2, dagdato).

CREATE OR REPLACE VIEW arbsok_lasting.dagdato_i_fil AS
SELECT t.maaned, t.tekst, t.antall, d.dato, d.reparert
FROM (
    SELECT k.maaned, nullif(btrim(k.dagdato_tekst, trygdfob.blanke()), '') AS tekst, sum(k.antall)::bigint AS antall
    FROM arbsok_lasting.kodekombinasjon AS k
    GROUP BY k.maaned, nullif(btrim(k.dagdato_tekst, trygdfob.blanke()), '')
) AS t
CROSS JOIN LATERAL arbsok_lasting.datoret(t.tekst) AS d;

COMMENT ON VIEW arbsok_lasting.dagdato_i_fil IS
    'While a year is being loaded: each text that stands as dagdato in a month''s file, its count, the date that it is, and the date that it can be repaired to (spec.md 2).';
