"""Every row has its image in the log: from here on all that an act touches is imaged.

No table changes. On a server, triggers keep what a statement touches (`models.postgresql`), made with the
guards at the end of every run of the steps; a file's are its connections' own. What is there already is
imaged as it is, in the log's entry of bringing the office up.
"""

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing besides."""
