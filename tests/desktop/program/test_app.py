"""The program: one window an office, its look and language on the spot, out and in again, nothing left."""

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from sqlalchemy import func, select
from sqlmodel import col

from casework.core.office import Office
from desktop.frame.places import PLACES
from desktop.kit.language import language, speak, t
from desktop.pages.case.page import CasePage
from desktop.pages.entry.page import EntryPage
from desktop.pages.overview import OverviewPage
from desktop.program import app
from desktop.program.app import SCALES, Program, makers
from models import Application
from tests.desktop.helpers import settle, soon, texts, type_text
from tests.desktop.program.conftest import signed_in
from words import LANGUAGES


def test_an_office_has_one_window(program_of: Callable[[], Program], an_office: Path) -> None:
    signed_in(program_of(), an_office)
    second = program_of()
    second.start.open_office(str(an_office))
    second.start.sign_in("officer2", "demo")
    assert second.frame is None
    assert second.start.choice.fault.text() == t("welcome.already_open")


def test_theme_and_language_change_on_the_spot_and_stay(
    program_of: Callable[[], Program], an_office: Path, settings: QSettings
) -> None:
    program = signed_in(program_of(), an_office)
    assert program.frame is not None and program.desk is not None
    program.frame.go("overview")
    program.change_language()
    settle(program.desk)
    assert program.frame.title.text() == "Overview"
    program.change_theme()
    settle(program.desk)
    assert program.frame.title.text() == "Overview"
    assert settings.value("theme") == "dark" and settings.value("language") == "en"
    program.change_theme()
    program.change_language()
    settle(program.desk)


def test_settings_that_make_no_sense_keep_nobody_out(
    program_of: Callable[[], Program], an_office: Path, settings: QSettings
) -> None:
    with Office.open(an_office).closing() as office:
        seen = f"seen/{office.row.uid}/officer"
    for key in ("theme", "language", "scale", "geometry", "recent", "entry/scheme", seen):
        settings.setValue(key, "?!")
    settings.setValue("table/applications", '{"case": [1e999, true]}')
    program = signed_in(program_of(), an_office)
    assert program.frame is not None and program.desk is not None and program.theme.name == "light"
    program.frame.go("applications")
    settle(program.desk)
    program.scale(+1)
    assert int(str(settings.value("scale"))) == SCALES[1]


def test_signing_out_leads_back_to_the_same_office(
    program_of: Callable[[], Program], an_office: Path
) -> None:
    program = signed_in(program_of(), an_office)
    program.sign_out()
    assert program.frame is None and program.desk is None
    soon(lambda: program.start.office is not None)
    words = [label.text() for label in program.start.findChildren(QLabel)]
    assert t("welcome.signing.title") in words
    program.start.sign_in("approver", "demo")
    assert program.desk is not None
    settle(program.desk)


def test_when_it_is_closed_nothing_of_the_office_is_left(
    program_of: Callable[[], Program], an_office: Path
) -> None:
    before = set(threading.enumerate())
    program = signed_in(program_of(), an_office)
    assert an_office.with_name(an_office.name + ".window").exists()
    program.close()
    assert set(threading.enumerate()) <= before
    assert not an_office.with_name(an_office.name + ".window").exists()
    again = signed_in(program_of(), an_office)
    assert again.frame is not None, "the lock was given back"


def test_another_office_is_chosen(program_of: Callable[[], Program], an_office: Path) -> None:
    program = signed_in(program_of(), an_office)
    program.other_office()
    assert program.frame is None and program.desk is None
    assert program.start.isVisible() and program.start.choice.isVisible()


def test_the_scale_goes_up_and_down_between_its_ends(
    program_of: Callable[[], Program], an_office: Path, settings: QSettings
) -> None:
    program = signed_in(program_of(), an_office)
    assert program.desk is not None
    said: list[str] = []
    program.desk.said.connect(lambda sentence, meaning: said.append(sentence))
    program.scale(+1)
    assert (settings.value("scale"), said) == (110, [t("window.scale", percent=110)])
    for _ in SCALES:
        program.scale(+1)
    assert settings.value("scale") == 200
    for _ in SCALES:
        program.scale(-1)
    assert settings.value("scale") == 100
    settings.setValue("scale", 137)
    program.scale(+1)
    assert settings.value("scale") == SCALES[1], "one that is not among them counts as the usual one"


def test_every_place_of_the_rail_has_its_page_and_the_case_too() -> None:
    assert list(makers()) == [*(place.name for place in PLACES), "case"]


def test_a_page_is_made_when_it_is_gone_to(program_of: Callable[[], Program], an_office: Path) -> None:
    program = signed_in(program_of(), an_office)
    assert program.desk is not None and program.frame is not None
    assert "overview" not in program.frame.pages
    program.frame.go("overview")
    settle(program.desk)
    assert isinstance(program.frame.page, OverviewPage)


