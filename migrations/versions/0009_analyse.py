"""What analysts call: days as timestamps, what is to be said of an answer in one place, a panel without jsonb.

Revision ID: 0009
Revises: 0008
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


# The functions come again from sql/objects, with other parameters and columns; the first four come no more. Without
# CASCADE: somebody's own view of one stops the upgrade (docs/dba.md, Upgrading).
GONE = (
    "varighet_kan_besvares(date, date, date)",
    "beholdning_kan_besvares(date, date, text)",
    "meld_brudd(date, date, text)",
    "kan_besvares(date, date)",
    "tverrsnitt(date)",
    "beholdning(date, date, text)",
    "strom(date, date)",
    "manedspanel(date, date)",
    "varighet(text, date, date, date)",
)


def upgrade() -> None:
    for function in GONE:
        op.execute(f"DROP FUNCTION IF EXISTS trygdfob.{function}")
