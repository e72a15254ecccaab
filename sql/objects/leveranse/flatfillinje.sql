-- flatfillinje: the expression that makes a line of the flat file (spec.md 9, the flat file): text to the left,
-- numbers to the right, a missing value blank. format pads to a width and never cuts: what does not fit makes the line
-- longer.

CREATE OR REPLACE FUNCTION leveranse.flatfillinje(p_aargang integer) RETURNS text
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT format('format(%L, %s)',
    string_agg(format('%%%s%ss', CASE o.type WHEN 'tekst' THEN '-' ELSE '' END, o.bredde), '' ORDER BY o.plass),
    string_agg(o.verdi, ', ' ORDER BY o.plass))
FROM leveranse.flatfiloppsett(p_aargang) AS o;
END;

COMMENT ON FUNCTION leveranse.flatfillinje(integer) IS
    'The expression that makes the line of a record m of the miniregister in a year''s flat file; nothing is cut in it (spec.md 9, the flat file).';
