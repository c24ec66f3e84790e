"""The process that parses: its messages, its limits, its end."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from papers.reading import answers, child, guard
from papers.reading.unreadable import Unreadable
from tests.papers.portal_files import application, table, workbook


def request(path: Path) -> tuple[object, ...]:
    file = workbook(path / "a.xlsx", table(*(application(number) for number in range(1, 2500))))
    return answers.request("portal", file, guard.check(file), {})


def command(program: str) -> list[str]:
    root = str(Path(child.__file__).resolve().parents[2])
    return [
        sys.executable,
        "-c",
        f"import sys; sys.path.insert(0, {root!r}); from papers.reading import child; {program}",
    ]


def run(program: str, monkeypatch: pytest.MonkeyPatch, stalled: float = 15.0) -> list[tuple[object, ...]]:
    monkeypatch.setattr(child, "_command", lambda: command(program))
    return list(child.run(("portal",), stalled))


def test_messages_come_in_batches(tmp_path: Path) -> None:
    messages = list(child.run(request(tmp_path)))
    assert [message[0] for message in messages] == ["sheet", "rows", "rows", "rows"]
    assert sum(len(message[1]) for message in messages[1:]) == 2499


def test_closing_ends_the_process(tmp_path: Path, started: list[subprocess.Popen[bytes]]) -> None:
    messages = child.run(request(tmp_path))
    next(messages)
    messages.close()
    assert started and all(process.poll() is not None for process in started), "a process was left behind"


def test_a_silent_process_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    start = time.monotonic()
    with pytest.raises(Unreadable) as caught:
        run("import time; time.sleep(60)", monkeypatch, stalled=0.5)
    assert caught.value.code == "too_heavy" and time.monotonic() - start < 50


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.abort()",
        "import os; os._exit(3)",
        "import os; os.write(1, b'12345678garbage')",
        "import os; os.write(1, b'123')",
        "raise SystemExit",
    ],
)
def test_a_process_that_dies_is_one_refusal(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unreadable) as caught:
        run(program, monkeypatch)
    assert caught.value.code == "too_heavy"


@pytest.mark.skipif(sys.platform != "linux", reason="no limit of address space elsewhere")
def test_memory_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    program = "from papers.reading import answers; answers.of = lambda asked: [bytes(1 << 31)]; child.serve()"
    with pytest.raises(Unreadable) as caught:
        run(program, monkeypatch)
    assert caught.value.code == "too_heavy"


def test_a_bug_is_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        program = "from papers.reading import answers; answers.of = lambda asked: 1 / 0; child.serve()"
        run(program, monkeypatch)


def test_a_frozen_program_becomes_the_reader_when_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child._command() == [sys.executable, child.FLAG]
    program = command(f"sys.argv[1:] = [{child.FLAG!r}]; child.serve_if_asked(); print('never')")
    monkeypatch.setattr(child, "_command", lambda: program)
    assert next(child.run(request(tmp_path)))[0] == "sheet"
    monkeypatch.setattr(sys, "argv", ["voucher-desk", "import"])
    child.serve_if_asked()
