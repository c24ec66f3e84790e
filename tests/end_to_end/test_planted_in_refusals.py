"""What compares a refusal and its screen with the decision finds one wrong figure in any of them."""

from collections.abc import Iterator
from typing import Any

import pytest

from casework.issuing import letter_facts, letters
from casework.people import accounts
from casework.rulebook import amounts_on_paper, base_of_case, explanation_in_words, refusal_on_paper
from models import Letter
from rules.lines import Line, lines_of
from tests.casework.desk import Desk
from tests.end_to_end import test_refusals_recalculated as compares
from tests.end_to_end.test_planted_in_papers import _fen_more
from tests.letter_reader import AMOUNT

desk = compares.desk
OF_THE_TABLE = {
    "deducted from the base": ("base",),
    "deducted by level": ("base", "computed", "other_support", "deducted"),
    "ceiling": ("other_support", "deducted"),
    "least base": ("base", "base_floor"),
    "least award": ("computed", "floor"),
    "used cap": ("cap",),
    "excluded": ("other_support", "deducted"),
}


@pytest.mark.parametrize("name", OF_THE_TABLE)
def test_a_wrong_figure_of_a_refusal_is_found(desk: Desk, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts.add_person(desk.office, "system", "second", "李审定", "casework")
    accounts.give_role(desk.office, "rights", "second", "approver")
    case = compares.refused_case(desk, name)
    compares.compared(desk, case)
    told = letter_facts._with_articles
    for label in OF_THE_TABLE[name]:
        for at in range(_amounts_of(desk, label)):

            def more(*asked: Any, label: str = label, at: int = at) -> Iterator[tuple[str, str]]:
                for row, text in told(*asked):
                    yield row, _more(text, at) if row == label else text

            with monkeypatch.context() as planted:
                planted.setattr(letter_facts, "_with_articles", more)
                _again(desk, case)
            with pytest.raises(AssertionError):
                compares.compared(desk, case)
    with monkeypatch.context() as planted:
        planted.setattr(refusal_on_paper, "money", lambda fen: amounts_on_paper.money(fen + 1))
        _again(desk, case)
    with pytest.raises(AssertionError):
        compares.compared(desk, case)


def test_a_wrong_figure_of_the_screen_is_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = compares.refused_case(desk, "deducted from the base")
    compares.compared(desk, case)
    told = base_of_case._in_words
    monkeypatch.setattr(
        base_of_case, "_in_words", lambda policy, one, lang: told(policy, (one[0], one[1] + 1), lang)
    )
    with pytest.raises(AssertionError):
        compares.compared(desk, case)


def test_a_base_that_tells_no_deduction_is_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = compares.refused_case(desk, "deducted from the base")
    desk.decide(case)
    monkeypatch.setattr(
        explanation_in_words._Teller, "base", lambda self, fen: self.say("base", base_fen=fen)
    )
    letters.issue_refusal(desk.office, "approver", case)
    with pytest.raises(AssertionError):
        compares.compared(desk, case)


def test_a_decision_that_says_another_base_is_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = compares.refused_case(desk, "least award")
    compares.compared(desk, case)

    def moved(stored: str) -> tuple[Line, ...]:
        return tuple(
            one._replace(figures=(one.figures[0] + 1,)) if one.code == "base" else one  # type: ignore[operator]
            for one in lines_of(stored)
        )

    monkeypatch.setattr(compares, "lines_of", moved)
    with pytest.raises(AssertionError):
        compares.compared(desk, case)


def _amounts_of(desk: Desk, label: str) -> int:
    """How many amounts a row of the last refusal has."""
    return len(AMOUNT.findall(compares.table(desk)[label]))


def _more(text: str, at: int) -> str:
    """A text with one of its amounts a fen higher."""
    found = list(AMOUNT.finditer(text))
    one = found[at]
    return text[: one.start()] + _fen_more(one) + text[one.end() :]


def _again(desk: Desk, case: str) -> None:
    """The refusal voided and issued anew."""
    standing = next(one for one in desk.rows(Letter) if one.kind == "refusal" and one.voided_at is None)
    letters.void_letter(desk.office, "second", standing.id, "金额有误")
    letters.issue_refusal(desk.office, "approver", case)
