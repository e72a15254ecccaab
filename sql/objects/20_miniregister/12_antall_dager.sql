-- antall_dager: ant_d_as as a whole number.
-- SPEC.md 2, ant_d_as_n (the source's 2.2.3): 10.00 is 10; a sign, a fraction or an exponent is missing.

CREATE OR REPLACE VIEW trygdfob.antall_dager AS
SELECT d.maaned, d.ant_d_as_tekst,
    CASE WHEN btrim(d.ant_d_as_tekst, trygdfob.blanke()) ~ '^[0-9]+(\.0*)?$'
        THEN split_part(btrim(d.ant_d_as_tekst, trygdfob.blanke()), '.', 1)::integer
    END AS ant_d_as_n
FROM trygdfob.dagantall AS d;

COMMENT ON VIEW trygdfob.antall_dager IS
    'While a year is being loaded: each text that stands as ant_d_as in a month''s file, as a whole number; missing where it is none (SPEC.md 2).';
