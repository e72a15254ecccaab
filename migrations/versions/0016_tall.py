"""Years that were loaded before there were sums get theirs, once; the status of a registration is one function.

Revision ID: 0016
Revises: 0015
"""

from alembic import context, op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# It took the year and the part, and found the registrations itself
GONE = "DROP FUNCTION IF EXISTS arbsok_lasting.asok_bestem_status(integer, integer)"

# What a load counts with the same functions. The tables came with 0003
SUMS = """-- migrations/versions/0016_tall.py
INSERT INTO arbsok_lasting.registrering_tall
SELECT t.*
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL kontroll.arbsok_registrering_opptelt(l.aargang) AS t
WHERE NOT EXISTS (SELECT FROM arbsok_lasting.registrering_tall AS e WHERE e.aargang = l.aargang);

DO $$
BEGIN
    PERFORM arbsok_lasting.tell_aargang(l.aargang)
    FROM trygdfob.lastet_aargang AS l
    WHERE NOT EXISTS (SELECT FROM arbsok_lasting.miniregister_tall AS e WHERE e.aargang = l.aargang);
END
$$;
"""
# The table came with 0005
FILES = """-- migrations/versions/0016_tall.py
INSERT INTO arbsok_lasting.maanedsfil_tall
SELECT f.mnddato, f.aargang, coalesce(s.tall_i_as_stat, 0), coalesce(s.ugyldig_fnr, 0), coalesce(s.dublett, 0), t.*
FROM trygdfob.maanedsfil AS f
LEFT JOIN (
    SELECT b.mnddato,
        count(*) FILTER (WHERE b.grunn = 'tall_i_as_stat') AS tall_i_as_stat,
        count(*) FILTER (WHERE b.grunn = 'ugyldig_fnr') AS ugyldig_fnr,
        count(*) FILTER (WHERE b.grunn = 'dublett') AS dublett
    FROM trygdfob.lagt_til_side AS b
    GROUP BY b.mnddato
) AS s ON s.mnddato = f.mnddato
CROSS JOIN LATERAL arbsok_lasting.maanedens_tall(
    format('(SELECT * FROM trygdfob.miniregister WHERE aargang = %s AND mnddato = %L)', f.aargang, f.mnddato)
) AS t
WHERE NOT EXISTS (SELECT FROM arbsok_lasting.maanedsfil_tall AS e WHERE e.mnddato = f.mnddato);
"""


def upgrade() -> None:
    op.execute(GONE)
    context.config.attributes.setdefault("after_objects", []).extend([SUMS, FILES])
