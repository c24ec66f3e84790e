"""The figures that a demonstration answers are its office's."""

from sqlalchemy import func, select

from casework.founding.demonstration_summary import summarise
from models import Application, Voucher
from tests.casework.desk import Desk


def test_the_figures_are_the_office_s(desk: Desk) -> None:
    desk.issued()
    desk.decide(desk.submit(contract_no="HT-2", applicant_kind="person"))
    found = summarise(desk.office)
    with desk.office.read() as session:
        tables = (Application, Voucher)
        cases, issued = (session.execute(select(func.count()).select_from(each)).scalar() for each in tables)
    assert (found["applications"], found["vouchers"]) == (cases, issued) == (2, 1)
    assert (found["awards"], found["refused"], found["committed"]) == (1, 1, "4000000.00")
    assert found["states"] == {"issued": 1, "refused": 1}