def test_a_run_opens_the_office_and_closes_it_with_the_status_of_its_loop(
    dressed: QApplication, settings: QSettings, an_office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setenv("QT_SCALE_FACTOR", "1")
    monkeypatch.delenv("QT_SCALE_FACTOR")
    settings.setValue("scale", 150)
    made: list[Program] = []

    def program(*given: Any) -> Program:
        made.append(Program(*given))
        return made[0]

    def loop(*given: object) -> int:
        """What a person does while the window is there."""
        assert sys.excepthook == made[0].hook._caught, "a bug shows its window"
        soon(lambda: made[0].start.office is not None)
        made[0].start.sign_in("officer", "demo")
        assert made[0].desk is not None and language() == "en"
        settle(made[0].desk)
        return 3

    monkeypatch.setattr(app, "QSettings", lambda *names: settings)
    monkeypatch.setattr(app, "Program", program)
    monkeypatch.setattr(QApplication, "exec", loop)
    assert app.run(str(an_office), "en") == 3
    speak("zh")
    assert os.environ["QT_SCALE_FACTOR"] == "1.5", "Qt scales when it starts"
    assert made[0].desk is None and made[0].lock is None
    made[0].start.close()
    made[0].start.deleteLater()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the settings are the user's own there")
def test_the_settings_are_their_owner_s_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "Voucher Desk" / "Voucher Desk.conf"
    monkeypatch.setattr(app, "QSettings", lambda *named: QSettings(str(place), QSettings.Format.IniFormat))
    before = os.umask(0)
    try:
        settings = app.own_settings()
        settings.setValue("person", "officer")
        settings.sync()
        assert "officer" in place.read_text(encoding="utf-8")
        assert (place.parent.stat().st_mode & 0o777, place.stat().st_mode & 0o777) == (0o700, 0o600)
    finally:
        os.umask(before)


def test_qts_own_words_and_keys_are_in_the_language_chosen(
    program_of: Callable[[], Program], an_office: Path
) -> None:
    program = signed_in(program_of(), an_office)
    assert program.frame is not None

    def own_words() -> tuple[list[str], list[str]]:
        dialog = QFileDialog(program.frame, "", "", t("welcome.filter"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.show()
        said = [label.text() for label in dialog.findChildren(QLabel)]
        said += [one.text() for one in dialog.findChildren(QPushButton) if one.isVisible()]
        dialog.close()
        dialog.deleteLater()
        assert program.frame is not None
        keys = [
            action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            for action in program.frame.findChildren(QAction)
        ]
        return said, [key for key in keys if key]

    for _ in range(2):
        said, keys = own_words()
        chinese = [any("\u4e00" <= letter <= "\u9fff" for letter in text) for text in said if text.strip()]
        if language() == "zh":
            assert all(chinese), said
        else:
            assert not any(chinese), said
            assert not any("\u4e00" <= letter <= "\u9fff" for key in keys for letter in key), keys
        program.change_language()
        assert program.desk is not None
        settle(program.desk)


def test_the_filter_shows_every_file_that_this_program_makes() -> None:
    for lang in LANGUAGES:
        speak(lang)
        shown = t("welcome.filter").partition(";;")[0]
        assert all(f"*{suffix}" in shown for suffix in (".office", ".sqlite", ".db"))
    speak("zh")


def test_made_anew_the_window_shows_the_same_case_and_keeps_what_is_typed(
    program_of: Callable[[], Program], an_office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another theme or language once left an empty page of a case, and what was typed was gone."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    program = signed_in(program_of(), an_office)
    desk = program.desk
    assert program.frame is not None and desk is not None
    with desk.office.read() as session:
        case = session.execute(select(func.min(col(Application.case_no)))).scalar_one()
    program.frame.go("case", case)
    program.frame.resize(700, 600)
    for change in (program.change_theme, program.change_language):
        change()
        settle(desk)
        assert isinstance(program.frame.page, CasePage)
        assert program.frame.page.case == case and program.frame.page.view is not None
        assert (program.frame.width(), program.frame.height()) == (700, 600)
    program.frame.go("entry")
    settle(desk)
    page = program.frame.page
    assert isinstance(page, EntryPage)
    type_text(page.form.fields["applicant_name"], "深圳智算测试有限公司")
    program.change_language()
    settle(desk)
    anew = program.frame.page
    assert isinstance(anew, EntryPage) and anew is not page
    assert any("深圳智算测试有限公司" in text for text in texts(anew.offer))
    program.change_theme()
    settle(desk)
