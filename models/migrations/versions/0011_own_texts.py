"""A text of a pack's own by which a cap counts goes without regard to case and width, as the applicant's id.

No table changes. The counters of caps that stand under the earlier spelling are brought over in the log's
entry of bringing the office up (`casework.founding.office_upgrade`), which knows the rules.
"""

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing besides."""
