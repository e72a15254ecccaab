-- sysselsetting_dekning: which months of the year being loaded the employment register covers (spec.md 2, mrk_sys). It
-- covers a month where somebody's spell of sysselsetting covers its dagdato.

CREATE OR REPLACE VIEW arbsok_lasting.sysselsetting_dekning AS
SELECT f.maaned,
    (EXISTS (
        SELECT FROM trygdfob.sysselsetting AS s WHERE f.dagdato BETWEEN s.fradato AND coalesce(s.tildato, 'infinity')
    )) AS dekket
FROM arbsok_lasting.aarets_fil AS f;

COMMENT ON VIEW arbsok_lasting.sysselsetting_dekning IS
    'While a year is being loaded: whether the employment register (table sysselsetting) has anybody on the month''s dagdato; where it has nobody, mrk_sys is missing (spec.md 2).';
