-- sporring: the query that lists what a year's control finds, to be pasted into psql; commands and report show it.
-- The view's name is one of the catalogue's, and is put in with %s: it needs no quotes, and %I would put them where a
-- session has set quote_all_identifiers.

CREATE OR REPLACE FUNCTION kontroll.sporring(p_visning text, p_kontroll text, p_aargang integer) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN format('select * from kontroll.%s where kontrollert_aargang = %s and kontroll = %L;',
    p_visning, p_aargang, p_kontroll);

COMMENT ON FUNCTION kontroll.sporring(text, text, integer) IS
    'The query that lists the offending records of a control in a loaded year, to be pasted into psql. It is made of the control''s view (kontroll.visning), its name and the year.';
