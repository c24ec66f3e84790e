"""A new office from the start window: made away from the window's thread, whole or not at all."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from casework.founding import new_office
from desktop.kit.language import t
from desktop.program.app import Program
from desktop.program.making_step import Making, Whole
from desktop.program.signing_step import Signing
from tests.desktop.helpers import button, soon

OWN = {"system": "blue tin gate 42", "rights": "seven slow ferries"}


def filled(program: Program, where: Path, own: dict[str, str] = OWN) -> Making:
    """The step with all that it asks for."""
    program.start.open()
    making = program.start.to(Making)
    making.name.setText("市科技创新局")
    making.path.setText(str(where))
    making.people["system"].setText("wu")
    making.people["rights"].setText("zheng")
    for role, password in own.items():
        making.passwords[role].first.setText(password)
        making.passwords[role].again.setText(password)
    return making


def test_a_new_office_is_made_with_two_who_keep_it(program_of: Callable[[], Program], tmp_path: Path) -> None:
    program, where = program_of(), tmp_path / "新办公室.office"
    program.start.open()
    making = program.start.to(Making)
    making._make()
    assert making.fault.text() == t("welcome.missing")
    making = filled(program, where, OWN | {"rights": "123"})
    making._make()
    assert making.fault.text() == t("refused.password_short", least=8, different=5) and not where.exists()
    filled(program, where, OWN | {"rights": OWN["system"]})._make()
    soon(lambda: making.fault.text() == t("refused.passwords_same"))
    assert not where.exists() and making.isEnabled() and making.name.isEnabled()
    making.passwords["rights"].first.setText(OWN["rights"])
    making._make()
    assert making.fault.text() == t("password.differ") and not where.exists()
    making.passwords["rights"].again.setText(OWN["rights"])
    making._make()
    soon(lambda: isinstance(program.start.step, Signing))
    assert not making.passwords["rights"].text()
    program.start.sign_in("zheng", OWN["rights"])
    assert program.frame is not None and program.desk is not None


def test_it_is_made_on_another_thread_once_and_nothing_else_is_begun(
    program_of: Callable[[], Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, threads = threading.Event(), []
    found = new_office.found_office

    def slowly(*args: object, **named: object) -> object:
        threads.append(threading.current_thread())
        go_on.wait(60)
        return found(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(new_office, "found_office", slowly)
    program = program_of()
    making = filled(program, tmp_path / "new.office")
    making._make()
    making._make()
    soon(lambda: bool(threads))
    assert making.fault.text() == t("welcome.making.under_way")
    assert not button(making, t("welcome.make")).isEnabled() and not making.path.isEnabled()
    assert not button(making, t("welcome.back")).isEnabled()
    go_on.set()
    soon(lambda: isinstance(program.start.step, Signing))
    assert len(threads) == 1 and threads[0] is not threading.main_thread()


def test_where_it_cannot_be_made_it_says_why(program_of: Callable[[], Program], tmp_path: Path) -> None:
    where = tmp_path / "there.office"
    where.write_bytes(b"mine")
    making = filled(program_of(), where)
    making._make()
    soon(lambda: "there.office" in making.fault.text())
    assert where.read_bytes() == b"mine" and button(making, t("welcome.make")).isEnabled()
    assert making.passwords["rights"].text() == OWN["rights"], "nothing typed is lost"


def test_on_a_small_screen_the_fields_stay_whole_and_scroll(
    program_of: Callable[[], Program], tmp_path: Path
) -> None:
    program = program_of()
    making = filled(program, tmp_path / "new.office")
    (area,) = making.findChildren(Whole)
    chain: list[QWidget] = [making.name]
    while chain[-1] is not button(making, t("welcome.make")):
        after = chain[-1].nextInFocusChain()
        assert after is not None
        chain.append(after)
    assert chain.index(making.path) < chain.index(making.passwords["rights"].again) < len(chain) - 1
    for height, scrolls in ((900, False), (440, True)):
        program.start.resize(520, height)
        QTest.qWait(20)
        fields = [each for one in making.passwords.values() for each in (one.first, one.again)]
        assert all(each.height() >= each.sizeHint().height() for each in fields)
        assert (area.verticalScrollBar().maximum() > 0) is scrolls
