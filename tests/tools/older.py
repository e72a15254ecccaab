"""A database as revision 0017 had it, with its years: F_ARBSOK is a table; what stands on it the upgrade makes."""

from typing import Any

import psycopg

BACK_TO_0017 = """
DROP SCHEMA befolkning, statistikk, leveranse, leveranse_nokkel CASCADE;
CREATE TABLE trygdfob.tabell (LIKE trygdfob.forlopsdel INCLUDING CONSTRAINTS) WITH (fillfactor = 80);
INSERT INTO trygdfob.tabell SELECT * FROM arbsok_lasting.gjeldende_forlop ORDER BY aargang, lopenr, regdato, kode;
ALTER TABLE trygdfob.tabell DROP COLUMN lasting;
DROP VIEW arbsok_lasting.gjeldende_forlop, arbsok_lasting.utgaatt_forlopsdel, arbsok_lasting.kladd_av_aargang CASCADE;
DROP TABLE trygdfob.forlopsdel, arbsok_lasting.aarets_forlop, arbsok_lasting.aarets_person, kontroll.avvist_funn
    CASCADE;
ALTER TABLE trygdfob.tabell RENAME TO f_arbsok;
ALTER TABLE trygdfob.f_arbsok OWNER TO fdtrygd_dba, ADD CONSTRAINT f_asok_pk PRIMARY KEY (lopenr, regdato, kode);
CREATE INDEX f_arbsok_fnr ON trygdfob.f_arbsok USING hash (fnr);
ALTER TABLE trygdfob.lastet_aargang DROP COLUMN lasting;
ALTER TABLE arbsok_lasting.hendelse DROP COLUMN lopenr CASCADE;
ALTER TABLE arbsok_lasting.aarets_h DROP COLUMN lopenr CASCADE;
ALTER TABLE arbsok_lasting.tidligere_tilfelle DROP COLUMN lopenr CASCADE;
ALTER TABLE arbsok_lasting.steg DROP COLUMN numre, DROP CONSTRAINT steg_omfang_check,
    ADD CONSTRAINT steg_omfang_check CHECK (omfang IN ('aar', 'maaned', 'del')) NOT VALID,
    ADD COLUMN side_om_side boolean NOT NULL DEFAULT false;
ALTER TABLE arbsok.dekning_regel DROP COLUMN merknad_norsk;
UPDATE trygdfob.alembic_version SET version_num = '0017';
UPDATE trygdfob.objektversjon SET digest = 'of 0017';
"""


def back_to_0017(connection: psycopg.Connection[Any]) -> None:
    """Makes the newest storage of a loaded database that of 0017."""
    with connection.transaction():
        connection.execute("SET LOCAL client_min_messages = warning")
        connection.execute(BACK_TO_0017)
