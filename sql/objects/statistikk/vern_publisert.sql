-- vern_publisert: what is published never changes, whoever tries (spec.md 10, versions). A draft that goes takes its
-- rows with it: then its own row is gone already.

CREATE OR REPLACE FUNCTION statistikk.vern_publisert() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    v_versjon integer;
BEGIN
    IF tg_op = 'INSERT' THEN
        v_versjon := new.versjon;
    ELSE
        v_versjon := old.versjon;
    END IF;
    IF EXISTS (SELECT FROM statistikk.versjon AS v WHERE v.versjon = v_versjon AND v.tilstand = 'publisert') THEN
        RAISE EXCEPTION 'A published version never changes: a correction is another version.'
            USING ERRCODE = 'FD009', HINT = 'Nothing was changed.';
    END IF;
    IF tg_op = 'DELETE' THEN
        RETURN old;
    END IF;
    RETURN new;
END
$$;

COMMENT ON FUNCTION statistikk.vern_publisert() IS
    'Called by triggers on versjon and the tables of its rows. Error FD009: the version is published, and never changes (spec.md 10, versions).';

CREATE OR REPLACE TRIGGER vern_publisert BEFORE UPDATE OR DELETE ON statistikk.versjon
FOR EACH ROW EXECUTE FUNCTION statistikk.vern_publisert();
CREATE OR REPLACE TRIGGER vern_publisert BEFORE INSERT OR UPDATE OR DELETE ON statistikk.grunnlag
FOR EACH ROW EXECUTE FUNCTION statistikk.vern_publisert();
CREATE OR REPLACE TRIGGER vern_publisert BEFORE INSERT OR UPDATE OR DELETE ON statistikk.versjonsregnskap
FOR EACH ROW EXECUTE FUNCTION statistikk.vern_publisert();
CREATE OR REPLACE TRIGGER vern_publisert BEFORE INSERT OR UPDATE OR DELETE ON statistikk.celle
FOR EACH ROW EXECUTE FUNCTION statistikk.vern_publisert();
CREATE OR REPLACE TRIGGER vern_publisert BEFORE INSERT OR UPDATE OR DELETE ON statistikk.snitt_av_versjon
FOR EACH ROW EXECUTE FUNCTION statistikk.vern_publisert();
