"""A logout ends the window: what is typed is kept, the office is let go, nothing hangs."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select
from sqlmodel import col

from desktop.kit import drafts
from desktop.kit.ask_dialog import AskDialog
from desktop.kit.jobs import Job, Workers
from desktop.kit.page import Page
from desktop.pages.case.ask_correction import AskCorrection
from desktop.pages.case.page import CasePage
from desktop.program.app import Program
from desktop.program.ending import KINDS, Ending
from models import Application
from tests.desktop.helpers import settle, soon, type_text
from tests.desktop.program.conftest import signed_in


@pytest.mark.parametrize("kind", KINDS)
def test_a_signal_is_heard_at_once_on_the_windows_thread_and_given_back(
    dressed: QApplication, kind: signal.Signals
) -> None:
    before = signal.getsignal(kind)
    heard: list[int] = []
    ending = Ending(lambda: heard.append(1))
    os.kill(os.getpid(), kind)
    soon(lambda: heard == [1])
    ending.restore()
    assert signal.getsignal(kind) == before


def test_what_is_typed_is_kept_when_the_session_ends(
    program_of: Callable[[], Program], an_office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = signed_in(program_of(), an_office)
    assert program.frame is not None
    left: list[str] = []

    def leave(page: Page) -> bool:
        left.append(page.name)
        return True

    for page in program.frame.pages.values():
        monkeypatch.setattr(type(page), "leave", leave)
    program.keep()
    assert left == list(program.frame.pages)


def test_what_is_typed_into_a_dialog_is_kept_behind_the_lock_too(
    program_of: Callable[[], Program], an_office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "_data_folder", lambda: tmp_path / "drafts")
    program = signed_in(program_of(), an_office)
    assert program.frame is not None and program.desk is not None
    with program.desk.office.read() as session:
        states = select(col(Application.case_no)).where(col(Application.state) == "suspended")
        case = str(session.execute(states).scalars().first())
    page = _case(program, case)
    page.do("ask_correction")
    (defects,) = page.findChildren(AskCorrection)
    type_text(defects.rows[0][1], "请补充合同附件")
    program.lock_up()
    assert not defects.isVisible()
    program.end()
    defects.done(0)
    page.do("withdraw")
    (asked,) = page.findChildren(AskDialog)
    type_text(asked.fields["case.ask.reason"], "申请单位来函要求撤回")
    program.sign_out()
    page = _case(signed_in(program, an_office), case)
    page.do("ask_correction")
    (defects,) = page.findChildren(AskCorrection)
    assert [one.defect for one in defects.defects()] == ["请补充合同附件"]
    defects.done(0)
    page.do("withdraw")
    (asked,) = page.findChildren(AskDialog)
    assert asked.values() == {"case.ask.reason": "申请单位来函要求撤回"}


def _case(program: Program, case: str) -> CasePage:
    assert program.frame is not None and program.desk is not None
    program.frame.go("case", case)
    settle(program.desk)
    page = program.frame.page
    assert isinstance(page, CasePage)
    return page


def test_a_job_that_does_not_end_does_not_hold_the_program(dressed: QApplication) -> None:
    workers = Workers(lambda bug: pytest.fail(repr(bug)))
    go_on: list[int] = []

    begun: list[int] = []

    def waits(job: Job[None]) -> None:
        begun.append(1)
        while not go_on:
            time.sleep(0.01)

    workers.start(waits, lambda none: None, pool="act")
    soon(lambda: bool(begun))
    started = time.monotonic()
    assert not workers.stop(0.3)
    assert time.monotonic() - started < 3
    go_on.append(1)


WINDOW = """
import signal, sys
from pathlib import Path
from PySide6.QtCore import QSettings, QTimer
from desktop.program import app
from desktop.kit import drafts
drafts._data_folder = lambda: Path(sys.argv[2])
app.QSettings = lambda *names: QSettings(sys.argv[3], QSettings.Format.IniFormat)
make = app.Program
def program(*given):
    made = make(*given)
    def type_in():
        if made.start.office is None:
            return QTimer.singleShot(50, type_in)
        made.start.sign_in("officer", "demo")
        made.frame.go("entry")
        QTimer.singleShot(0, typed)
    def typed():
        form = made.frame.pages["entry"].form
        if "applicant_name" not in form.fields:
            return QTimer.singleShot(50, typed)
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QLineEdit
        field = form.fields["applicant_name"]
        line = field if isinstance(field, QLineEdit) else field.findChild(QLineEdit)
        line.setFocus()
        QTest.keyClicks(line, "cloud")
        print("typed", flush=True)
    QTimer.singleShot(0, type_in)
    return made
app.Program = program
sys.exit(app.run(sys.argv[1], "zh"))
"""


MAKING = """
import sys
from pathlib import Path
from PySide6.QtCore import QSettings, QTimer
from desktop.program import app
app.QSettings = lambda *names: QSettings(sys.argv[2], QSettings.Format.IniFormat)
make, folder = app.Program, Path(sys.argv[1])
def program(*given):
    made = make(*given)
    def begin():
        made.start.choice.make_demo(folder / "demo.office")
        look()
    def look():
        if not (folder / "demo.papers" / "portal.xlsx").exists():
            return QTimer.singleShot(20, look)
        print("making", flush=True)
    QTimer.singleShot(0, begin)
    return made
app.Program = program
sys.exit(app.run(None, "zh"))
"""


@pytest.mark.skipif(os.name == "nt", reason="a signal ends a process there")
def test_a_logout_ends_a_demonstration_that_is_being_made_and_nothing_of_it_stays(tmp_path: Path) -> None:
    folder = tmp_path / "offices"
    folder.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", MAKING, str(folder), str(tmp_path / "s.ini")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    ) as window:  # fmt: skip
        assert window.stdout is not None
        assert window.stdout.readline() == "making\n"
        assert list(folder.glob(".*")) or list(folder.glob("*.office*")), "it is under way"
        started = time.monotonic()
        window.send_signal(signal.SIGTERM)
        out, err = window.communicate(timeout=30)
    assert window.returncode == 0, (out, err)
    assert time.monotonic() - started < 5, "a demonstration takes half a minute"
    assert list(folder.iterdir()) == []
    assert "Traceback" not in err


@pytest.mark.skipif(os.name == "nt", reason="a signal ends a process there")
def test_the_window_ends_at_a_logout_with_its_drafts(an_office: Path, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WINDOW, str(an_office), str(tmp_path / "drafts"), str(tmp_path / "s.ini")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    ) as window:  # fmt: skip
        assert window.stdout is not None
        assert window.stdout.readline() == "typed\n"
        started = time.monotonic()
        window.send_signal(signal.SIGTERM)
        out, err = window.communicate(timeout=30)
    assert window.returncode == 0, (out, err)
    assert time.monotonic() - started < 15
    kept = list((tmp_path / "drafts").rglob("*.json"))
    assert len(kept) == 1 and "cloud" in kept[0].read_text(encoding="utf-8")
    assert not an_office.with_name(an_office.name + ".window").exists(), "the office is let go"
    assert "Traceback" not in err
