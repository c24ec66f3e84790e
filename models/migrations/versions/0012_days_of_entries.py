"""Each entry has the day it is for; months of the books are closed; money moves from budget to budget.

What was entered before stays as it was hashed: it is for the day on which it was recorded.
"""

from models.migrations.shapes import column, index, table

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column("ledger_entry", "for_day=day?")
    column("ledger_entry", "belongs_on=day?")
    column("ledger_entry", "funder?")
    index("ledger_entry", "for_day")
    column("appropriation", "moved_with_id=whole?", refer="appropriation.id")
    column("appropriation_proposal", "from_budget?")
    table(
        "period",
        "id=counted first_on=day last_on=day closed_at=moment closed_by_id=whole",
        unique="first_on last_on",
        refer="closed_by_id>person.id",
        check={"interval": "last_on >= first_on"},
    )
