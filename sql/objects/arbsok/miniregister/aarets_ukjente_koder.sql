-- aarets_ukjente_koder: the codes of the year being loaded that no code list has. A load tells them when it is done.
-- They are counted by the combinations of codes in the files; ukjente_koder counts in the miniregister.

CREATE OR REPLACE VIEW arbsok_lasting.aarets_ukjente_koder AS
SELECT v.variabel, v.verdi, sum(g.antall)::bigint AS antall
FROM (
    SELECT d.hovedarbstat, d.tiltak, d.ytelse, d.as_gr, k.antall
    FROM arbsok_lasting.grkode AS d
    JOIN arbsok_lasting.kodekombinasjon AS k
        ON k.maaned = d.maaned AND k.as_stat_tekst = d.as_stat_tekst AND k.dagdato_tekst = d.dagdato_tekst
            AND k.as_gr_tekst = d.as_gr_tekst AND k.as_f_tekst = d.as_f_tekst
) AS g
CROSS JOIN LATERAL (
    VALUES ('hovedarbstat', g.hovedarbstat), ('tiltak', g.tiltak), ('ytelse', g.ytelse), ('as_gr', g.as_gr)
) AS v (variabel, verdi)
WHERE v.verdi IS NOT NULL
    AND NOT EXISTS (SELECT FROM arbsok_lasting.kjent_kode AS c WHERE c.variabel = v.variabel AND c.verdi = v.verdi)
GROUP BY v.variabel, v.verdi;

COMMENT ON VIEW arbsok_lasting.aarets_ukjente_koder IS
    'While a year is being loaded: the codes in its files that the code lists do not have, with the number of records (spec.md 2).';
