"""The office on its papers: everyone reads it, the system's side sets it, what is missing is said."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from casework.core.office_settings import KEYS, settings_of
from desktop.frame.main_window import Frame
from desktop.kit.ask_dialog import AskDialog
from desktop.kit.language import t
from desktop.pages.letterhead import LetterheadPage
from tests.desktop.helpers import settle
from tests.desktop.stages import dialog


def page_of(frame: Frame) -> LetterheadPage:
    frame.go("letterhead")
    settle(frame.desk)
    assert isinstance(frame.page, LetterheadPage)
    return frame.page


def said(page: LetterheadPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel))


def test_everyone_reads_and_only_the_system_may_change(frame_of: Callable[..., Frame]) -> None:
    for person in ("officer", "finance", "auditor", "rights", "system"):
        page = page_of(frame_of(person))
        text = said(page)
        assert "湾畔市第一人民法院" in text and "演示数据，虚构" in text
        links = [one.text() for one in page.findChildren(QPushButton)]
        assert links.count(t("letterhead.change")) == (len(KEYS) if person == "system" else 0)


def test_a_new_office_tells_the_system_what_to_set_and_the_others_whom_to_ask(
    frame_of: Callable[..., Frame], founded: Path
) -> None:
    missing = "行政复议机关、行政诉讼管辖法院"
    for person, ask in (("system", "请点“填写设置”补齐"), ("officer", "请联系系统管理员")):
        text = said(page_of(frame_of(person, founded)))
        assert missing in text and ask in text


def test_it_is_set_by_the_dialog_and_the_history_grows(frame_of: Callable[..., Frame], founded: Path) -> None:
    frame = frame_of("system", founded)
    page = page_of(frame)
    page.do_set_office()
    asked = dialog(frame)
    assert isinstance(asked, AskDialog)
    for code, text in (("setting.court", "政府"), ("letterhead.reason", "设立")):
        field = asked.fields[code]
        assert isinstance(field, QLineEdit)
        field.setText(text)
    asked.yes.click()
    settle(frame.desk)
    assert "法院" in asked.fault.text(), "refused, with what is expected, and nothing typed is lost"
    court = asked.fields["setting.court"]
    assert isinstance(court, QLineEdit)
    court.setText("湾畔铁路运输法院")
    asked.yes.click()
    settle(frame.desk)
    with frame.desk.office.read() as session:
        assert settings_of(session).court == "湾畔铁路运输法院"
    text = said(page)
    assert "测试" in frame.windowTitle()
    page.do_set_office()
    renamed = dialog(frame)
    assert isinstance(renamed, AskDialog)
    for code, value in (("setting.name", "湾畔市智能产业局"), ("letterhead.reason", "更名")):
        field = renamed.fields[code]
        assert isinstance(field, QLineEdit)
        field.setText(value)
    renamed.yes.click()
    settle(frame.desk)
    assert "湾畔市智能产业局" in frame.windowTitle() and "测试" not in frame.windowTitle()
    assert text.count("湾畔铁路运输法院") == 2 and "设立" in text, "in force, and in the history"
