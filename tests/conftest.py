"""What holds for every test: no screen, no settings of the machine, the same examples each time."""

import gc
import os
import uuid

import hypothesis
import pytest

from tests.commandline import desk_fixture as desk_fixture  # every test may ask for the command line

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Examples are the same in every run, so that a red test is red for everyone; `make test-slow` may look
# further with HYPOTHESIS_PROFILE=wide.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.register_profile("wide", deadline=None, max_examples=2_000, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


def pytest_report_header() -> str:
    """What chance stands on in this run, so that a red one can be had again."""
    profile = os.environ.get("HYPOTHESIS_PROFILE", "house")
    examples = "the same in every run" if profile == "house" else "new ones in every run"
    hashing = os.environ.get("PYTHONHASHSEED", "random")
    return f"seeds: PYTHONHASHSEED={hashing}; examples {examples} ({profile})"


FULL = 40
"""After so many tests of the window everything is collected, after each the youngest."""


def pytest_runtest_logstart(nodeid: str) -> None:
    """Before a test of the window cycles are collected here and by nobody else, on the thread that the window
    lives on, as the program does it (`desktop.kit.collecting`): a worker of a test would destroy the widgets
    of the one before."""
    global _run
    if "tests/desktop/" in nodeid:
        gc.disable()
        _run += 1
        _windows_that_go()
        gc.collect(2 if _run % FULL == 0 else 1)
    elif not gc.isenabled():
        gc.collect()
        gc.enable()


def _windows_that_go() -> None:
    """What the tests before let go for later goes now: no loop runs between two tests that would see to it,
    and each window that stays is dressed anew with every window that opens."""
    from PySide6.QtCore import QCoreApplication, QEvent

    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


_run = 0


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = tmp_path_factory.getbasetemp() / f"data-{uuid.uuid4().hex}"  # made by who keeps something there
    monkeypatch.setenv("XDG_DATA_HOME", str(data))
    for name in list(os.environ):
        if name.startswith("VOUCHER_DESK_"):
            monkeypatch.delenv(name)
