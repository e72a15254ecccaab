"""A year of F_ARBSOK is two tables that its load builds beside and attaches; F_ARBSOK is a view of those that count.

Revision ID: 0018
Revises: 0017
"""

from alembic import context, op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# The records, and where a load puts its own before they are a part of them. docs/decisions/0009-a-year-beside.md
TABLES = """
CREATE TABLE trygdfob.forlopsdel (
    LIKE trygdfob.f_arbsok INCLUDING CONSTRAINTS,
    lasting integer NOT NULL
) PARTITION BY LIST (lasting);
ALTER TABLE trygdfob.forlopsdel ADD CONSTRAINT forlopsdel_pkey PRIMARY KEY (lopenr, regdato, kode, lasting);
CREATE INDEX forlopsdel_regtom ON trygdfob.forlopsdel (regtom, regdato) WHERE kode <> '0';
-- Always empty: what is asked of a table without partitions PostgreSQL answers without running the query, so that
-- nobody would be told that no year is loaded
CREATE TABLE trygdfob.forlopsdel_ingen PARTITION OF trygdfob.forlopsdel FOR VALUES IN (0);
CREATE TABLE arbsok_lasting.aarets_forlop (LIKE trygdfob.forlopsdel) PARTITION BY LIST (lasting);

CREATE UNLOGGED TABLE arbsok_lasting.aarets_person (
    fnr varchar(11) COLLATE "C" NOT NULL,
    lopenr varchar(16) NOT NULL
);
ALTER TABLE arbsok_lasting.hendelse ADD COLUMN lopenr varchar(16);
ALTER TABLE arbsok_lasting.aarets_h ADD COLUMN lopenr varchar(16);
ALTER TABLE arbsok_lasting.tidligere_tilfelle ADD COLUMN lopenr varchar(16);

-- Work tables are filled, read and emptied by the load alone: autovacuum would only be in its way
DO $$
DECLARE
    tabell regclass;
BEGIN
    FOR tabell IN
        SELECT c.oid FROM pg_class AS c
        WHERE c.relnamespace = 'arbsok_lasting'::regnamespace AND c.relkind = 'r' AND c.relpersistence = 'u'
    LOOP
        EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = off)', tabell);
    END LOOP;
END
$$;
"""

# What the controls of a refused year have found: its tables are gone then
REFUSED = """
CREATE TABLE kontroll.avvist_funn (
    aargang integer NOT NULL,
    avvist timestamptz NOT NULL,
    kontroll varchar(40) NOT NULL,
    noekkel text COLLATE "C" NOT NULL,
    detalj text NOT NULL,
    PRIMARY KEY (aargang, kontroll, noekkel)
);
"""

# Of each year loaded the records of the spells that its load ended, and of the last one those of the spells that run.
# The load that ended a spell is that of the exit's year; a spell that is damaged goes with its record. One pass over
# the old table, in the order of the key, and nobody who reads it is kept waiting.
RECORDS = """
DO $$
DECLARE
    siste integer := (SELECT max(aargang) FROM trygdfob.lastet_aargang);
    del text;
    nummer integer;
BEGIN
    IF siste IS NULL THEN
        RETURN;
    END IF;
    PERFORM set_config('work_mem', format('%sMB', greatest(i.arbeidsminne_mb / 2, 4)), true),
        set_config('maintenance_work_mem', format('%sMB', greatest(i.arbeidsminne_mb, 16)), true)
    FROM trygdfob.innstilling AS i;
    CREATE TEMP TABLE ny_del ON COMMIT DROP AS
    SELECT format('trygdfob.forlop_%s_01', l.aargang) AS tabell, l.aargang * 100 + 1 AS lasting
    FROM trygdfob.lastet_aargang AS l
    UNION ALL
    SELECT format('trygdfob.lopende_%s_01', siste), -(siste * 100 + 1);
    FOR del, nummer IN SELECT d.tabell, d.lasting FROM pg_temp.ny_del AS d LOOP
        EXECUTE format('CREATE TABLE %s (LIKE trygdfob.forlopsdel INCLUDING CONSTRAINTS,'
            ' CONSTRAINT forlopsdel_lasting CHECK (lasting = %s))', del, nummer);
        EXECUTE format('ALTER TABLE arbsok_lasting.aarets_forlop ATTACH PARTITION %s FOR VALUES IN (%s)', del, nummer);
    END LOOP;
    EXECUTE format($sql$
        INSERT INTO arbsok_lasting.aarets_forlop
        SELECT f.*, CASE WHEN f.tomdato IS NULL THEN -(%1$s * 100 + 1) ELSE coalesce(a.aargang, f.aargang) * 100 + 1 END
        FROM trygdfob.f_arbsok AS f
        LEFT JOIN (
            SELECT e.lopenr, e.tilgdato, max(e.aargang) AS aargang
            FROM trygdfob.f_arbsok AS e
            WHERE e.kode = '0' AND e.avgdato IS NOT NULL
            GROUP BY e.lopenr, e.tilgdato
        ) AS a ON a.lopenr = f.lopenr AND a.tilgdato = f.tilgdato
        ORDER BY f.lopenr, f.regdato, f.kode
        $sql$, siste);
    FOR del, nummer IN SELECT d.tabell, d.lasting FROM pg_temp.ny_del AS d LOOP
        EXECUTE format('ALTER TABLE arbsok_lasting.aarets_forlop DETACH PARTITION %s', del);
        -- It builds the key and the index that every partition has
        EXECUTE format('ALTER TABLE trygdfob.forlopsdel ATTACH PARTITION %s FOR VALUES IN (%s)', del, nummer);
    END LOOP;
    ANALYZE trygdfob.forlopsdel;
END
$$
"""

