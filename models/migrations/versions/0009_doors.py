"""Every door signs in: wrong passwords make one wait and lock nobody out, a password that another person gave
is changed first, and one for an account that keeps the system or the rights waits for a second person.

Whom ten wrong passwords had locked may come in again: no person had locked them.
"""

from alembic import op

from models.migrations.shapes import column, table

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column("person", "failed_at=moment?")
    column("person", "must_change=yes_no?")
    column("person", "reset_hash?")
    column("person", "reset_at=moment?")
    column("person", "reset_by_id=whole?", refer="person.id")
    table(
        "unknown_name",
        "id=counted name_keyed failures=whole failed_at=moment?",
        unique="name_keyed",
    )
    op.execute("UPDATE person SET locked = 0, failures = 0 WHERE locked = 1 AND failures >= 10")
