"""The command line itself: statuses, sentences, languages, and what programs read."""

import os
import shlex
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import col, select

import words
from casework.core.office import Office
from casework.people import accounts
from cli.main import SCREENS, application, asked_language, global_options_first
from cli.told_facts import named
from models import LogEntry
from tests.commandline import Desk

ROOT = Path(__file__).resolve().parents[2]
MISTAKES = [
    (["nonsense"], "cli.no_such_command", {"option": "nonsense"}),
    (["policy", "draw"], "cli.no_such_command", {"option": "draw"}),
    (["calculate"], "cli.missing_parameter", {"option": "FILE"}),
    (["calculate", "a.csv"], "cli.missing_parameter", {"option": "--output"}),
    (["calculate", "a.csv", "-o"], "cli.option_without_value", {"option": "-o"}),
    (["calculate", "a.csv", "-o", "b", "c"], "cli.extra_argument", {"option": "c"}),
    (["calculate", "--fast"], "cli.no_such_option", {"option": "--fast"}),
    (["demo", "x.db", "--cases", "many"], "cli.bad_value", {"option": "--cases"}),
    (["policy"], "cli.missing_command", {}),
    (["act", "accept", "--set", "a=1"], "cli.no_user", {}),
    (["act", "no-such-act"], "cli.act.unknown", {"act": "no-such-act"}),
]


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize(("arguments", "code", "params"), MISTAKES)
def test_a_mistake_is_one_sentence_in_the_chosen_language(
    desk: Desk, lang: str, arguments: list[str], code: str, params: dict[str, str]
) -> None:
    if code == "cli.no_user":
        called = f"{words.say('act.accept', lang)}（accept）" if lang == "zh" else "accept (accept)"
        code, params = "cli.act.no_such_setting", {"act": called, "key": "a", "known": "case"}
    answer = desk("--lang", lang, *arguments)
    assert answer.status == 2
    assert answer.err == words.say(code, lang, **params) + "\n"
    assert answer.out == ""


