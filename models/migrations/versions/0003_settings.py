"""Settings of the office with their history, what letters answer, and how they were delivered."""

from models.migrations.shapes import index, table

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "office_setting",
        "id=counted key value reason at=moment person_id=whole",
        refer="person_id>person.id",
    )
    index("office_setting", "key")
    table(
        "delivery",
        "id=counted letter_id=whole method delivered_on=day receipt? at=moment person_id=whole",
        refer="letter_id>letter.id person_id>person.id",
        words={"method": "direct left post electronic entrusted public_notice"},
    )
    index("delivery", "letter_id")
    table(
        "letter_subject",
        "id=counted letter_id=whole objection_id=whole? void_letter_id=whole?",
        unique="letter_id",
        refer="letter_id>letter.id objection_id>objection.id void_letter_id>letter.id",
        check={"one": "(objection_id IS NULL) <> (void_letter_id IS NULL)"},
    )
    index("letter_subject", "objection_id")
    index("letter_subject", "void_letter_id")
