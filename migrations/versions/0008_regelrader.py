"""Rows of rules that leave their file leave the database: which rows are the files', and which are the users'.

Revision ID: 0008
Revises: 0007
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# What users put in is theirs; what comes from a file of sql/objects/10_regler says so. The other tables of rules
# have no rows but those of their files.
WHOSE = """
ALTER TABLE trygdfob.arbeidssokerstatus ADD COLUMN fra_fil boolean NOT NULL DEFAULT false;
ALTER TABLE trygdfob.ytelse ADD COLUMN fra_fil boolean NOT NULL DEFAULT false;
ALTER TABLE trygdfob.hoved_koding ADD COLUMN fra_fil boolean NOT NULL DEFAULT false;
ALTER TABLE trygdfob.offisiell_statistikk ALTER COLUMN kilde SET DEFAULT 'satt inn for hånd';
"""

# The rows that the files of every revision from 0001 to 0004 had: no row came or went between them. Their texts an
# upgrade has written over, so that the key tells; rows of hoved_koding it has left as users made them.
RELEASED = """
UPDATE trygdfob.arbeidssokerstatus SET fra_fil = true
WHERE concat_ws(' ', as_gr, as_f, hovedarbstat, tiltak) IN (
    '-1 22 -- --', '1 1 HL PE', '1 1 HL PF', '1 2 HL IP', '2 3 DS IP', '2 4 DS PE', '2 4 DS PF',
    '3 31 FS LONNTILS', '3 32 FS PRAKSORD', '3 33 FS AMO', '3 33 FS AMOE', '3 33 FS JOBBBONUS',
    '3 33 FS JOBBK', '3 33 FS JOBBKLUBB', '3 34 FS SYSSLANG', '3 34 FS VIKARBLED', '3 35 FS KAT',
    '3 35 FS TILRETTEL', '3 35 FS VALS', '4 10 FS ANDRE', '4 10 FS ETAB', '4 10 FS IT', '4 10 FS JOBBSKAP',
    '4 10 FS SK', '5 50 YH BIO', '5 50 YH HF', '5 50 YH INST_S', '5 50 YH JOBBSKAP', '5 50 YH KF',
    '5 51 YH VF', '5 52 YH ETAB', '5 52 YH LONNTILS', '5 53 YH ATG', '5 53 YH HOSP', '5 53 YH ITGRTILS',
    '5 53 YH PRAKSKJERM', '5 53 YH PRAKSORD', '5 53 YH SPA', '5 54 YH AMO', '5 54 YH AMOE', '5 54 YH JOBBK',
    '5 54 YH UTDYRK', '5 55 YH SYSSLANG', '5 55 YH SYSSOFF', '5 55 YH VIKARBLED', '5 55 YH YHEMMOFF',
    '5 56 YH ABIST', '5 57 YH FLEKSJOBB', '5 57 YH KAT', '5 57 YH REAKTUFOR', '5 57 YH TILRETTEL',
    '5 57 YH VALS', '5 58 YH AMBF1', '5 58 YH AMBF2', '5 59 YH AMBF3', '5 60 YH ASV', '5 60 YH PV',
    '5 60 YH VASV', '5 60 YH VV', '5 61 YH DIVTILT', '5 61 YH FT', '7 10 AN ANDRE', '7 10 FS IT',
    '7 10 FS SK', '7 10 FS VI'
);
UPDATE trygdfob.ytelse SET fra_fil = true
WHERE kode IN (
    'ID', 'SD', 'DP', 'AT', 'SO', 'SY', 'UT', 'IS', 'VS', 'SA'
);
UPDATE trygdfob.hoved_koding SET fra_fil = true
WHERE gyldig_fra = DATE '1992-01-01' AND gyldig_til = 'infinity' AND concat_ws(' ', hovedarbstat, tiltak, hoved) IN (
    'HL * 1', 'DS * 2', 'YH * 5', 'AN * 7', 'FS AMO 3', 'FS AMOE 3', 'FS JOBBBONUS 3', 'FS JOBBK 3',
    'FS JOBBKLUBB 3', 'FS KAT 3', 'FS LONNTILS 3', 'FS PRAKSORD 3', 'FS SYSSLANG 3', 'FS TILRETTEL 3',
    'FS VALS 3', 'FS VIKARBLED 3', 'FS ANDRE 4', 'FS ETAB 4', 'FS IT 4', 'FS JOBBSKAP 4', 'FS SK 4'
);
UPDATE trygdfob.offisiell_statistikk SET kilde = DEFAULT
WHERE kilde = 'kap. 4.2' AND concat_ws(' ', aargang, hoved) NOT IN (
    '2001 1', '2001 2', '2001 3', '2001 4', '2001 5', '2001 7', '2002 1', '2002 2', '2002 3', '2002 4',
    '2002 5', '2002 7', '2003 1', '2003 2', '2003 3', '2003 4', '2003 5', '2003 7', '2003 9', '2004 1',
    '2004 2', '2004 3', '2004 4', '2004 5', '2004 7', '2005 1', '2005 2', '2005 3', '2005 4', '2005 5',
    '2005 7', '2005 9'
);
"""


def upgrade() -> None:
    for ddl in (WHOSE, RELEASED):
        op.execute(ddl)
