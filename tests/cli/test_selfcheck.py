"""``--selfcheck``: an office, its letters and ledger, and every page: made on the spot and taken away."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from casework.audit import replay, verify
from casework.audit.one_check import Check
from casework.founding import demonstration
from cli import main, selfcheck
from desktop.frame.places import places_of
from desktop.kit.language import speak

Made = tuple[Path, dict[str, Any]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A small demonstration, made once."""
    folder = tmp_path_factory.mktemp("made")
    return folder, demonstration.demo(folder / "check.office", cases=4, out=folder / "papers")


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Path]:
    """Where temporary folders are made; the window speaks Chinese again afterwards."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield tmp_path
    speak("zh")


def copied(made: Made, monkeypatch: pytest.MonkeyPatch, *, window: bool = False) -> None:
    """The check gets a copy of the small demonstration, and opens no window unless it is wanted."""

    def demo(where: Path, cases: int, out: Path) -> dict[str, Any]:
        shutil.copytree(made[0], where.parent, dirs_exist_ok=True)
        return made[1]

    monkeypatch.setattr(demonstration, "demo", demo)
    if not window:
        monkeypatch.setattr(selfcheck, "_window", lambda where: 0)


def test_it_says_what_lies_there_with_every_page_of_an_officer_and_leaves_nothing(
    workshop: Path, made: Made, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copied(made, monkeypatch, window=True)
    assert selfcheck.selfcheck() == 0
    letters = len(list((made[0] / "papers" / "letters").glob("*.pdf")))
    pages = len(places_of(frozenset({"officer"})))
    said = f"selfcheck: {made[1]['awards']} awards, {letters} letters, 1 ledgers, {pages} pages\n"
    assert capsys.readouterr().out == said
    assert list(workshop.iterdir()) == []


@pytest.mark.slow
def test_a_whole_program_makes_an_award_a_letter_and_a_ledger(
    workshop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert selfcheck.selfcheck() == 0
    awards, letters, *rest = capsys.readouterr().out.removeprefix("selfcheck: ").split(", ")
    assert int(awards.removesuffix(" awards")) >= 1 and int(letters.removesuffix(" letters")) >= 1
    assert rest[0] == "1 ledgers"
    assert list(workshop.iterdir()) == []


@pytest.mark.parametrize(
    ("part", "name", "broken"),
    [
        (replay, "replay", lambda office: {"decisions": 4, "differ": [{"award": 1}]}),
        (replay, "replay", lambda office: {"decisions": 0, "differ": []}),
        (verify, "checks", lambda office: [Check("log", 3, ("2: hash",))]),
    ],
)
def test_a_part_that_is_not_whole_ends_it(
    workshop: Path, made: Made, monkeypatch: pytest.MonkeyPatch, part: Any, name: str, broken: Any
) -> None:
    copied(made, monkeypatch)
    monkeypatch.setattr(part, name, broken)
    with pytest.raises(AssertionError):
        selfcheck.selfcheck()
    assert list(workshop.iterdir()) == []


def test_its_status_is_the_program_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["voucher-desk", "--selfcheck"])
    monkeypatch.setattr("signal.signal", lambda kind, then: None)
    monkeypatch.setattr(selfcheck, "selfcheck", lambda: 7)
    with pytest.raises(SystemExit) as ended:
        main.main()
    assert ended.value.code == 7
