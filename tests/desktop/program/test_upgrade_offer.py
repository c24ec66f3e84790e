"""The window opens an office of an earlier version: after it was asked, with a copy, or not at all."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from casework.audit.verify import checks
from casework.founding import office_upgrade
from desktop.kit import language
from desktop.kit.language import t
from desktop.kit.theme import LIGHT
from desktop.program.signing_step import Signing
from desktop.program.start_window import StartWindow, _Choice
from desktop.program.upgrade_offer import UpgradeOffer
from tests.desktop.helpers import button, soon, texts
from tests.models.later import with_later_step
from tests.offices import kept

NAME = "0001/every_state.office.xz"


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office that was kept when its schema was the newest, before a program that knows a later one."""
    folder = tmp_path / "offices"
    folder.mkdir()
    with_later_step(monkeypatch, tmp_path)
    return kept.unpacked(NAME, folder)


@pytest.fixture
def signed_in() -> list[str]:
    """Who came to the desk."""
    return []


@pytest.fixture
def start(dressed: QApplication, settings: QSettings, signed_in: list[str]) -> Iterator[StartWindow]:
    language.speak("zh")
    window = StartWindow(settings, LIGHT, lambda office, name, roles: signed_in.append(name))
    yield window
    for offer in offers(window):
        offer.close()
    if window.office is not None:
        window.office.close()
    window.close()
    window.deleteLater()
    QTest.qWait(0)


def offers(window: StartWindow) -> list[UpgradeOffer]:
    return [each for each in window.findChildren(UpgradeOffer) if each.isVisible()]


def offered(window: StartWindow, where: Path) -> UpgradeOffer:
    """The offer that opening the office leads to."""
    window.show()
    assert not window.open_office(str(where))
    (offer,) = offers(window)
    assert not offer.name.isHidden(), "it is no demonstration"
    offer.name.setText("officer")
    offer.password.setText("demo")
    return offer


def test_it_says_what_happens_and_does_it_when_asked(
    start: StartWindow, older: Path, signed_in: list[str]
) -> None:
    before = older.read_bytes()
    offer = offered(start, older)
    said = " ".join(texts(offer))
    assert older.name in said and str(older.parent) in said
    assert older.read_bytes() == before and list(older.parent.iterdir()) == [older]
    button(offer, t("older.yes")).click()
    soon(lambda: start.office is not None)
    assert isinstance(start.step, Signing) and not offers(start)
    start.sign_in("officer", "demo")
    assert signed_in == ["officer"]
    assert start.office is not None
    assert [check.name for check in checks(start.office) if not check.ok] == []
    copies = [each for each in older.parent.iterdir() if f"{older.name}.before-" in each.name]
    assert len(copies) == 1


def test_not_now_leaves_it_as_it_is(start: StartWindow, older: Path) -> None:
    before = older.read_bytes()
    button(offered(start, older), t("dialog.not_now")).click()
    assert not offers(start)
    assert isinstance(start.step, _Choice)
    assert str(older) in start.choice.fault.text()
    assert older.read_bytes() == before and list(older.parent.iterdir()) == [older]


def test_one_that_another_window_has_open_is_refused_in_a_sentence(start: StartWindow, older: Path) -> None:
    from PySide6.QtCore import QLockFile

    before = older.read_bytes()
    other = QLockFile(f"{older}.window")
    assert other.tryLock(0)
    offer = offered(start, older)
    yes = button(offer, t("older.yes"))
    yes.click()
    soon(lambda: bool(offer.fault.text()))
    assert offer.fault.text() == t("office.in_use", path=older)
    assert older.read_bytes() == before
    other.unlock()
    yes.click()
    soon(lambda: start.office is not None)
    assert not offers(start)


def test_it_can_be_stopped_while_it_copies(
    start: StartWindow, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def copying(where: str, *, progress: Callable[[int, int], None]) -> None:
        while True:
            seen.append(len(seen))
            progress(1, 4)
            QTest.qSleep(2)

    monkeypatch.setattr(office_upgrade, "bring_up", copying)
    offer = offered(start, older)
    button(offer, t("older.yes")).click()
    soon(lambda: offer.bar.value() == 250)
    assert offer.stage.text() == t("older.copying")
    offer.reject()
    soon(lambda: not offers(start))
    count = len(seen)
    QTest.qWait(20)
    assert len(seen) == count
    assert start.office is None


def test_a_bug_leaves_the_office_and_is_shown(
    start: StartWindow, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, bug, at: shown.append(bug))

    def broken(where: str, *, progress: Callable[[int, int], None]) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(office_upgrade, "bring_up", broken)
    offer = offered(start, older)
    button(offer, t("older.yes")).click()
    soon(lambda: bool(shown))
    assert isinstance(shown[0], ZeroDivisionError)
    assert offer.fault.text() == t("older.failed")
    assert list(older.parent.iterdir()) == [older]


def test_one_of_its_people_brings_a_real_one_up(start: StartWindow, older: Path) -> None:
    """CONTRACT: every door that opens an office signs in."""
    before = older.read_bytes()
    offer = offered(start, older)
    for name, password in (("officer", "wrong"), ("nobody", "demo"), ("", "")):
        offer.name.setText(name)
        offer.password.setText(password)
        button(offer, t("older.yes")).click()
        soon(lambda: offer.yes.isEnabled())
        assert offer.fault.text() == t("refused.sign_in")
    assert older.read_bytes() == before and list(older.parent.iterdir()) == [older]
    offer.name.setText("officer")
    offer.password.setText("demo")
    button(offer, t("older.yes")).click()
    soon(lambda: start.office is not None)
    assert not offers(start)
