"""Contracts stored under an earlier key get today's; an applicant's two rows of one contract become one."""

from sqlalchemy import update
from sqlmodel import col

from casework.cases.contracts_of_old import bring_over
from models import Application, Contract
from rules.contract_number import number_key
from tests.casework.desk import OTHER_CODE, Desk


def _stored_under(desk: Desk, keys: dict[str, str]) -> None:
    with desk.office.write() as session:
        for number, key in keys.items():
            session.execute(update(Contract).where(col(Contract.number) == number).values(number_key=key))


def test_a_contract_gets_the_key_of_today(desk: Desk) -> None:
    desk.submit(contract_no="HT-1号")
    _stored_under(desk, {"HT-1号": "HT1号"})
    with desk.office.write() as session:
        assert bring_over(session) == 1
        assert bring_over(session) == 0, "once is enough"
    assert [row.number_key for row in desk.rows(Contract)] == [number_key("HT-1号")]


def test_two_of_one_applicant_become_one_and_another_s_stays(desk: Desk) -> None:
    first = desk.submit(contract_no="HT-1")
    other = desk.submit(contract_no="HT-9")
    elsewhere = desk.submit(contract_no="HT-1", applicant=OTHER_CODE, applicant_name="湾畔算力有限公司")
    with desk.office.write() as session:
        moved = update(Contract).where(col(Contract.number) == "HT-9").values(number="合同编号：HT-1")
        session.execute(moved)
        assert bring_over(session) == 1
    contracts = {row.case_no: row.contract_id for row in desk.rows(Application)}
    assert contracts[first] == contracts[other] != contracts[elsewhere]
