-- forrige_periode: the version of the month before: its choices are kept where the count is the same, so that a cell of
-- one or two persons is not shown as 0 in one month and as 3 in the next (spec.md 10, R9). What is published goes
-- before what is not yet.

CREATE OR REPLACE FUNCTION statistikk.forrige_periode(p_versjon integer) RETURNS integer
LANGUAGE sql STABLE
RETURN (
    SELECT f.versjon
    FROM statistikk.versjon AS v
    JOIN statistikk.versjon AS f ON f.pakke = v.pakke AND f.mnddato = v.mnddato - interval '1 month'
    WHERE v.versjon = p_versjon
    ORDER BY f.tilstand = 'publisert' DESC, f.nummer DESC
    LIMIT 1
);

COMMENT ON FUNCTION statistikk.forrige_periode(integer) IS
    'The version of the month before that of version p_versjon: the last published one, or a draft where none is (spec.md 10, R9).';
