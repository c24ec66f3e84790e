"""What was verified is kept field by field, with the applicant's own word beside it.

Versions that are there keep the column empty: what was verified of them is told by where they came from
(`casework.cases.verified_values`), and their images in the log stay as they were.
"""

from models.migrations.shapes import column

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column("application_version", "verified?")
