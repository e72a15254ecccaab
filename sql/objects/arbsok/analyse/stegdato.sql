-- stegdato: the dates of a range on which the stock is counted, as far as the register knows them.

CREATE OR REPLACE FUNCTION arbsok.stegdato(p_fra date, p_til date, p_steg text) RETURNS TABLE (dag date)
LANGUAGE sql STABLE PARALLEL RESTRICTED
BEGIN ATOMIC
SELECT d.dag::date
FROM arbsok.endelighet AS e
CROSS JOIN generate_series(
    greatest(p_fra, e.serie_start)::timestamp, least(p_til, e.siste_dagdato)::timestamp, '1 day'
) AS d (dag)
WHERE CASE p_steg
    WHEN 'dag' THEN true
    WHEN 'uke' THEN date_part('isodow', d.dag) = 7
    WHEN 'maaned' THEN date_part('day', d.dag + interval '1 day') = 1
    ELSE d.dag IN (SELECT u.dagdato FROM arbsok.uttrekksdato AS u)
END;
END;

COMMENT ON FUNCTION arbsok.stegdato(date, date, text) IS
    'The dates from p_fra to p_til, inclusive, on which beholdning counts with p_steg: ''uttrekk'' extraction dates, ''dag'' every day, ''uke'' Sundays, ''maaned'' last days of months; only as far as the register knows (view endelighet).';
