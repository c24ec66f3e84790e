"""From the first window to the desk: choosing, making and opening an office, signing in."""

import shutil
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QSettings

from desktop.kit.language import t
from desktop.program.app import Program
from desktop.program.signing_step import Signing
from desktop.program.start_window import _Choice
from tests.desktop.helpers import button, soon
from tests.desktop.program.conftest import signed_in


def test_the_first_run_offers_the_demonstration(program_of: Callable[[], Program]) -> None:
    program = program_of()
    program.start.open()
    assert isinstance(program.start.step, _Choice)
    assert button(program.start, t("welcome.demo")).isDefault()


def test_a_demonstration_being_made_can_be_stopped_and_leaves_nothing(
    program_of: Callable[[], Program], tmp_path: Path
) -> None:
    program = program_of()
    program.start.open()
    choice = program.start.choice
    choice.make_demo(tmp_path / "demo.office")
    assert not button(choice, t("welcome.demo")).isEnabled()
    soon(lambda: (tmp_path / "demo.papers").exists())
    button(choice, t("welcome.demo.stop")).click()
    soon(lambda: choice.fault.text() == t("welcome.demo.stopped"))
    assert not [each for each in tmp_path.iterdir() if "demo" in each.name]
    assert button(choice, t("welcome.demo")).isEnabled() and choice.no_more.isHidden()


def test_where_a_demonstration_cannot_be_made_it_says_why(
    program_of: Callable[[], Program], tmp_path: Path
) -> None:
    (tmp_path / "demo.office").write_bytes(b"mine")
    program = program_of()
    choice = program.start.choice
    choice.make_demo(tmp_path / "demo.office")
    soon(lambda: "demo.office" in choice.fault.text())
    assert button(choice, t("welcome.demo")).isEnabled()


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


def test_an_office_that_nobody_signed_into_is_let_go_for_the_next(
    program_of: Callable[[], Program], an_office: Path, tmp_path: Path
) -> None:
    """Else its files stay held until the program ends, and on Windows nobody can move them."""
    other = Path(shutil.copy(an_office, tmp_path / "other.office"))
    program = program_of()
    assert program.start.open_office(str(an_office))
    before = program.start.office
    assert before is not None
    with patch.object(before, "close", wraps=before.close) as closed:
        assert program.start.open_office(str(other))
    assert closed.call_count == 1
    assert program.start.office is not None and program.start.office.store.path == other
    program.start.office.close()


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
    signed_in(program_of(), an_office, "approver").close()
    again = program_of()
    again.start.open()
    soon(lambda: again.start.office is not None)
    assert isinstance(again.start.step, Signing)
    assert again.start.signing.name.text() == "approver"
    assert again.start.office is not None
    again.start.office.close()


def test_no_password_of_a_server_stands_in_the_settings(
    program_of: Callable[[], Program], settings: QSettings
) -> None:
    bare, at = "postgresql://clerk@127.0.0.1:1/office", "postgresql://clerk:geheim@127.0.0.1:1/office"
    settings.setValue("office", at)  # as an earlier version kept them
    settings.setValue("recent", [at, "/a:b@c.office", f"{bare}?password=geheim&sslmode=require"])
    program = program_of()
    assert not program.start.open_office(at)
    assert program.start.choice.fault.text() == t("office.password_in_address")
    settings.sync()
    assert "geheim" not in Path(settings.fileName()).read_text(encoding="utf-8")
    assert settings.value("office") == bare
    assert program.start.recent() == [bare, "/a:b@c.office", f"{bare}?sslmode=require"]
