"""`start.py` where it must not rely on luck: an old Python, an interrupted set-up, a bare system."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[ModuleType]:
    """The file, with its folders in a place of the test's own."""
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    venv = tmp_path / ".venv"
    places = {
        "VENV": venv,
        "BIN": venv / "bin",
        "PYTHON": venv / "bin" / "python",
        "PROGRAM": venv / "bin" / "voucher-desk",
        "STAMP": venv / "stamp.json",
        "BUSY": venv / "busy",
        "DEMO": tmp_path / "build" / "demo",
        "LANG": "en",
    }
    for name, place in places.items():
        setattr(module, name, place)
    yield module


def test_an_old_python_is_told_in_one_sentence_each(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "start.py").read_text(encoding="utf-8")
    head = text[: text.index("import ctypes")]
    code = f"import sys; sys.version_info = (3, 10, 2)\n{head}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 2
    assert "3.11 or later and this is 3.10" in done.stderr


def test_a_machine_without_ensurepip_is_told_which_package(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(start, "apt_get", lambda packages: False)
    assert start.main(["setup"]) == 2
    assert f"python3.{sys.version_info[1]}-venv" in capsys.readouterr().err


def test_system_libraries_by_hand_where_apt_cannot(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "LIBRARIES", {"libno-such-thing.so.9": "libno-such-thing9"})
    monkeypatch.setattr(start, "apt_get", lambda packages: False)
    monkeypatch.setattr(start.sys, "platform", "linux")
    start.system_libraries({"no-such-program": "its-package"})
    assert "its-package libno-such-thing9" in capsys.readouterr().out.splitlines()[-1]


def test_nobody_but_root_runs_apt(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(
        start.subprocess, "run", lambda *arguments, **settings: pytest.fail("apt-get was run")
    )
    assert start.apt_get(["anything"]) is False


def test_an_environment_is_sound_when_it_runs_and_belongs_here(start: ModuleType, tmp_path: Path) -> None:
    assert not start.environment_is_sound()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(start.VENV)], check=True)
    assert not start.environment_is_sound(), "it has no pip"
    (start.VENV / "lib").mkdir(exist_ok=True)
    packages = next((start.VENV / "lib").glob("python*/site-packages"))
    (packages / "pip.py").touch()
    assert start.environment_is_sound()
    start.BUSY.touch()
    assert not start.environment_is_sound(), "an installation was interrupted"


def test_an_environment_half_made_is_made_anew(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    start.BIN.mkdir(parents=True)
    (start.VENV / "left over").touch()

    def killed(code: str, *command: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "run", killed)
    monkeypatch.setattr(start, "system_libraries", lambda programs: None)
    assert start.main(["setup"]) == 2
    assert start.BUSY.exists()
    assert not (start.VENV / "left over").exists()
    assert not start.environment_is_sound()


def test_what_is_installed_is_not_installed_again(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[tuple[object, ...]] = []
    monkeypatch.setattr(start, "run", lambda code, *command: commands.append(command))
    start.BIN.mkdir(parents=True)
    start.PROGRAM.touch()
    start.install(development=True)
    assert len(commands) == 2
    assert "--require-hashes" in commands[0]
    start.install(development=True)
    start.install(development=False)
    assert len(commands) == 2, "the tests' lock holds what ships"
    kept = json.loads(start.STAMP.read_text(encoding="utf-8"))
    start.STAMP.write_text(json.dumps({**kept, "requirements.lock": "another"}), encoding="utf-8")
    start.install(development=False)
    assert len(commands) == 4
    assert not start.BUSY.exists()


def test_an_installation_that_fails_leaves_its_mark(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(code: str, *command: object) -> None:
        raise start.Stop("no network")

    monkeypatch.setattr(start, "environment_is_sound", lambda: True)
    monkeypatch.setattr(start, "system_libraries", lambda programs: None)
    monkeypatch.setattr(start, "run", fail)
    start.BIN.mkdir(parents=True)
    assert start.main(["setup"]) == 2
    assert capsys.readouterr().err == "no network\n"
    assert start.BUSY.exists()
    assert not start.STAMP.exists()


def test_a_demonstration_that_fails_leaves_nothing(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    start.BIN.mkdir(parents=True)
    start.PROGRAM.write_text("#!/bin/sh\nexit 2\n", encoding="utf-8")
    start.PROGRAM.chmod(0o755)
    assert start.demonstrate() == 2
    assert list(start.DEMO.parent.iterdir()) == []


def test_words_that_are_not_known_show_how_it_is_used(
    start: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.main(["--help"]) == 0
    assert start.main(["dance"]) == 2
    assert "start.py test" in capsys.readouterr().out
