#!/usr/bin/env python3
"""Sets Voucher Desk up on a bare machine and shows it, with the standard library alone.

    python3 start.py              set up, then the demonstration office
    python3 start.py test [...]   set up, then the tests (further words go to pytest)
    python3 start.py setup        set up for work on the program, nothing more
    python3 start.py lint         ruff, vulture, mypy and import-linter

It may be run again at any time: what is there already is kept, and a set-up that was interrupted starts anew.
"""

import sys

if sys.version_info < (3, 11):  # before anything else: older versions can't read the rest of the program
    sys.exit(
        "Voucher Desk 需要 Python 3.11 或更高版本，这里是 %d.%d，请用更高版本的 python3 再运行一次。\n"
        "Voucher Desk needs Python 3.11 or later and this is %d.%d: run it again with a later python3."
        % (sys.version_info[:2] * 2)
    )

import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path

import words

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
PROGRAM = BIN / ("voucher-desk.exe" if os.name == "nt" else "voucher-desk")
STAMP = VENV / "voucher-desk.json"  # what was installed; written last
BUSY = VENV / "voucher-desk.busy"  # there until what was begun is whole
DEMO = HERE / "build" / "demo"
LANG = words.language()

# A shared library (or a program) that has to be there, and the Debian package that brings it. The window's
# toolkit loads these; the wheels bring everything else.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
TEST_PROGRAMS = {"pdftoppm": "poppler-utils"}


class Stop(Exception):
    """The set-up can't go on; its words are the one sentence to print."""


def step(code: str, **params: object) -> None:
    """One plain line of progress."""
    print(words.say(code, LANG, **params), flush=True)


def missing_packages(programs: dict[str, str]) -> list[str]:
    """The Debian packages of what this machine lacks; only Linux lacks any."""
    if not sys.platform.startswith("linux"):
        return []
    lacking = [package for program, package in programs.items() if shutil.which(program) is None]
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            lacking.append(package)
    return lacking


def apt_get(packages: list[str]) -> bool:
    """Installs packages as root on Debian or Ubuntu; False where that isn't possible or did not work."""
    if shutil.which("apt-get") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    subprocess.run(["apt-get", "update", "-q"], env=environment, capture_output=True)
    return subprocess.run(install, env=environment, capture_output=True).returncode == 0


def system_libraries(programs: dict[str, str]) -> None:
    """Brings the system libraries, or says which are missing; their lack stops nothing yet."""
    packages = missing_packages(programs)
    if not packages:
        return
    step("start.libraries", packages=" ".join(packages))
    if not apt_get(packages):
        step("start.libraries_by_hand", packages=" ".join(packages))


def run(code: str, *command: object) -> None:
    """Runs a step of the set-up quietly.

    Raises:
        Stop: it failed; its last words are in the sentence.
    """
    done = subprocess.run(
        [str(part) for part in command], cwd=HERE, capture_output=True, encoding="utf-8", errors="replace"
    )
    if done.returncode:
        lines = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        errors = [line for line in lines if line.startswith("ERROR")] or lines[-1:]
        raise Stop(words.say(code, LANG, why="; ".join(errors)[:600]))


def environment_is_sound() -> bool:
    """Whether the virtual environment was finished, belongs to this very folder and still runs."""
    if BUSY.exists() or not PYTHON.exists():
        return False
    probe = "import pip, sys; print(sys.version_info >= (3, 11), sys.prefix)"
    command = [str(PYTHON), "-I", "-c", probe]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace")
    sound, _, prefix = done.stdout.strip().partition(" ")
    return done.returncode == 0 and sound == "True" and Path(prefix).resolve() == VENV.resolve()


def make_environment() -> None:
    """Makes the virtual environment anew.

    Raises:
        Stop: this Python can't make one.
    """
    step("start.environment", folder=VENV)
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        package = f"python3.{sys.version_info[1]}-venv"
        apt_get(["python3-venv", package])
        importlib.invalidate_caches()
        if importlib.util.find_spec("ensurepip") is None:
            raise Stop(words.say("start.no_ensurepip", LANG, package=package))
    try:
        if VENV.exists():
            shutil.rmtree(VENV)
        VENV.mkdir()
        BUSY.touch()  # until all is installed: half an environment is never mistaken for a whole one
    except OSError as error:
        raise Stop(words.say("start.environment_failed", LANG, why=error)) from error
    run("start.environment_failed", sys.executable, "-m", "venv", VENV)


