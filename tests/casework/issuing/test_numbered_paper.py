"""Issuing: the check that a paper will last, and bytes kept once."""

from collections.abc import Callable

import pytest

from casework.core import office_fonts
from casework.core.act import Turn, carry_out
from casework.core.office import Office
from casework.issuing import letters, numbered_paper, publicity
from models import Content, Letter
from papers.drawing.fonts import FontSet
from tests.casework.desk import Desk
from tests.casework.stored_letter import stored
from tests.papers.poppler import text as text_of


def test_what_is_no_pdfa_is_not_issued(desk: Desk) -> None:
    before = len(desk.rows(Content))

    def body(turn: Turn) -> None:
        body = numbered_paper.draw(turn, lambda fonts: b"%PDF-1.7 nothing")
        numbered_paper.keep(turn, "approval", body)

    with pytest.raises(Exception):  # noqa: B017  whichever way the check refuses such bytes
        carry_out(desk.office, "officer", "issue_letter", body)
    assert desk.rows(Letter) == [] and len(desk.rows(Content)) == before


def test_numbers_are_printed_with_the_year_in_hollow_brackets(desk: Desk) -> None:
    printed: list[str] = []

    def body(turn: Turn) -> None:
        printed.extend(numbered_paper.numbered(turn, "approval")[1] for _ in range(2))

    carry_out(desk.office, "officer", "issue_letter", body)
    assert printed == ["深科创券发〔2026〕1号", "深科创券发〔2026〕2号"]


@pytest.fixture
def others_act(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The acts that somebody else did while a paper was drawn, which none can in a transaction."""
    drawn, done = office_fonts.draw, list[str]()

    def watched(office: Office, paper: Callable[[FontSet], bytes]) -> bytes:
        done.append(desk.submit(contract_no=f"HT-{len(done) + 9}"))
        return drawn(office, paper)

    monkeypatch.setattr(office_fonts, "draw", watched)
    return done


def test_nobody_waits_while_a_letter_is_drawn(desk: Desk, others_act: list[str]) -> None:
    case = desk.issued()
    others_act.clear()
    told = letters.issue_approval(desk.office, "officer", case)
    (letter,) = (each for each in desk.rows(Letter) if each.kind == "approval")
    assert len(others_act) == 1
    assert (letter.id, letter.numbered) == (told.facts["letter"], told.facts["number"])
    with desk.office.read() as session:
        body = stored(session, letter.id)
    text = text_of(body)
    assert letter.code in text and letter.numbered in text


def test_nobody_waits_while_a_list_is_drawn_that_nobody_looked_at(desk: Desk, others_act: list[str]) -> None:
    desk.set_terms()
    desk.decide(desk.submit())
    publicity.publish(desk.office, "officer", 1)
    assert len(others_act) == 1 and len(desk.rows(Letter)) == 1


def test_a_number_that_somebody_else_took_meanwhile_is_not_on_the_paper(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = desk.issued(), desk.issued(contract_no="HT-2", contract_amount=700_000_000)
    drawn, times = office_fonts.draw, list[int]()

    def watched(office: Office, paper: Callable[[FontSet], bytes]) -> bytes:
        times.append(1)
        if len(times) == 1:
            letters.issue_approval(office, "officer", second)
        return drawn(office, paper)

    monkeypatch.setattr(office_fonts, "draw", watched)
    letters.issue_approval(desk.office, "officer", first)
    rows = [each for each in desk.rows(Letter) if each.kind == "approval"]
    with desk.office.read() as session:
        said = [text_of(stored(session, each.id)) for each in rows]
    assert [each.number for each in rows] == [1, 2]
    assert all(row.numbered in text for row, text in zip(rows, said, strict=True))
