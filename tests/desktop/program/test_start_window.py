"""From the first window to the desk: choosing, making and opening an office, signing in and out."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.kit.language import speak, t
from desktop.program.app import Program, makers
from desktop.program.start_window import _Choice, _Making, _Signing
from tests.desktop.helpers import button, settle, soon


@pytest.fixture
def program_of(dressed: QApplication, settings: QSettings) -> Iterator[Callable[[], Program]]:
    speak("zh")
    made: list[Program] = []

    def begin() -> Program:
        program = Program(dressed, settings, makers())
        made.append(program)
        return program

    yield begin
    for program in made:
        shown = program.hook.shown
        program.close()
        program.start.close()
        program.start.deleteLater()
        assert not shown
    QTest.qWait(0)


@pytest.fixture
def an_office(demonstration: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demonstration, tmp_path / "own.office"))


def _signed_in(program: Program, where: Path, person: str = "officer") -> Program:
    assert program.start.open_office(str(where))
    program.start.sign_in(person, "demo")
    assert program.desk is not None
    settle(program.desk)
    return program


def test_the_first_run_offers_the_demonstration(program_of: Callable[[], Program]) -> None:
    program = program_of()
    program.start.open()
    assert isinstance(program.start.step, _Choice)
    assert button(program.start, t("welcome.demo")).isDefault()


def test_a_missing_office_is_said_where_it_was_chosen(
    program_of: Callable[[], Program], tmp_path: Path
) -> None:
    program = program_of()
    program.start.open(str(tmp_path / "none.office"))
    soon(lambda: isinstance(program.start.step, _Choice))
    assert "none.office" in program.start.choice.fault.text()


def test_a_file_that_is_no_office_is_refused(program_of: Callable[[], Program], tmp_path: Path) -> None:
    other = tmp_path / "other.office"
    other.write_bytes(b"not a database at all" * 100)
    program = program_of()
    assert not program.start.open_office(str(other))
    assert program.start.choice.fault.text()


def test_a_wrong_password_is_said_and_nothing_opens(
    program_of: Callable[[], Program], an_office: Path
) -> None:
    program = program_of()
    program.start.open_office(str(an_office))
    program.start.sign_in("officer", "wrong")
    assert program.frame is None
    assert program.start.signing.fault.text()
    program.start.sign_in("officer", "demo")
    assert program.frame is not None


def test_the_last_office_and_person_are_remembered(
    program_of: Callable[[], Program], an_office: Path, settings: QSettings
) -> None:
    _signed_in(program_of(), an_office, "approver").close()
    again = program_of()
    again.start.open()
    soon(lambda: again.start.office is not None)
    assert isinstance(again.start.step, _Signing)
    assert again.start.signing.name.text() == "approver"
    assert again.start.office is not None
    again.start.office.close()


def test_an_office_has_one_window(program_of: Callable[[], Program], an_office: Path) -> None:
    _signed_in(program_of(), an_office)
    second = program_of()
    second.start.open_office(str(an_office))
    second.start.sign_in("officer2", "demo")
    assert second.frame is None
    assert second.start.choice.fault.text() == t("welcome.already_open")


def test_theme_and_language_change_on_the_spot_and_stay(
    program_of: Callable[[], Program], an_office: Path, settings: QSettings
) -> None:
    program = _signed_in(program_of(), an_office)
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


def test_a_new_office_is_made_with_two_who_keep_it(program_of: Callable[[], Program], tmp_path: Path) -> None:
    program = program_of()
    program.start.open()
    making = program.start.to(_Making)
    making._make()
    assert making.fault.text() == t("welcome.missing")
    where = tmp_path / "新办公室.office"
    making.name.setText("市科技创新局")
    making.path.setText(str(where))
    making.people["system"].setText("wu")
    making.people["rights"].setText("zheng")
    making.password.setText("a long password")
    making._make()
    assert isinstance(program.start.step, _Signing)
    program.start.sign_in("zheng", "a long password")
    assert program.frame is not None and program.desk is not None
    settle(program.desk)
    assert {place.name for place in program.frame.places} == {"home", "people"}
    assert "市科技创新局" in program.frame.windowTitle()


def test_signing_out_leads_back_to_the_same_office(
    program_of: Callable[[], Program], an_office: Path
) -> None:
    program = _signed_in(program_of(), an_office)
    program.sign_out()
    assert program.frame is None and program.desk is None
    soon(lambda: program.start.office is not None)
    words = [label.text() for label in program.start.findChildren(QLabel)]
    assert t("welcome.signing.title") in words
    program.start.sign_in("approver", "demo")
    assert program.desk is not None
    settle(program.desk)
