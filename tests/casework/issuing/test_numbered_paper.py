"""Issuing: the check that a paper will last, and bytes kept once."""

import pytest

from casework.core.act import Turn, carry_out
from casework.issuing import numbered_paper
from models import Content, Letter
from tests.casework.desk import Desk


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
