-- slett_utkast: a month that is unloaded takes the versions that are not published with it. What is published stays:
-- readers have it, and its base says what must not change in a correction (spec.md 10, versions).

CREATE OR REPLACE FUNCTION statistikk.slett_utkast() RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM statistikk.versjon AS v WHERE v.mnddato = old.mnddato AND v.tilstand <> 'publisert';
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION statistikk.slett_utkast() IS
    'Called by a trigger on maanedsfil: the versions of a month that are not published go with it (spec.md 10, versions).';

CREATE OR REPLACE TRIGGER slett_utkast AFTER DELETE ON trygdfob.maanedsfil
FOR EACH ROW EXECUTE FUNCTION statistikk.slett_utkast();
