"""The decision that stands: the newest of a case, for one case and in every list; no other way is written."""

import re
from pathlib import Path

from sqlalchemy import insert, select
from sqlmodel import col

import casework
from casework.award import deciding
from casework.award.standing_decision import standing_decision, standing_seqs, stands
from casework.issuing import approval
from models import Decision
from tests.casework.desk import OTHER_CODE, Desk


def listed(desk: Desk) -> list[int]:
    """The decisions that stand, by their numbers."""
    with desk.office.read() as session:
        found = session.execute(select(col(Decision.seq)).where(stands()).order_by(col(Decision.seq)))
        return list(found.scalars())


def not_superseded(desk: Desk) -> list[int]:
    """The decisions that no other names as superseded."""
    rows = desk.rows(Decision)
    named = {row.supersedes_seq for row in rows}
    return sorted(row.seq for row in rows if row.seq not in named)


def newest(desk: Desk) -> list[int]:
    """The decision of the highest number of each case."""
    rows = sorted(desk.rows(Decision), key=lambda row: row.seq)
    return sorted({row.application_id: row.seq for row in rows}.values())


def decided_often(desk: Desk) -> tuple[str, str]:
    """Two cases, the first decided three times, once after it came back."""
    first, other = desk.submit(), desk.submit(applicant=OTHER_CODE, contract_no="HT-2")
    desk.decide(first)
    desk.decide(other)
    deciding.decide_again(desk.office, "officer", first, "复核")
    approval.send_back(desk.office, "approver", first, "请复核用途")
    desk.decide(first)
    return first, other


def test_newest_and_not_superseded_are_the_same(desk: Desk) -> None:
    first, other = decided_often(desk)
    assert listed(desk) == newest(desk) == not_superseded(desk) == [2, 4]
    assert [desk.decision(case).seq for case in (first, other)] == [4, 2]


def test_the_newest_stands_even_where_it_names_none(desk: Desk) -> None:
    """Only another hand can write such a row; the two ways that were written before differ by it."""
    first, _ = decided_often(desk)
    row = desk.decision(first).model_dump() | {"seq": 5, "supersedes_seq": None}
    with desk.office.write() as session:
        session.execute(insert(Decision).values(**row))
    assert not_superseded(desk) == [2, 4, 5]
    assert listed(desk) == newest(desk) == [2, 5]
    assert desk.decision(first).seq == 5


def test_of_one_case_and_of_many(desk: Desk) -> None:
    cases = [desk.application(case).id for case in decided_often(desk)]
    undecided = desk.application(desk.submit(contract_no="HT-3")).id
    with desk.office.read() as session:
        assert standing_decision(session, undecided) is None
        assert sorted(standing_seqs(session, [*cases, undecided])) == [2, 4]


def test_nobody_else_writes_it_down() -> None:
    written = re.compile(r"func\.max\(col\(Decision\.seq|Decision\.seq\)\.desc|Decision\.supersedes_seq\)")
    folder = Path(str(casework.__file__)).parent
    found = [path.name for path in folder.rglob("*.py") if written.search(path.read_text(encoding="utf-8"))]
    # the room below can't ask here, and tells of many cases at once which a decision put aside
    assert sorted(found) == ["blocked_cases.py", "standing_decision.py"]
