"""Publishing: the very list that was seen is published, after one question, once the term is set."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from casework.core import office_settings
from casework.review import checking
from desktop.frame.main_window import Frame
from desktop.kit.language import t
from desktop.pages.rounds.publish import PublishDialog
from models import Application, Decision, Letter, Publicity
from tests.desktop.helpers import press, settle
from tests.desktop.rounds.conftest import page_of
from tests.desktop.stages import dialog, rows, standing_at


def asks_of(frame: Frame) -> PublishDialog:
    """The question, after the list was made."""
    page_of(frame).do_publish_round()
    settle(frame.desk)
    found = dialog(frame)
    assert isinstance(found, PublishDialog)
    return found


def test_publishing_is_refused_until_the_term_is_set_and_says_where(
    frame_of: Callable[..., Frame], unset: Path
) -> None:
    frame = frame_of("officer", unset)
    asks = asks_of(frame)
    assert "公示期（工作日）" in asks.fault.text() and not asks.yes.isEnabled()
    assert asks.viewer.isHidden() and not asks.says.text()
    assert asks.set_it.isVisible()
    asks.set_it.click()
    settle(frame.desk)
    assert frame.page is not None and frame.page.name == "policies"
    assert not rows(frame, Publicity)


def test_a_missing_setting_leads_to_the_office_s_settings(
    frame_of: Callable[..., Frame], at_stage: Callable[..., Path]
) -> None:
    frame = frame_of("officer", at_stage("decide"))
    standing_at(frame, 2026, 6, 24)
    office_settings.set_office(frame.desk.office, "system", {"department": ""}, "机构改革")
    asks = asks_of(frame)
    assert t("setting.department") in asks.fault.text() and not asks.yes.isEnabled()
    asks.set_it.click()
    settle(frame.desk)
    assert frame.page is not None and frame.page.name == "letterhead"


def test_what_is_kept_back_is_named_before_the_list_goes_out(
    frame_of: Callable[..., Frame], at_stage: Callable[..., Path]
) -> None:
    frame = frame_of("officer", at_stage("decide"))
    standing_at(frame, 2026, 6, 24)
    awarded = next(row for row in rows(frame, Decision) if row.status == "awarded")
    (case,) = [row.case_no for row in rows(frame, Application) if row.id == awarded.application_id]
    checking.verify_facts(frame.desk.office, "officer", case, {"contract_no": "HT-99"}, "合同号笔误")
    asks = asks_of(frame)
    assert t("rounds.kept_back", count=1, cases=[case]) in asks.says.text() and asks.yes.isEnabled()


def test_what_is_shown_is_what_is_published(
    frame_of: Callable[..., Frame], at_stage: Callable[..., Path]
) -> None:
    frame = frame_of("officer", at_stage("decide"))
    standing_at(frame, 2026, 6, 24)
    asks = asks_of(frame)
    assert asks.viewer.document.pageCount() >= 1
    shown = asks.viewer.shown
    assert shown is not None and not rows(frame, Publicity)
    newest = {row.application_id: row for row in rows(frame, Decision)}
    awards = [row.award_fen for row in newest.values() if row.status == "awarded"]
    assert f"{sum(awards) / 100:,.2f}" in asks.says.text()
    assert asks.yes.text() == t("rounds.publish", cases=len(awards)) and asks.yes.isEnabled()
    asks.yes.click()
    settle(frame.desk)
    (letter,) = [row for row in rows(frame, Letter) if row.kind == "publicity"]
    assert hashlib.sha256(shown.stored.body).hexdigest() == letter.content_sha256
    assert [row.state for row in rows(frame, Publicity)] == ["running"]


def test_a_list_that_is_not_published_yet_is_not_given_away(
    frame_of: Callable[..., Frame], at_stage: Callable[..., Path]
) -> None:
    frame = frame_of("officer", at_stage("decide"))
    standing_at(frame, 2026, 6, 24)
    asks = asks_of(frame)
    assert all(one.isHidden() for one in asks.viewer.findChildren(QPushButton))
    assert asks.set_it.isHidden()
    asks.reject()
    settle(frame.desk)
    assert not rows(frame, Publicity)


def test_enter_publishes_and_escape_from_within_the_list_puts_the_question_away(
    frame_of: Callable[..., Frame], at_stage: Callable[..., Path]
) -> None:
    """The list stands first there, with buttons of its own that are hidden."""
    frame = frame_of("officer", at_stage("decide"))
    standing_at(frame, 2026, 6, 24)
    asks = asks_of(frame)
    pages, pressed = asks.viewer.pages, list[bool]()
    asks.yes.clicked.disconnect()
    asks.yes.clicked.connect(lambda checked=False: pressed.append(True))
    pages.setFocus()
    press(pages, Qt.Key.Key_Return)
    assert pressed == [True]
    press(pages, Qt.Key.Key_Escape)
    settle(frame.desk)
    assert not [one for one in frame.findChildren(PublishDialog) if one.isVisible()]
