-- er_eiers: whether there is a temporary table of that name that is the owner's: a session could put one of its own,
-- or a view, in its place, and have read what was never checked. Asked within a function of the owner's.

CREATE OR REPLACE FUNCTION trygdfob.er_eiers(p_tabell text) RETURNS boolean
LANGUAGE sql STABLE
RETURN EXISTS (
    SELECT
    FROM pg_class AS c
    WHERE c.oid = to_regclass(format('pg_temp.%I', p_tabell)) AND c.relkind = 'r' AND c.relowner = current_user::regrole
);

COMMENT ON FUNCTION trygdfob.er_eiers(text) IS
    'Whether this session has a temporary table of that name that belongs to whoever asks: the owner, in a function of his.';
