-- slett_utkast: a month that is unloaded takes the versions that are not published with it. What is published stays:
-- readers have it, and its base says what must not change in a correction (spec.md 10, versions). Whoever unloads may
-- not read versions: he is told here how many it touches.

CREATE OR REPLACE FUNCTION statistikk.slett_utkast() RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    utkast bigint;
    publisert bigint;
BEGIN
    DELETE FROM statistikk.versjon AS v USING borte AS b WHERE v.mnddato = b.mnddato AND v.tilstand <> 'publisert';
    GET DIAGNOSTICS utkast = ROW_COUNT;
    SELECT count(*) INTO publisert FROM statistikk.versjon AS v JOIN borte AS b ON b.mnddato = v.mnddato;
    IF utkast + publisert > 0 THEN
        RAISE INFO 'Statistics of these months: versions that are gone, not published yet: %; published ones, which lead '
            'to their base now and no more to persons: %.', utkast, publisert;
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION statistikk.slett_utkast() IS
    'Called by a trigger on maanedsfil: the versions of months that are not published go with them, and how many is told (spec.md 10, versions).';

CREATE OR REPLACE TRIGGER slett_utkast AFTER DELETE ON trygdfob.maanedsfil
REFERENCING OLD TABLE AS borte FOR EACH STATEMENT EXECUTE FUNCTION statistikk.slett_utkast();
