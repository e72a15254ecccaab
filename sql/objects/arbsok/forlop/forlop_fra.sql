-- forlop_fra: the records of every spell that a year's load touched, or that a later one did, or that runs now. All
-- records of the year are among them, and all that stand in the same spells.

CREATE OR REPLACE FUNCTION arbsok_lasting.forlop_fra(p_aargang integer) RETURNS SETOF trygdfob.f_arbsok
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT *
    FROM trygdfob.f_arbsok AS f
    WHERE f.aargang >= p_aargang OR f.tomdato IS NULL OR f.tomdato >= make_date(p_aargang, 1, 1) - 366;
END;

COMMENT ON FUNCTION arbsok_lasting.forlop_fra(integer) IS
    'The records of F_ARBSOK, as they stand now, of every spell that the load of year p_aargang touched or a later one did, or that runs now; perhaps those of some earlier spells too.';
