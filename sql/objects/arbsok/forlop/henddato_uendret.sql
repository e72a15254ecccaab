-- henddato_uendret: whether two registrations agree on when the status began: they do within one day (spec.md 3).

CREATE OR REPLACE FUNCTION arbsok_lasting.henddato_uendret(denne date, forrige date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN denne - forrige BETWEEN -1 AND 1;

COMMENT ON FUNCTION arbsok_lasting.henddato_uendret(date, date) IS
    'Whether henddato stands still from one registration to the next: at most one day apart; missing where either is (spec.md 3, uendret).';
