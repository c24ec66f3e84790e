"""A real window, with real mouse and keys: from signing in to a letter that is saved and printed."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from casework.boards import case_view
from casework.core.office import Office
from casework.founding.made_up_office import NAME
from desktop.kit.language import t
from models import Application

ROOT = Path(__file__).resolve().parents[2]
LACKING = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(LACKING), reason=f"no {' and no '.join(LACKING)} on this machine"),
]
PATIENCE = 20.0
"""Seconds after which something that has not come does not come."""


def wait_for(what: str, found: Callable[[], object]) -> None:
    """Look until it is there; the reason names what was waited for."""
    until = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < until, what
        time.sleep(0.05)


class Person:
    """Someone at the mouse and keys of one screen."""

    def __init__(self, display: str, told: Path) -> None:
        self.environment = {**os.environ, "DISPLAY": display}
        self.told = told

    def x(self, *words: object) -> str:
        command = ["xdotool", *map(str, words)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=PATIENCE)
        return done.stdout

    def places(self, words: str) -> list[tuple[int, int]]:
        """Where these words stand on the screen now."""
        try:
            seen = json.loads(self.told.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return []
        return [(x, y) for text, x, y in seen if text == words]

    def sees(self, words: str) -> tuple[int, int]:
        """Wait until words are on the screen; where."""
        wait_for(f"not seen: {words}", lambda: self.places(words))
        return self.places(words)[0]

    def sees_no_more(self, words: str) -> None:
        wait_for(f"still there: {words}", lambda: not self.places(words))

    def comes_to(self, title: str) -> None:
        """Wait for a window, as the screen itself knows it, and look at it."""
        self.sees(f"[{title}]")
        wait_for(f"no window: {title}", lambda: self.x("search", "--onlyvisible", "--name", f"^{title}$"))
        number = self.x("search", "--onlyvisible", "--name", f"^{title}$").split()[-1]
        self.x("windowfocus", "--sync", number)

    def clicks(self, words: str, times: int = 1) -> None:
        x, y = self.sees(words)
        self.x("mousemove", "--sync", x, y, "click", "--repeat", times, "--delay", 40, 1)

    def scrolls_to(self, words: str) -> None:
        """Turn the wheel in the window's middle until words come into view."""
        self.x("mousemove", "--sync", 683, 500)

        def turned() -> bool:
            if not self.places(words):
                self.x("click", 5)
                time.sleep(0.15)
            return bool(self.places(words))

        wait_for(f"not found by scrolling: {words}", turned)

    def types(self, text: str, field: str = "") -> None:
        """Type in the field one clicked at, in place of what it held, until it is there."""
        if field:
            self.clicks(field)
            self.x("key", "ctrl+a")
        self.x("type", "--delay", 5, text)

    def presses(self, key: str) -> None:
        self.x("key", key)


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """A screen of its own, whose number the server chooses."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with open(tmp_path / "xvfb.log", "wb") as log:
        server = subprocess.Popen(command, pass_fds=[writing], stdout=log, stderr=log)
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    try:
        if not number:
            pytest.skip("Xvfb does not start here: " + (tmp_path / "xvfb.log").read_text()[-200:])
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def own_office(demonstration: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demonstration, tmp_path / "own.office"))


@pytest.fixture
def person(display: str, own_office: Path, tmp_path: Path) -> Iterator[Person]:
    """Someone before the program's first window."""
    home = tmp_path / "home"
    home.mkdir()
    someone = Person(display, tmp_path / "on_screen.json")
    environment = {
        **someone.environment,
        "QT_QPA_PLATFORM": "xcb",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "VOUCHER_DESK_LANG": "zh",
    }
    command = [sys.executable, "-m", "tests.desktop.on_screen", str(own_office), str(someone.told)]
    with open(tmp_path / "program.log", "wb") as log:
        program = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        yield someone
        assert program.poll() is None, (tmp_path / "program.log").read_text()[-2000:]
    finally:
        program.terminate()
        program.wait(10)


def _with_a_letter(where: Path) -> tuple[str, str, bytes]:
    """A case that has a letter: its number, what its letter is called there, and the stored file."""
    office = Office.open(where)
    try:
        with office.read() as session:
            cases = session.execute(select(col(Application.case_no)).order_by(col(Application.id))).scalars()
        for case in cases:
            view = case_view.view(office, "officer", case)
            if view is not None and view.letters:
                stored = case_view.content(office, view.letters[-1].sha256)
                assert stored is not None
                return case, view.letters[-1].numbered, stored.body
        raise AssertionError("the demonstration has no letter")
    finally:
        office.close()


def test_from_sign_in_to_a_letter_on_paper(person: Person, own_office: Path, tmp_path: Path) -> None:
    case, letter, body = _with_a_letter(own_office)
    frame = t("window.title", office=NAME)

    person.comes_to(t("welcome.title"))
    person.sees("=officer")
    person.types("demo", t("welcome.password"))
    person.presses("Return")
    person.comes_to(frame)

    person.presses("alt+2")
    person.types(case, t("applications.search"))
    person.sees(t("table.cases", rows=1))
    person.clicks(case, times=2)

    person.sees(t("page.case"))
    person.scrolls_to(letter)
    person.clicks(letter)
    person.clicks(t("case.view.save"))
    saved = tmp_path / "saved.pdf"
    person.comes_to(t("case.view.save"))
    person.types(str(saved), "fileNameEdit")
    person.presses("Return")
    wait_for("the saved letter", saved.exists)
    person.comes_to(frame)
    person.sees(t("case.saved", path=str(saved)))
    assert saved.read_bytes() == body

    printed = tmp_path / "printed.pdf"
    person.clicks(t("case.view.print"))
    person.comes_to(t("case.view.print"))
    person.types(str(printed), "filename")
    person.presses("Return")
    wait_for("the printed letter", lambda: printed.exists() and b"%%EOF" in printed.read_bytes()[-16:])
    assert printed.read_bytes().startswith(b"%PDF")

    person.comes_to(frame)
    person.clicks(t("menu.office").replace("&", ""))
    person.clicks(t("action.sign_out"))
    person.comes_to(t("welcome.title"))
    person.sees(t("welcome.sign_in"))
