"""What the office has taught of a portal's headings."""

from casework.intake import taught_headings
from tests.casework.desk import Desk


def test_what_was_taught_last_holds(desk: Desk) -> None:
    for field in ("net_amount", "contract_amount"):
        taught_headings.teach_column(desk.office, "officer", "约定价款", field)
    taught_headings.teach_column(desk.office, "officer", "甲方", "applicant_name")
    with desk.office.read() as session:
        assert taught_headings.taught(session) == {"约定价款": "contract_amount", "甲方": "applicant_name"}
