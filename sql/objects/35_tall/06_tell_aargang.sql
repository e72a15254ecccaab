-- tell_aargang: the sums of a year that has just been put in place.

CREATE OR REPLACE FUNCTION trygdfob.tell_aargang(p_aargang integer) RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    antall bigint;
BEGIN
    INSERT INTO trygdfob.miniregister_tall SELECT * FROM trygdfob.miniregister_opptelt(p_aargang);
    INSERT INTO trygdfob.forlop_tall SELECT * FROM trygdfob.forlop_opptelt(p_aargang);
    INSERT INTO trygdfob.varighet_tall SELECT * FROM trygdfob.varighet_opptelt(p_aargang);
    INSERT INTO trygdfob.registrering_tall
    SELECT p_aargang, r.mnddato, r.utfall, r.status, r.handling, count(*)
    FROM trygdfob.registrering_utfall(p_aargang, '', ':') AS r
    GROUP BY r.mnddato, r.utfall, r.status, r.handling;
    GET DIAGNOSTICS antall = ROW_COUNT;
    RETURN antall;
END
$$;

COMMENT ON FUNCTION trygdfob.tell_aargang(integer) IS
    'Fills miniregister_tall, registrering_tall, forlop_tall and varighet_tall for a year that has just been loaded (SPEC.md 6).';
