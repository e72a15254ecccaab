-- slett_kjennemerker: a set of kjennemerke that leaves takes its partition with it: when its month is unloaded.

CREATE OR REPLACE FUNCTION befolkning.slett_kjennemerker() RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    EXECUTE format('DROP TABLE IF EXISTS befolkning.%I', 'kjennemerke_' || old.sett);
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION befolkning.slett_kjennemerker() IS
    'Called by a trigger on kjennemerkesett: drops the partition of kjennemerke with the set that is gone (spec.md 10, what a record gets).';

CREATE OR REPLACE TRIGGER slett_kjennemerker AFTER DELETE ON befolkning.kjennemerkesett
FOR EACH ROW EXECUTE FUNCTION befolkning.slett_kjennemerker();
