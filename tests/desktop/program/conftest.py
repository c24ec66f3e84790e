"""The program as it is started, without the loop of its events."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.kit.language import speak
from desktop.program.app import Program, makers
from tests.desktop.helpers import settle


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
