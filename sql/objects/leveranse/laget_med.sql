-- laget_med: what the log keeps of the state in which something leaves: the last run of the run log, which says what
-- years were loaded, and the versions of what makes it, the database's objects among them (spec.md 9, the log).

CREATE OR REPLACE FUNCTION leveranse.laget_med(p_versjoner jsonb, OUT kjoring bigint, OUT versjoner jsonb)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT (SELECT max(k.kjoring) FROM trygdfob.kjorelogg AS k),
    p_versjoner || jsonb_build_object('objekter', (SELECT o.digest FROM trygdfob.objektversjon AS o));
END;

COMMENT ON FUNCTION leveranse.laget_med(jsonb) IS
    'What the log keeps of the state in which something leaves: the last run of the run log, and the program''s versions p_versjoner together with that of the database''s objects (spec.md 9, the log).';
