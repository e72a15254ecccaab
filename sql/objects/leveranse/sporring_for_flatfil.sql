-- sporring_for_flatfil: the statement by which a year's flat file is read: every record of the year's miniregister, by
-- person and month, whether or not it is final (spec.md 9, the flat file).

CREATE OR REPLACE FUNCTION leveranse.sporring_for_flatfil(p_aargang integer) RETURNS text
LANGUAGE sql STABLE
RETURN format(
    'SELECT %s FROM trygdfob.miniregister AS m WHERE m.aargang = %s ORDER BY m.fnr COLLATE "C", m.mnddato',
    leveranse.flatfillinje(p_aargang), p_aargang
);

COMMENT ON FUNCTION leveranse.sporring_for_flatfil(integer) IS
    'The statement by which the lines of a year''s flat file are read, in their order (spec.md 9, the flat file).';
