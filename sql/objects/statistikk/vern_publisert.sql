-- vern_publisert: what is published never changes, whoever tries: the owner too, unless he turns triggers off (spec.md
-- 10, versions). Of tables with a row for each cell it is asked once for a statement, since a month has some 20 000. A
-- draft that goes takes its rows with it: then its own row is gone already.

CREATE OR REPLACE FUNCTION statistikk.vern_publisert() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    rort integer[];
BEGIN
    IF tg_level = 'ROW' THEN
        rort := ARRAY[old.versjon];
    ELSIF tg_op = 'TRUNCATE' THEN
        rort := array(SELECT v.versjon FROM statistikk.versjon AS v);
    ELSE
        rort := array(SELECT DISTINCT r.versjon FROM rader AS r);
        IF tg_op = 'UPDATE' THEN
            rort := rort || array(SELECT DISTINCT n.versjon FROM nye AS n);
        END IF;
    END IF;
    IF EXISTS (SELECT FROM statistikk.versjon AS v WHERE v.versjon = ANY(rort) AND v.tilstand = 'publisert') THEN
        RAISE EXCEPTION 'A published version never changes: a correction is another version.'
            USING ERRCODE = 'FD009', HINT = 'Nothing was changed.';
    END IF;
    RETURN CASE WHEN tg_op = 'UPDATE' THEN new ELSE old END;
END
$$;

COMMENT ON FUNCTION statistikk.vern_publisert() IS
    'Called by triggers on versjon and the tables of its rows. Error FD009: the version is published, and never changes (spec.md 10, versions).';

CREATE OR REPLACE TRIGGER vern_publisert BEFORE UPDATE OR DELETE ON statistikk.versjon
FOR EACH ROW EXECUTE FUNCTION statistikk.vern_publisert();

CREATE OR REPLACE TRIGGER vern_publisert BEFORE UPDATE OR DELETE ON statistikk.publisert_fil
FOR EACH ROW EXECUTE FUNCTION statistikk.vern_publisert();
CREATE OR REPLACE TRIGGER vern_publisert_tomt BEFORE TRUNCATE ON statistikk.publisert_fil
FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();

CREATE OR REPLACE TRIGGER vern_publisert_nye AFTER INSERT ON statistikk.grunnlag
REFERENCING NEW TABLE AS rader FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE OR REPLACE TRIGGER vern_publisert_endrede AFTER UPDATE ON statistikk.grunnlag
REFERENCING OLD TABLE AS rader NEW TABLE AS nye FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE OR REPLACE TRIGGER vern_publisert_borte AFTER DELETE ON statistikk.grunnlag
REFERENCING OLD TABLE AS rader FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE OR REPLACE TRIGGER vern_publisert_tomt BEFORE TRUNCATE ON statistikk.grunnlag
FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();

CREATE OR REPLACE TRIGGER vern_publisert_nye AFTER INSERT ON statistikk.versjonsregnskap
REFERENCING NEW TABLE AS rader FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE OR REPLACE TRIGGER vern_publisert_endrede AFTER UPDATE ON statistikk.versjonsregnskap
REFERENCING OLD TABLE AS rader NEW TABLE AS nye FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE OR REPLACE TRIGGER vern_publisert_borte AFTER DELETE ON statistikk.versjonsregnskap
REFERENCING OLD TABLE AS rader FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE OR REPLACE TRIGGER vern_publisert_tomt BEFORE TRUNCATE ON statistikk.versjonsregnskap
FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();

CREATE OR REPLACE TRIGGER vern_publisert_nye AFTER INSERT ON statistikk.celle
REFERENCING NEW TABLE AS rader FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE OR REPLACE TRIGGER vern_publisert_endrede AFTER UPDATE ON statistikk.celle
REFERENCING OLD TABLE AS rader NEW TABLE AS nye FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE OR REPLACE TRIGGER vern_publisert_borte AFTER DELETE ON statistikk.celle
REFERENCING OLD TABLE AS rader FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE OR REPLACE TRIGGER vern_publisert_tomt BEFORE TRUNCATE ON statistikk.celle
FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();

CREATE OR REPLACE TRIGGER vern_publisert_nye AFTER INSERT ON statistikk.snitt_av_versjon
REFERENCING NEW TABLE AS rader FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE OR REPLACE TRIGGER vern_publisert_endrede AFTER UPDATE ON statistikk.snitt_av_versjon
REFERENCING OLD TABLE AS rader NEW TABLE AS nye FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE OR REPLACE TRIGGER vern_publisert_borte AFTER DELETE ON statistikk.snitt_av_versjon
REFERENCING OLD TABLE AS rader FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
CREATE OR REPLACE TRIGGER vern_publisert_tomt BEFORE TRUNCATE ON statistikk.snitt_av_versjon
FOR EACH STATEMENT EXECUTE FUNCTION statistikk.vern_publisert();
