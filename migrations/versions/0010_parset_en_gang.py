"""The materialized views read a view each, and stay from now on: functions that are parsed once hang on them.

Revision ID: 0010
Revises: 0009
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


# Until now each upgrade made them anew, from the query itself
OWN_QUERY = """
DO $$
BEGIN
    IF strpos(pg_get_viewdef(to_regclass('trygdfob.{0}')), '{0}_utledet') = 0 THEN
        DROP MATERIALIZED VIEW trygdfob.{0};
    END IF;
END $$
"""


def upgrade() -> None:
    for view in ("statusvalg", "fnr_kontroll"):
        op.execute(OWN_QUERY.format(view))
