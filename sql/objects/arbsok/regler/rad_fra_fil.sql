-- rad_fra_fil: a delivered row that a user has changed becomes the user's own, and stays when it leaves the product's
-- file. In a code list only a new key makes it so, since the next upgrade restores the texts; in hoved_koding any
-- change does, since an upgrade leaves rows there as they are.

CREATE OR REPLACE FUNCTION arbsok_lasting.rad_fra_fil() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    new.fra_fil := false;
    RETURN new;
END
$$;

COMMENT ON FUNCTION arbsok_lasting.rad_fra_fil() IS
    'Called by triggers on arbeidssokerstatus, ytelse and hoved_koding: a row from the product''s file that a user changes becomes the user''s own (fra_fil false), so that no upgrade takes it away (spec.md 8).';

CREATE OR REPLACE TRIGGER rad_fra_fil BEFORE UPDATE OF as_gr, as_f, hovedarbstat, tiltak ON trygdfob.arbeidssokerstatus
FOR EACH ROW EXECUTE FUNCTION arbsok_lasting.rad_fra_fil();

CREATE OR REPLACE TRIGGER rad_fra_fil BEFORE UPDATE OF kode ON trygdfob.ytelse
FOR EACH ROW EXECUTE FUNCTION arbsok_lasting.rad_fra_fil();

CREATE OR REPLACE TRIGGER rad_fra_fil BEFORE UPDATE ON trygdfob.hoved_koding
FOR EACH ROW EXECUTE FUNCTION arbsok_lasting.rad_fra_fil();