def test_a_mistake_for_programs_is_one_object(desk: Desk) -> None:
    answer = desk("--json", "--lang", "en", "nonsense")
    assert answer.status == 2
    assert answer.json == {
        "error": "cli.no_such_command",
        "say": words.say("cli.no_such_command", "en", option="nonsense"),
    }


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["calculate", "no-such-file.csv", "-o", "out.csv"], "not_found"),
        (["calculate", "/", "-o", "out.csv"], "folder"),
        (["--office", "no-such.db", "verify"], "office.not_found"),
        (["--office", "no-such.db", "replay"], "office.not_found"),
        (["--office", "no-such.db", "--user", "officer", "import", "a.csv"], "office.not_found"),
        (["calculate", "a", "-o", "b", "--policy", "nowhere"], "policy.unknown"),
        (["--lang", "fr", "verify"], "cli.no_such_language"),
    ],
)
def test_what_cannot_be_had_is_said_and_ends_with_2(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = desk("--json", *arguments)
    assert (answer.status, answer.json["error"]) == (2, code)
    assert answer.err == answer.json["say"] + "\n"
    assert "Traceback" not in answer.err
    assert not list(tmp_path.iterdir())


def test_debug_shows_the_traceback_and_nothing_else_does(desk: Desk) -> None:
    assert "Traceback" in desk("--debug", "--office", "no-such.db", "verify").err
    assert "Traceback" not in desk("--office", "no-such.db", "verify").err


def test_a_bug_is_said_as_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.offices.default_office", lambda: 1 // 0)
    answer = desk("--lang", "en", "verify")
    assert answer.status == 2
    assert answer.err.startswith("The program failed (ZeroDivisionError")


def test_the_language_comes_from_the_option_then_the_environment(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk("nonsense").err == words.say("cli.no_such_command", "zh", option="nonsense") + "\n"
    monkeypatch.setenv("VOUCHER_DESK_LANG", "en")
    assert desk("nonsense").err == words.say("cli.no_such_command", "en", option="nonsense") + "\n"
    assert (
        desk("--lang", "zh", "nonsense").err
        == words.say("cli.no_such_command", "zh", option="nonsense") + "\n"
    )
    assert asked_language(["x", "--lang=zh"]) == "zh"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")
@pytest.mark.parametrize("arguments", [[], ["open"]])
def test_without_a_screen_the_window_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    for name in SCREENS:
        monkeypatch.delenv(name, raising=False)
    answer = desk("--lang", "en", *arguments)
    assert (answer.status, answer.err) == (2, words.say("cli.no_screen", "en") + "\n")


def test_open_takes_the_office_as_other_commands_do(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str | None] = []
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")

    def show(where: str | None, *_: object, **__: object) -> int:
        seen.append(where)
        return 0

    monkeypatch.setattr("desktop.program.app.run", show)
    assert desk("open", "a.db").status == 0 and seen == ["a.db"]


@pytest.mark.parametrize(("office", "asked"), [([], None), (["--office", "a.db"], "a.db")])
def test_open_hands_the_office_and_the_language_to_the_window(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, office: list[str], asked: str | None
) -> None:
    seen: list[tuple[str | None, str | None]] = []

    def show(where: str | None, language: str | None, *, read_only: bool) -> int:
        assert not read_only
        seen.append((where, language))
        return 0

    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr("desktop.program.app.run", show)
    assert desk("--lang", "en", *office, "open").status == 0
    assert desk(*office).status == 0
    assert seen == [(asked, "en"), (asked, "zh")]


def test_global_options_may_stand_anywhere() -> None:
    said = ["calculate", "--json", "a", "--lang", "en", "-o", "b", "--office=x", "--", "--json"]
    assert global_options_first(said) == [
        "--json",
        "--lang",
        "en",
        "--office=x",
        "calculate",
        "a",
        "-o",
        "b",
        "--",
        "--json",
    ]
    assert global_options_first(["calculate", "--user"]) == ["--user"]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_every_command_has_its_help_in_both_languages(desk: Desk, lang: str) -> None:
    import typer

    command = typer.main.get_command(application())
    assert desk("--lang", lang, "--help").status == 0
    names = [[name] for name in command.commands]  # type: ignore[attr-defined]
    names += [["policy", name] for name in command.commands["policy"].commands]  # type: ignore[attr-defined]
    for name in names:
        answer = desk("--lang", lang, *name, "--help")
        assert answer.status == 0
        assert words.say(f"cli.help.{'.'.join(name)}", lang)[:12] in answer.out


def test_the_contracts_commands_are_there() -> None:
    import typer

    command = typer.main.get_command(application())
    wanted = {
        "open",
        "init",
        "demo",
        "act",
        "policy",
        "calculate",
        "import",
        "replay",
        "verify",
        "letters",
        "ledger",
    }
    assert wanted <= set(command.commands)  # type: ignore[attr-defined]
    policy = {"list", "show", "check", "adopt", "confirm", "supplement"}
    assert policy <= set(command.commands["policy"].commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_leaves_one_sentence_and_nothing_else(tmp_path: Path, kind: signal.Signals) -> None:
    """The program is interrupted in the middle of a pipe that never ends."""
    source = tmp_path / "cases.csv"
    source.write_text(
        "case,applied_at,contract_amount\n" + "1,2026-05-10,8000000\n" * 1_000_000, encoding="utf-8"
    )
    command = [
        sys.executable,
        "-m",
        "cli.main",
        "--lang",
        "en",
        "calculate",
        str(source),
        "-o",
        str(tmp_path / "out.csv"),
    ]
    # A run in the background is started with SIGINT ignored, which a program inherits.
    heard = partial(signal.signal, kind, signal.SIG_DFL)
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=heard
    ) as process:
        deadline = time.monotonic() + 20
        while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(kind)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (2, "")
    assert err == words.say("cli.interrupted", "en") + "\n"
    assert list(tmp_path.iterdir()) == [source]


LOADS = """
import sys
class Interrupted:
    def find_spec(self, name, path=None, target=None):
        if name == "sqlalchemy.orm":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupted())
from cli.main import run
sys.exit(run(["--lang", "en", "--office", "our.office", "verify"]))
"""


def test_an_interruption_while_the_program_still_loads_is_one_sentence_too() -> None:
    done = subprocess.run([sys.executable, "-c", LOADS], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (2, words.say("cli.interrupted", "en") + "\n")


@pytest.mark.parametrize(
    "said",
    [["--json", "verify", "--user"], ["verify", "--user", "--json"], ["--office", "--json", "cases"]],
)
def test_an_option_without_its_value_is_told_and_opens_no_window(desk: Desk, said: list[str]) -> None:
    """The command was taken for the value, and what was left opened the window."""
    answer = desk(*said)
    assert (answer.status, answer.json["error"]) == (2, "cli.option_without_value")


FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")


def made_up(folder: Path) -> Path:
    """A demonstration's office with its people and nothing else."""
    path = folder / "our.office"
    with Office.create(path, seed="7").closing() as office:
        accounts.found(office, accounts.DEMO_PEOPLE, "demo")
    return path


def with_its_streams(shell: str, office: Path, *said: str) -> subprocess.CompletedProcess[str]:
    """A run whose streams somebody has sent elsewhere, as a shell writes it."""
    command = shlex.join([sys.executable, "-m", "cli", "--office", str(office), "--lang", "en", *said])
    return subprocess.run(["bash", "-c", f"{command} {shell}"], cwd=ROOT, capture_output=True, text=True)


@FULL
@pytest.mark.parametrize("as_json", [[], ["--json"]], ids=["people", "program"])
def test_an_answer_that_can_not_be_written_is_told_and_an_act_as_done(
    tmp_path: Path, as_json: list[str]
) -> None:
    """An act whose answer found the disk full was told as not done, and asked for again; a long answer ended
    with a traceback, and with the status of a broken chain."""
    path = made_up(tmp_path)
    read = with_its_streams("> /dev/full", path, *as_json, "--user", "auditor", "cases")
    why = words.say("cli.no_answer", "en", what="28 ENOSPC")
    assert (read.returncode, read.stderr) == (2, why + "\n")
    act = [*as_json, "--user", "rights", "act", "lock_person", "--set", "name=officer2"]
    done = with_its_streams("> /dev/full", path, *act)
    with Office.open(path).closing() as office, office.read() as session:
        last = session.execute(select(LogEntry).order_by(col(LogEntry.seq).desc()).limit(1)).scalar_one()
    assert last.act == "lock_person"
    after = words.say("cli.ended_after", "en", act=named("act", last.act, "en"), seq=last.seq)
    assert (done.returncode, done.stderr) == (1, f"{why}{after}\n")


@FULL
@pytest.mark.parametrize(
    ("shell", "status"),
    [(">&-", 0), ("2>&-", 0), ("<&- >&- 2>&-", 0), ("2> /dev/full", 0), ("--user nobody 2> /dev/full", 2)],
)
def test_closed_or_full_streams_end_no_run_with_a_traceback(tmp_path: Path, shell: str, status: int) -> None:
    path = made_up(tmp_path)
    done = with_its_streams(shell, path, "--user", "auditor", "cases")
    assert (done.returncode, done.stderr) == (status, "")


def test_a_reader_who_has_seen_enough_is_no_error() -> None:
    command = f"'{sys.executable}' -m cli.main policy show shenzhen-training-voucher | head -c 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, text=True)
    assert done.stderr == ""
    assert len(done.stdout.encode()) <= 3


def test_the_program_starts_without_what_a_command_does_not_need() -> None:
    """Help and `calculate` come up without the database's libraries."""
    code = "import sys; from cli.main import run; run(['--help']); sys.exit('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, env={**os.environ})
    assert done.returncode == 0, done.stderr