# From here on nobody reads F_ARBSOK until the upgrade is committed. Views of others, and what was granted, are
# remembered by what they say now: the objects make the view of the same name, and then they are put on it.
SWITCH = """
CREATE TEMP TABLE paa_f_arbsok ON COMMIT DROP AS
SELECT format('CREATE OR REPLACE VIEW %s%s AS %s', c.oid::regclass,
        ' WITH (' || array_to_string(c.reloptions, ', ') || ')', pg_get_viewdef(c.oid)) AS setning
FROM pg_class AS c
WHERE c.relkind = 'v' AND c.relnamespace NOT IN (
        SELECT n.oid FROM pg_namespace AS n WHERE n.nspname IN ('trygdfob', 'arbsok_lasting', 'arbsok', 'kontroll')
    )
    AND EXISTS (
        SELECT
        FROM pg_rewrite AS r
        JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
            AND d.refclassid = 'pg_class'::regclass AND d.refobjid = 'trygdfob.f_arbsok'::regclass
        WHERE r.ev_class = c.oid
    )
UNION ALL
SELECT format('GRANT %s ON trygdfob.f_arbsok TO %s%s', a.privilege_type,
        CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END,
        CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
FROM pg_class AS c
CROSS JOIN LATERAL aclexplode(c.relacl) AS a
WHERE c.oid = 'trygdfob.f_arbsok'::regclass AND a.grantee <> c.relowner AND a.privilege_type <> 'MAINTAIN'
    AND a.grantee NOT IN (0, coalesce(to_regrole('fdtrygd_laster'), 0), coalesce(to_regrole('fdtrygd_fnr'), 0))
UNION ALL
SELECT format('GRANT %s (%I) ON trygdfob.f_arbsok TO %s%s', a.privilege_type, k.attname,
        CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END,
        CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
FROM pg_attribute AS k
CROSS JOIN LATERAL aclexplode(k.attacl) AS a
WHERE k.attrelid = 'trygdfob.f_arbsok'::regclass AND k.attnum > 0 AND NOT k.attisdropped;

ALTER TABLE trygdfob.f_arbsok RENAME TO f_arbsok_tabell;

ALTER TABLE trygdfob.lastet_aargang ADD COLUMN lasting integer UNIQUE;
UPDATE trygdfob.lastet_aargang SET lasting = aargang * 100 + 1;
ALTER TABLE trygdfob.lastet_aargang ALTER COLUMN lasting SET NOT NULL;

ALTER TABLE arbsok_lasting.steg DROP COLUMN side_om_side, DROP CONSTRAINT steg_omfang_check,
    ADD CONSTRAINT steg_omfang_check CHECK (omfang IN ('aar', 'maaned', 'del', 'rekke', 'tabell')),
    ADD COLUMN numre int4range, ADD CONSTRAINT steg_numre CHECK ((omfang = 'aar') = (numre IS NULL)) NOT VALID;
"""

# Steps that are done otherwise now
GONE = """
DROP FUNCTION IF EXISTS arbsok_lasting.asok_insert_forlop(integer);
DROP FUNCTION IF EXISTS arbsok_lasting.asok_insert_vrak(integer, integer);
DROP FUNCTION IF EXISTS arbsok_lasting.oppdater_tidligere_tilfelle(integer);
DROP FUNCTION IF EXISTS arbsok_lasting.oppdater_statistikk();
"""

# Last the old table, and the exact controls that took a range of fnr: views that stood on them stand on others now
MOVED = """-- migrations/versions/0018_forlopsdel.py
DROP FUNCTION IF EXISTS kontroll.arbsok_forlop_kontrollert(integer, text, text);
DROP FUNCTION IF EXISTS kontroll.arbsok_forlop_vurdert(integer, text, text, boolean);
DROP FUNCTION IF EXISTS kontroll.arbsok_h_arbsok_kontrollert(integer, text, text);
DO $$
DECLARE
    s record;
BEGIN
    FOR s IN SELECT p.setning FROM pg_temp.paa_f_arbsok AS p LOOP
        EXECUTE s.setning;
    END LOOP;
    DROP TABLE trygdfob.f_arbsok_tabell;
END
$$;
"""


def upgrade() -> None:
    for ddl in (TABLES, REFUSED, RECORDS, context.config.attributes["close_views"], SWITCH, GONE):
        op.execute(ddl)
    context.config.attributes.setdefault("after_objects", []).append(MOVED)
