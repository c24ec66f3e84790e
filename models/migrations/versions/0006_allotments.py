"""Finance fills budgets: what lifts one above its ceiling is proposed first, and what no person entered is
replaced by what finance enters."""

from models.migrations.shapes import column, table

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "appropriation_proposal",
        "id=counted budget allotment_no amount_fen=fen replaces=yes_no reason state proposed_at=moment "
        "proposed_by_id=whole settled_at=moment? settled_by_id=whole? settled_reason?",
        refer="proposed_by_id>person.id settled_by_id>person.id",
        words={"state": "proposed confirmed rejected"},
        check={
            "settled": "(state = 'proposed') = (settled_at IS NULL)",
            "two_people": "state <> 'confirmed' OR settled_by_id <> proposed_by_id",
        },
    )
    column("appropriation", "replaces_id=whole?", refer="appropriation.id")
    column("appropriation", "proposal_id=whole?", refer="appropriation_proposal.id")
