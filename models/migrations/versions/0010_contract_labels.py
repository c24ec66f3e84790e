"""A contract's number goes without the words that only say that a number follows (合同编号, No., 第…号).

No table changes. Contracts and the counters of caps that stand under an earlier spelling are brought over in
the log's entry of bringing the office up (`casework.founding.office_upgrade`), which knows the rules.
"""

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing besides."""
