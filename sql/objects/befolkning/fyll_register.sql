-- fyll_register: what the same transaction has copied in becomes the rows of the register, all of them; who contradicts
-- himself is taken out afterwards (finn_motsigelser). A register of millions has nothing wrong with it as a rule: so
-- each value is made what its column wants, which fails where it is none, and only then is it asked which one
-- (registerfeil). What fails is caught here: the server would quote it in its log.
-- A key that is there twice is a contradiction of the person's, and comes into register_motsagt at once. From when to
-- when residences have each kommune is in register_kommunebruk, so that finn_motsigelser need not look at each.

CREATE OR REPLACE FUNCTION befolkning.fyll_register(p_filer jsonb) RETURNS text[]
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
SET client_min_messages = 'warning'
SET max_parallel_maintenance_workers = '2' -- for the keys: nothing else runs beside them
AS $$
DECLARE
    t record;
    feil text[];
BEGIN
    DROP TABLE IF EXISTS pg_temp.register_motsagt, pg_temp.register_kommunebruk;
    CREATE TEMPORARY TABLE register_motsagt (
        fnr text COLLATE "C" NOT NULL, grunn text NOT NULL, fil text NOT NULL, linje bigint NOT NULL
    ) ON COMMIT DROP;
    TRUNCATE befolkning.folkeregisterperson, befolkning.bosted, befolkning.status, befolkning.personlenke,
        befolkning.satt_til_side;
    ALTER TABLE befolkning.folkeregisterperson DROP CONSTRAINT folkeregisterperson_pkey;
    ALTER TABLE befolkning.bosted DROP CONSTRAINT bosted_pkey;
    ALTER TABLE befolkning.status DROP CONSTRAINT status_pkey;
    BEGIN
        INSERT INTO befolkning.folkeregisterperson (fnr, kjonn, fodselsdato)
        SELECT CASE WHEN trygdfob.identifiserer(p.fnr) THEN p.fnr END, p.kjonn, befolkning.dag(p.fodt, p.fodselsdato)
        FROM (SELECT r.*, r.fodselsdato::date AS fodt FROM pg_temp.register_person AS r OFFSET 0) AS p;
        -- An end before the beginning is looked for where the lines are
        INSERT INTO befolkning.bosted (fnr, fradato, tildato, kommune)
        SELECT CASE WHEN trygdfob.identifiserer(b.fnr) THEN b.fnr END, befolkning.dag(b.fra, b.fradato),
            CASE WHEN b.til < b.fra THEN greatest(befolkning.dag(b.til, b.tildato), b.fra) ELSE befolkning.dag(b.til, b.tildato) END,
            coalesce(k.til_kode, CASE WHEN length(b.kommune) = 4 THEN b.kommune ELSE '' END)
        FROM (
            SELECT r.*, r.fradato::date AS fra, nullif(r.tildato, '')::date AS til FROM pg_temp.register_bosted AS r OFFSET 0
        ) AS b
        LEFT JOIN befolkning.koderetting AS k ON k.kodeliste = 'kommune' AND k.fra_kode = b.kommune;
        -- Nobody is dead for a time
        INSERT INTO befolkning.status (fnr, fradato, tildato, regstatus)
        SELECT CASE WHEN trygdfob.identifiserer(s.fnr) THEN s.fnr END, befolkning.dag(s.fra, s.fradato),
            CASE WHEN coalesce(k.til_kode, s.regstatus) = 'dod' THEN nullif(befolkning.dag(s.til, s.tildato), s.til)
                WHEN s.til < s.fra THEN greatest(befolkning.dag(s.til, s.tildato), s.fra)
                ELSE befolkning.dag(s.til, s.tildato) END,
            coalesce(k.til_kode, s.regstatus)
        FROM (
            SELECT r.*, r.fradato::date AS fra, nullif(r.tildato, '')::date AS til FROM pg_temp.register_status AS r OFFSET 0
        ) AS s
        LEFT JOIN befolkning.koderetting AS k ON k.kodeliste = 'regstatus' AND k.fra_kode = s.regstatus;
    EXCEPTION WHEN data_exception OR integrity_constraint_violation THEN
        feil := array(SELECT f FROM befolkning.registerfeil(p_filer, '{person,bosted,status}') AS f);
        RETURN CASE WHEN feil = '{}' THEN ARRAY[format('Something in the register does not fit its tables (%s).', SQLSTATE)]
            ELSE feil END;
    END;

    FOR t IN
        SELECT v.*
        FROM (VALUES
            ('folkeregisterperson', 'person', 'fnr', 'person_to_ganger'),
            ('bosted', 'bosted', 'fnr, fradato', 'bosted_overlapper'),
            ('status', 'status', 'fnr, fradato', 'status_overlapper')
        ) AS v (tabell, fil, nokkel, grunn)
    LOOP
        BEGIN
            EXECUTE format('ALTER TABLE befolkning.%1$I ADD CONSTRAINT %1$s_pkey PRIMARY KEY (%2$s)', t.tabell, t.nokkel);
        EXCEPTION WHEN unique_violation THEN
            EXECUTE format('INSERT INTO pg_temp.register_motsagt (fnr, grunn, fil, linje) SELECT r.fnr, %L, %L, max(r.linje)'
                ' FROM pg_temp.%I AS r GROUP BY %s HAVING count(*) > 1', t.grunn, t.fil, 'register_' || t.fil, t.nokkel);
            -- A publication lets nothing be deleted from a table without a key, unless it tells rows apart otherwise
            EXECUTE format('ALTER TABLE befolkning.%I REPLICA IDENTITY FULL', t.tabell);
            EXECUTE format('DELETE FROM befolkning.%I AS x WHERE x.fnr IN (SELECT m.fnr FROM pg_temp.register_motsagt AS m)',
                t.tabell);
            EXECUTE format('ALTER TABLE befolkning.%1$I ADD CONSTRAINT %1$s_pkey PRIMARY KEY (%2$s), REPLICA IDENTITY DEFAULT',
                t.tabell, t.nokkel);
        END;
    END LOOP;
    ANALYZE befolkning.folkeregisterperson, befolkning.bosted, befolkning.status;
    CREATE TEMPORARY TABLE register_kommunebruk ON COMMIT DROP AS
    SELECT b.kommune, min(b.fradato) AS forste, max(b.fradato) AS siste, max(coalesce(b.tildato, 'infinity')) AS til
    FROM befolkning.bosted AS b
    GROUP BY b.kommune;
    IF EXISTS (
        SELECT
        FROM pg_temp.register_kommunebruk AS b
        WHERE b.til >= (SELECT min(k.gyldig_fra) FROM befolkning.kommune AS k)
            AND b.kommune <> '9999' AND b.kommune NOT IN (SELECT k.kommune FROM befolkning.kommune AS k)
    ) THEN
        RETURN array(SELECT f FROM befolkning.bostedfeil(p_filer) AS f);
    END IF;
    RETURN '{}';
END
$$;

COMMENT ON FUNCTION befolkning.fyll_register(jsonb) IS
    'Makes the rows of the population register from what the same transaction has copied in, in the place of those that were there, and returns what is wrong with the files, nothing where nothing is: a sentence each, with file and line. Keys that are there twice come into the temporary table register_motsagt, the use of each kommune into register_kommunebruk (spec.md 10, the population register).';
