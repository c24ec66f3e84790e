"""An office that can only be read opens in the window as such; the machine's doing is told and is no bug."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from casework.core.office import Office
from desktop.kit.language import t
from desktop.program.app import Program
from desktop.program.bug_window import FaultWindow
from desktop.program.bugs import Hook
from models import sqlite
from models.faults import OfficeFault
from tests.desktop.helpers import settle, soon
from tests.desktop.program.conftest import signed_in


def banners(program: Program) -> list[str]:
    assert program.frame is not None
    return [label.text() for label in program.frame.findChildren(QLabel) if label.property("banner")]


@pytest.fixture
def cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "can_be_written", lambda path: False)


@pytest.mark.usefixtures("cannot_be_written")
def test_one_on_a_disk_that_can_only_be_read_opens_with_a_banner(
    program_of: Callable[[], Program], an_office: Path
) -> None:
    program = signed_in(program_of(), an_office)
    assert banners(program) == [t("window.only_read", why=t("office.read_only", path=str(an_office)))]
    assert program.frame is not None and program.desk is not None
    assert not an_office.with_name(an_office.name + ".window").exists(), "nobody is kept out by who reads"
    program.frame.go("applications")
    settle(program.desk)
    assert [action.name for action in program.frame.offers() if action.act] == [], "no act is offered"
    second = signed_in(program_of(), an_office, "auditor")
    assert second.frame is not None, "many may read"


def test_one_that_is_asked_to_be_read_says_so(program_of: Callable[[], Program], an_office: Path) -> None:
    program = program_of()
    program.start.read_only = True
    signed_in(program, an_office)
    assert banners(program) == [t("window.only_read", why=t("office.asked_to_read", path=str(an_office)))]


def test_one_that_can_be_written_has_none(program_of: Callable[[], Program], an_office: Path) -> None:
    assert banners(signed_in(program_of(), an_office)) == []


def test_a_broken_one_opens_and_says_what_to_do(program_of: Callable[[], Program], an_office: Path) -> None:
    with Office.open(an_office).closing() as office, office.write() as session:
        session.connection().exec_driver_sql("DROP TRIGGER log_head_undeleted")
        session.connection().exec_driver_sql("DELETE FROM log_head")
    program = signed_in(program_of(), an_office)
    assert [t("office.broken", path=str(an_office)) in said for said in banners(program)] == [True]


@pytest.mark.parametrize("bug", [OfficeFault("office.full", path="x"), OSError(30, "Read-only", "a.pdf")])
def test_what_the_machine_did_in_the_window_itself_is_told_and_is_no_bug(
    dressed: QApplication, bug: Exception
) -> None:
    hook = Hook(dressed)
    before = sys.excepthook
    hook.install()
    try:
        sys.excepthook(type(bug), bug, None)
        soon(lambda: hook.window is not None)
        assert isinstance(hook.window, FaultWindow) and hook.shown == 0
        assert hook.window.says.text()
        hook.window.close()
        hook.window.deleteLater()
    finally:
        sys.excepthook = before
