"""One case as an approver reads it: what hinders it, what differs, what is objected, the award in lines."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from casework.boards import approval_board
from casework.boards.approval_board import Changed, File
from casework.boards.case_letters import ObjectionView
from casework.core.office import SHANGHAI, Office
from casework.core.refused import Refused
from desktop.kit.language import speak, t
from desktop.kit.theme import LIGHT, SHAPES
from desktop.pages.approval.detail import Detail
from tests.desktop.helpers import button, texts

DAY = datetime.datetime(2026, 7, 6, 10, tzinfo=SHANGHAI)


@pytest.fixture(scope="module")
def file(at_stage: Callable[..., Path]) -> File:
    """The first case of the approver's queue, as the board reads it."""
    with Office.open(at_stage("publish"), clock=lambda: DAY).closing() as office:
        first = approval_board.queue(office, "approver").cases[0]
        found = approval_board.file(office, "approver", first.case)
    assert found is not None and found.bar is None
    return found._replace(objections=())


@pytest.fixture
def opened() -> list[str]:
    """The cases that were opened."""
    return []


@pytest.fixture
def detail(dressed: QApplication, opened: list[str]) -> Iterator[Detail]:
    speak("zh")
    found = Detail(LIGHT, opened.append)
    yield found
    found.deleteLater()


def shown(detail: Detail, file: File | None) -> list[str]:
    """The words of the case, from the top."""
    detail.put(file)
    return texts(detail)


def test_a_case_that_is_as_it_was_says_so(detail: Detail, file: File) -> None:
    said = shown(detail, file)
    prepared = t(
        "approval.prepared",
        by=file.decision.by,
        at=file.decision.at.replace(second=0, microsecond=0),
        seq=file.decision.seq,
    )
    assert said[:2] == [file.applicant, prepared]
    assert f"{SHAPES['done']} {t('approval.unchanged')}" in said
    assert any(f"{(file.decision.award_fen or 0) / 100:,.2f}" in text for text in said)
    for part in ("changed", "verified", "objections", "same_again"):
        assert t(f"approval.{part}") not in said


def test_what_hinders_it_stands_in_the_place_of_that(detail: Detail, file: File) -> None:
    bar = Refused("refused.no_such_case", case=file.case)
    said = shown(detail, file._replace(bar=bar))
    assert f"{SHAPES['look']} {bar.say('zh')}" in said
    assert not any(t("approval.unchanged") in text for text in said)


def test_what_changed_stands_before_and_after(detail: Detail, file: File) -> None:
    changes = (
        Changed("contract_amount", 800_000_000, 800_000_001),
        Changed("provider_admitted", True, None),
    )
    said = shown(detail, file._replace(changes=changes))
    at = said.index(t("approval.changed"))
    look = SHAPES["look"]
    assert said[at + 1 : at + 9] == [
        t("approval.changed.was"),
        t("approval.changed.now"),
        t("field.contract_amount"),
        "8,000,000.00",
        f"{look} 8,000,000.01",
        t("field.provider_admitted"),
        t("field.yes"),
        f"{look} {t('approval.nothing')}",
    ]


def test_what_was_verified_has_a_table_of_its_own(detail: Detail, file: File) -> None:
    verified = (Changed("contract_no", "HT-1", "HT-2"),)
    said = shown(detail, file._replace(verified=verified))
    at = said.index(t("approval.verified"))
    assert said[at + 4 : at + 6] == ["HT-1", f"{SHAPES['look']} HT-2"]


def test_a_new_calculation_is_laid_beside_the_one_before(detail: Detail, file: File) -> None:
    figures = (("award_fen", None, 400_000_000), ("status", "blocked", "awarded"))
    said = shown(detail, file._replace(earlier=file.decision, figures=figures, lines=(0,)))
    at = said.index(t("approval.figures.was"))
    look = SHAPES["look"]
    assert said[at + 2 : at + 8] == [
        t("approval.figure.award_fen"),
        t("approval.nothing"),
        f"{look} 4,000,000.00",
        t("approval.figure.status"),
        t("rounds.outcome.blocked"),
        f"{look} {t('rounds.outcome.awarded')}",
    ]
    assert t("approval.new_lines") in said and t("approval.same_again") not in said
    assert t("approval.same_again") in shown(detail, file._replace(earlier=file.decision))


def test_an_objection_is_told_with_what_became_of_it(detail: Detail, file: File) -> None:
    received = datetime.date(2026, 6, 25)
    objection = ObjectionView(
        1, 1, file.case, file.applicant, "某企业", "用途不符", received, "dismissed", "经核查不成立",
        "周明轩", False,
    )  # fmt: skip
    said = shown(detail, file._replace(objections=(objection,)))
    told = next(text for text in said if "某企业" in text)
    assert told.startswith(SHAPES["done"]) and "用途不符" in told and "经核查不成立" in told
    assert t("rounds.objection.dismissed") in told


def test_the_case_is_opened_and_none_clears_the_place(detail: Detail, file: File, opened: list[str]) -> None:
    detail.put(file)
    button(detail, t("approval.open", case=file.case)).click()
    assert opened == [file.case]
    detail.put(None)
    assert detail.column.count() == 0 and detail.file is None
