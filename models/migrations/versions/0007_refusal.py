"""Why a case was decided though something was open; refusals for a fact outside the rules, by two people."""

from models.migrations.shapes import column, index, table

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column("decision", "reason?")
    column("decision", "left_open?")
    table(
        "refusal",
        "id=counted application_id=whole version=whole fact reason document article state proposed_at=moment "
        "proposed_by_id=whole closed_at=moment? closed_by_id=whole? close_reason? decision_seq=whole?",
        refer="application_id>application.id closed_by_id>person.id decision_seq>decision.seq "
        "proposed_by_id>person.id",
        words={"state": "proposed confirmed rejected"},
        check={
            "closed": "(state = 'proposed') = (closed_at IS NULL)",
            "rejected_why": "state <> 'rejected' OR close_reason IS NOT NULL",
            "two_people": "state <> 'confirmed' OR (closed_by_id IS NOT NULL AND closed_by_id <> "
            "proposed_by_id)",
        },
    )
    index("refusal", "application_id")
