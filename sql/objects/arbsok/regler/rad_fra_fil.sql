-- rad_fra_fil: a row of a code list, or of hoved_koding, that a user gives another key, or changes at all where no file
-- writes over it, is the user's from then on: it stays when its row leaves the file.
-- The files themselves change texts of the code lists alone, and no row of hoved_koding.

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
    'Triggers on arbeidssokerstatus, ytelse and hoved_koding: a row from the product''s file that a user changes is the user''s (fra_fil false), so that no upgrade takes it away (docs/spec.md 6).';

CREATE OR REPLACE TRIGGER rad_fra_fil BEFORE UPDATE OF as_gr, as_f, hovedarbstat, tiltak ON trygdfob.arbeidssokerstatus
FOR EACH ROW EXECUTE FUNCTION arbsok_lasting.rad_fra_fil();

CREATE OR REPLACE TRIGGER rad_fra_fil BEFORE UPDATE OF kode ON trygdfob.ytelse
FOR EACH ROW EXECUTE FUNCTION arbsok_lasting.rad_fra_fil();

CREATE OR REPLACE TRIGGER rad_fra_fil BEFORE UPDATE ON trygdfob.hoved_koding
FOR EACH ROW EXECUTE FUNCTION arbsok_lasting.rad_fra_fil();