def stamp(*files: Path) -> dict[str, str]:
    """What has to be unchanged for an installation to be kept."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def installed() -> dict[str, str]:
    """The stamp of the last finished installation."""
    try:
        kept = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) and PROGRAM.exists() else {}


def install(development: bool) -> None:
    """Installs the locked packages and the program itself.

    Only wheels with a known hash are taken, so that nothing is built or chosen on the way. A lock that was
    installed before costs nothing; the tests' lock holds what ships as well.

    Raises:
        Stop: a package can't be had.
    """
    locks = [HERE / "requirements.lock", *([HERE / "requirements-dev.lock"] if development else [])]
    wanted, kept = stamp(HERE / "pyproject.toml", *locks), installed()
    if wanted.items() <= kept.items():
        return
    lock = locks[-1]
    count = sum(line[:1].isalnum() for line in lock.read_text(encoding="utf-8").splitlines())
    step("start.packages", count=count)
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "-q", "install", "--no-deps"]
    STAMP.unlink(missing_ok=True)
    BUSY.touch()
    run("start.packages_failed", *pip, "--require-hashes", "--only-binary", ":all:", "-r", lock)
    # `compat` puts this very folder on the path: a room that comes later needs no other installation.
    how = ("--no-index", "--no-build-isolation", "--config-settings", "editable_mode=compat")
    run("start.program_failed", *pip, *how, "--editable", HERE)
    STAMP.write_text(json.dumps({**kept, **wanted}, indent=1), encoding="utf-8")
    BUSY.unlink()


def set_up(development: bool) -> None:
    """Everything up to a program that runs. Raises Stop."""
    system_libraries(TEST_PROGRAMS if development else {})
    if not environment_is_sound():
        make_environment()
    install(development)


def demonstrate() -> int:
    """Makes the demonstration office in build/demo, or keeps it; opens it where there is a screen."""
    summary = DEMO / "summary.json"
    if not summary.exists():
        step("start.demo")
        made = make_demonstration()
        if made:
            return made
    kept = json.loads(summary.read_text(encoding="utf-8"))
    step("start.demo_holds", **{name: kept.get(name) for name in ("applications", "awards", "letters")})
    step("start.demo_lies", folder=DEMO, program=PROGRAM)
    if sys.platform.startswith("linux") and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY"))):
        return 0
    return subprocess.run([str(PROGRAM), "--office", str(DEMO / "office.sqlite"), "open"]).returncode


def make_demonstration() -> int:
    """Makes it beside its place and moves it there when it is whole; returns the exit status."""
    draft = DEMO.with_name(f"demo.{os.getpid()}")
    draft.mkdir(parents=True)
    try:
        command = [str(PROGRAM), "--json", "demo", str(draft / "office.sqlite"), "--out", str(draft)]
        done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8")
        if done.returncode == 0:
            summary = {**json.loads(done.stdout), "papers": str(DEMO)}
            (draft / "summary.json").write_text(json.dumps(summary, indent=1), encoding="utf-8")
            shutil.rmtree(DEMO, ignore_errors=True)
            draft.replace(DEMO)
        return done.returncode
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def lint() -> int:
    """Ruff, vulture, mypy and import-linter, all four even where one fails."""
    linter = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    commands = (["-m", "ruff", "check", "."], ["-m", "vulture"], ["-m", "mypy"], ["-c", linter])
    return max(subprocess.run([str(PYTHON), *command], cwd=HERE).returncode != 0 for command in commands)


def main(arguments: list[str]) -> int:
    """Does what the first word asks for; returns the exit status."""
    verb, *rest = arguments or ["demo"]
    if verb not in ("demo", "test", "setup", "lint"):
        print(__doc__)
        return 0 if verb in ("-h", "--help") else 2
    try:
        set_up(development=verb != "demo")
        if verb == "test":
            tests = [str(PYTHON), "-m", "pytest", "-n", "2", *rest]
            # one order of sets in every run, unless one asks for another: what is red is red for everyone
            seeded = {"PYTHONHASHSEED": "8", **os.environ}
            return subprocess.run(tests, cwd=HERE, env=seeded).returncode
        if verb == "lint":
            return lint()
        if verb == "setup":
            step("start.ready", program=PROGRAM)
            return 0
        return demonstrate()
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(words.say("start.interrupted", LANG), file=sys.stderr)
        return 2


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console that can't show Chinese
    sys.exit(main(sys.argv[1:]))
