"""What only ARBSOK has in schema kontroll is called arbsok_…, as its views are: all themes share that schema.

Revision ID: 0017
Revises: 0016
"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# Renamed and not dropped: what stands on one of them, also a view of somebody's own, goes on
RENAME = """
DO $$
DECLARE
    k record;
BEGIN
    FOR k IN
        SELECT p.oid::regprocedure AS funksjon, p.proname AS navn
        FROM pg_proc AS p
        WHERE p.pronamespace = 'kontroll'::regnamespace AND p.proname IN (
            'aargang_kontrollert', 'aargang_mistenkelig', 'fil_avviker', 'fil_mistenkelig', 'forlop_kontrollert',
            'h_arbsok_kontrollert', 'innstilling_ved_lasting', 'personkontroll', 'registrering_kontrollert',
            'registrering_opptelt'
        )
    LOOP
        EXECUTE format('ALTER FUNCTION %s RENAME TO %I', k.funksjon, 'arbsok_' || k.navn);
    END LOOP;
END
$$
"""


def upgrade() -> None:
    op.execute(RENAME)
    op.execute("ALTER VIEW IF EXISTS kontroll.filmaal RENAME TO arbsok_filmaal")
