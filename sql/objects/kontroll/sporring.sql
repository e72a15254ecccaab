-- sporring: the query that lists what a year's control finds, as commands and report say it, to be pasted into psql.
-- The view's name is one of the catalogue's and needs no quotes: with %I a session's quote_all_identifiers would show.

CREATE OR REPLACE FUNCTION kontroll.sporring(p_visning text, p_kontroll text, p_aargang integer) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN format('select * from kontroll.%s where kontrollert_aargang = %s and kontroll = %L;',
    p_visning, p_aargang, p_kontroll);

COMMENT ON FUNCTION kontroll.sporring(text, text, integer) IS
    'The query that lists the offending records of a control in a loaded year, to be pasted into psql: of its view (kontroll.visning), its name and the year.';
