"""The program as it is started, without the loop of its events."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.kit.language import speak
from desktop.program.app import Program, makers
from desktop.program.signing_step import Signing
from tests.desktop.helpers import press, settle


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


def signed_in(program: Program, where: Path, person: str = "officer") -> Program:
    """The program after a person has signed in to an office."""
    assert program.start.open_office(str(where))
    program.start.sign_in(person, "demo")
    assert program.desk is not None
    settle(program.desk)
    return program


def opened(program: Program, where: Path) -> Program:
    program.start.show()
    assert program.start.open_office(str(where))
    return program


def typed(program: Program, name: str, password: str) -> None:
    """Somebody types an account and a password, and presses Enter."""
    step = program.start.step
    assert isinstance(step, Signing)
    for field, text in ((step.name, name), (step.password, password)):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
    press(step.password, Qt.Key.Key_Return)
