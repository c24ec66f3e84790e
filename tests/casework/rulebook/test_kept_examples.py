"""Examples of a pack that is being written: one is added or goes, and every other byte stays."""

import pytest

from casework.rulebook.kept_examples import with_case, without
from casework.rulebook.pack_examples import read
from casework.rulebook.shipped_packs import shipped, shipped_examples
from casework.rulebook.wizard_cases import asked, beside, made_up, tried
from rules.examples import run
from rules.policy import Policy

PACK = next(one for one in shipped() if one.id == "qingyang-compute-voucher")
BUDGETED = next(one for one in shipped() if one.id == "shenzhen-startup-compute")


def test_a_case_is_kept_with_what_comes_of_it() -> None:
    text = ""
    for cells in made_up(PACK):
        text = with_case(PACK, text, {**cells, "note": "试一例, 带逗号"})
    assert run(Policy(PACK), text) == []
    kept = list(read(Policy(PACK), text))
    assert [(one.number, one.note, one.differs) for one in kept] == [
        (str(number), "试一例, 带逗号", ()) for number in (1, 2, 3)
    ]
    outcomes = [tried(PACK, cells, "zh") for cells in made_up(PACK)]
    assert [(one.status, one.award_fen) for one in kept] == [(one.status, one.award_fen) for one in outcomes]


@pytest.mark.parametrize(("mark", "ending"), [("", "\n"), ("\ufeff", "\r\n")])
def test_every_other_byte_stays(mark: str, ending: str) -> None:
    text = mark + shipped_examples()[PACK.sha256].replace("\n", ending)
    assert run(Policy(PACK), text) == []
    cells = {name: cell for name, cell in made_up(PACK)[0].items() if name in text.splitlines()[0]}
    more = with_case(PACK, text, cells)
    assert more.startswith(text) and more.endswith(ending) and run(Policy(PACK), more) == []
    count = len(list(read(Policy(PACK), text)))
    assert without(more, count) == text
    lines = text.splitlines(keepends=True)
    assert without(text, 0) == "".join([lines[0], *lines[2:]])
    assert without(text, count) == text
    assert with_case(PACK, text.removesuffix(ending), cells) == more


def test_a_column_that_the_file_lacks_is_added_for_all() -> None:
    text = "case,note,applied_at,contract_amount,expect_status\n1,,2024-09-01,1000000.00,awarded\n\n"
    cells = {**made_up(PACK)[0], "applicant": "91440300MA5EXAMP04", "note": "甲"}
    more = with_case(PACK, text, cells)
    first, before, added = more.splitlines()
    assert first.startswith("case,note,applied_at,contract_amount,expect_status,") and "applicant" in first
    assert before.startswith("1,,2024-09-01,1000000.00,awarded,") and added.startswith("2,甲,")
    assert {one.column for one in run(Policy(PACK), more)} <= {"expect_status"}


def test_what_is_left_used_and_set_can_be_said_of_a_case() -> None:
    assert beside(BUDGETED) == ("set", "used", "left", "note") and beside(PACK)[-1] == "note"
    named = {fact.id for fact in asked(BUDGETED)}
    assert named.isdisjoint(beside(BUDGETED))
    cells = {
        "applied_at": "2026-03-02", "applicant": "91440300MA5EXAMP04", "applicant_kind": "enterprise",
        "small_firm": "yes", "centre": "政府投资", "card_hours": "2000",
        "set": "reference_price=12.50;applicant_hours=10000;budget_hours=1000000;budget_exceeded=rest",
        "used": "0.00;0.00", "left": "20000.00",
    }  # fmt: skip
    assert tried(BUDGETED, cells, "zh").award_fen == 2_000_000
    assert tried(BUDGETED, {**cells, "left": ""}, "zh").award_fen == 2_500_000
    for name in ("set", "used", "left"):
        found = tried(BUDGETED, {**cells, name: "很多"}, "zh")
        assert (found.status, found.can_stay) == ("blocked", False) and "无法识别" in found.why[0]
