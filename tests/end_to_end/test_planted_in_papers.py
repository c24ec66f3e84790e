"""What compares letter, ledger and screen with the decision finds one wrong figure in any of them."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from casework.issuing import letter_facts, letters
from casework.outgoing import voucher_ledger
from casework.rulebook import explanation_in_words
from models import Letter
from papers.letters import approval_letter
from rules.money import capital, grouped, parse
from tests.casework.adopted import adopt
from tests.casework.desk import Desk
from tests.casework.stored_letter import stored
from tests.end_to_end import test_letters_recalculated as compares
from tests.letter_reader import AMOUNT

desk = compares.desk
OF_THE_LETTER = {
    "used cap": ("base", "computed", "cap"),
    "ceiling": ("base", "deducted", "other_support"),
    "deduct": ("deducted", "other_support"),
    "rounding at the end": ("rounding",),
    "split": ("funders",),
    "floor": ("floor",),
    "fixed": ("fixed",),
    "rest of the budget": ("budget",),
    "bands": ("computed",),
}
OF_THE_LEDGER = ("base", "rate", "computed", "cap", "cap_used", "award", "left")


@pytest.mark.parametrize("name", OF_THE_LETTER)
def test_a_wrong_figure_of_a_letter_is_found(
    desk: Desk, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = _decided(desk, name)
    compares.compared(desk, case, compares.issued(desk, case), tmp_path / "right.xlsx")
    told = letter_facts._with_articles
    for label in OF_THE_LETTER[name]:
        with monkeypatch.context() as planted:
            planted.setattr(letter_facts, "_with_articles", _one_fen_more(told, label))
            pdf = _again(desk, case)
        with pytest.raises(AssertionError):
            compares.compared(desk, case, pdf, tmp_path / f"{label}.xlsx")
    with monkeypatch.context() as planted:
        planted.setattr(approval_letter, "capital", lambda fen: capital(fen + 1))
        pdf = _again(desk, case)
    with pytest.raises(AssertionError):
        compares.compared(desk, case, pdf, tmp_path / "capital.xlsx")


def test_a_wrong_figure_of_ledger_or_screen_is_found(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = _decided(desk, "used cap")
    pdf = compares.issued(desk, case)
    compares.compared(desk, case, pdf, tmp_path / "right.xlsx")
    award = desk.decision(case).award_fen
    assert award is not None
    for code in OF_THE_LEDGER:
        with monkeypatch.context() as planted:
            wrong = tuple(_more(one, code) for one in voucher_ledger.COLUMNS)
            planted.setattr(voucher_ledger, "COLUMNS", wrong)
            with pytest.raises(AssertionError):
                compares.compared(desk, case, pdf, tmp_path / f"{code}.xlsx")
    tell = explanation_in_words.tell
    monkeypatch.setattr(
        compares, "tell",
        lambda *asked: [
            one._replace(text=one.text.replace(grouped(award), grouped(award + 1))) for one in tell(*asked)
        ],
    )  # fmt: skip
    with pytest.raises(AssertionError):
        compares.compared(desk, case, pdf, tmp_path / "screen.xlsx")


def _decided(desk: Desk, name: str) -> str:
    kind = compares.KINDS[name]
    adopt(desk.office, compares.SMALL.format(top=kind.top, worth=kind.worth, more=kind.more))
    pack = next(one for one in compares._shelf(desk) if one.id == "small-voucher")
    compares.settle(desk, pack)
    compares._allot(desk, pack, kind.left)
    if kind.before:
        first = compares.submit(desk, pack, contract_no="HT-2026-000", contract_amount=kind.before)
        compares.decided(desk, first)
    case = compares.submit(desk, pack, **kind.facts)
    compares.decided(desk, case)
    return case


def _again(desk: Desk, case: str) -> bytes:
    """The letter voided and issued anew."""
    standing = next(one for one in desk.rows(Letter) if one.kind == "approval" and one.voided_at is None)
    letters.void_letter(desk.office, "approver", standing.id, "金额有误")
    number = letters.issue_approval(desk.office, "officer", case).facts["letter"]
    with desk.office.read() as session:
        return stored(session, number)


def _one_fen_more(told: Callable[..., Iterator[tuple[str, str]]], label: str) -> Callable[..., Any]:
    """The figures of a letter, the first amount of one of them a fen higher."""

    def more(*asked: Any) -> Iterator[tuple[str, str]]:
        for name, text in told(*asked):
            yield name, AMOUNT.sub(_fen_more, text, count=1) if name == label else text

    return more


def _fen_more(found: re.Match[str]) -> str:
    return f"{grouped(parse(found[1].replace(',', '')) + 1)}元"


def _more(column: Any, code: str) -> Any:
    """A column of the ledger, a fen (of a rate, one percent) more in it where it is the one."""
    if column.heading != f"ledger.column.{code}":
        return column
    more = 10_000 if code == "rate" else 1
    value = column.value
    return column._replace(value=lambda one: (value(one) or 0) + more)
