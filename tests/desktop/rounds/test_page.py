"""The page of rounds: where the cases of each are, what its next step is, and who may take it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPushButton
from sqlalchemy import func, select
from sqlmodel import col

from desktop.frame.main_window import Frame
from desktop.kit.language import t
from models import Application
from tests.desktop.helpers import button, settle, texts
from tests.desktop.rounds.conftest import asked, page_of
from tests.desktop.stages import standing_at


def states(frame: Frame) -> dict[str, int]:
    with frame.desk.office.read() as session:
        counted = select(col(Application.state), func.count()).group_by(col(Application.state))
        return {state: count for state, count in session.execute(counted)}  # noqa: C416


def buttons(frame: Frame) -> set[str]:
    """The words of what the page offers."""
    return {one.text() for one in page_of(frame).findChildren(QPushButton) if not one.isHidden()}


def test_an_office_without_rounds_says_what_to_do(frame_of: Callable[..., Frame], founded: Path) -> None:
    frame = frame_of("officer", founded)
    page = page_of(frame)
    assert t("rounds.none") in [text.replace("\n", "") for text in texts(page)]
    asks_for = [one for one in page.findChildren(QPushButton) if one.text() == t("action.open_round")]
    asks_for[-1].click()
    asked(frame).reject()
    assert t("action.open_round") not in buttons(frame_of("auditor", founded)), "who may not is not asked to"


def test_a_round_shows_where_its_cases_are(
    frame_of: Callable[..., Frame], at_stage: Callable[..., Path]
) -> None:
    frame = frame_of("officer", at_stage("check"))
    page = page_of(frame)
    shown = states(frame)
    said = texts(page)
    assert (
        t("rounds.way.checking") in said
        and str(shown.get("eligibility", 0) + shown.get("accepted", 0)) in said
    )
    assert page.chosen is not None and page.chosen.cases == sum(shown.values())


def test_a_missing_term_is_said_and_leads_to_where_it_is_set(
    frame_of: Callable[..., Frame], unset: Path
) -> None:
    frame = frame_of("officer", unset)
    page = page_of(frame)
    assert any("公示期（工作日）" in text for text in texts(page))
    button(page, t("rounds.set_terms")).click()
    settle(frame.desk)
    assert frame.page is not None and frame.page.name == "policies"


def test_a_published_list_says_its_days_and_is_shown(
    frame_of: Callable[..., Frame], at_stage: Callable[..., Path]
) -> None:
    from casework.issuing import publicity

    frame = frame_of("officer", at_stage("decide"))
    standing_at(frame, 2026, 6, 24)
    publicity.publish(frame.desk.office, "officer", 1)
    page = page_of(frame)
    listed = page.chosen.lists[0] if page.chosen is not None else None
    assert listed is not None and (listed.days_left, listed.workdays) == (5, 5)
    assert any("至 2026-07-01 止，还剩 5 个工作日" in text for text in texts(page))
    assert any("2026-06-25 至 2026-07-01" in text for text in texts(page)), "as the list itself says its days"
    button(page, t("rounds.show_list")).click()
    settle(frame.desk)
    assert page.viewer.isVisible() and page.viewer.shown is not None


def test_who_only_reads_is_offered_nothing_to_do(
    frame_of: Callable[..., Frame], at_stage: Callable[..., Path]
) -> None:
    frame = frame_of("auditor", at_stage("decide"))
    words = buttons(frame)
    for code in ("rounds.look_decide", "rounds.look_publish", "rounds.look_issue", "rounds.close"):
        assert t(code) not in words
    assert {action.name for action in frame.offers()} == {"print_letters", "export_ledger", "save_sheets"}
