-- antall_dager: ant_d_as as a whole number (spec.md 2, ant_d_as_n; the source's 2.2.3).
-- 10.00 is 10, and so is 10,00, as Norwegian Excel and R's write.csv2 write it. Where there is a sign, a fraction or an
-- exponent, the number is missing.

CREATE OR REPLACE VIEW arbsok_lasting.antall_dager AS
SELECT d.maaned, d.ant_d_as_tekst,
    substring(btrim(d.ant_d_as_tekst, trygdfob.blanke()) FROM '^([0-9]+)(?:[.,]0*)?$')::integer AS ant_d_as_n
FROM arbsok_lasting.dagantall AS d;

COMMENT ON VIEW arbsok_lasting.antall_dager IS
    'While a year is being loaded: each text that stands as ant_d_as in a month''s file, and the whole number that it is; missing where it is none (spec.md 2).';
