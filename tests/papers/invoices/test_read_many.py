"""Many files at once: the order given, progress, stop, and a file that harms."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from papers.invoices import read_many as reading
from papers.invoices.invoice import Invoice, Refusal
from papers.invoices.read_many import read_many
from papers.reading.unreadable import Stopped
from tests.papers.invoices import made, made_ofd, made_pdf
from tests.papers.invoices.made import Paper
from tests.papers.invoices.test_originals import archive

PAPERS = [Paper(number=f"269520000012345{n:05}") for n in range(6)]


def told(entries: list[Invoice | Refusal]) -> list[str]:
    return [each.text("number")[-2:] if isinstance(each, Invoice) else each.code for each in entries]


def test_the_order_given_on_all_cores_with_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BATCH", 2)
    files = made.write(
        tmp_path, a__xml=made.xml(PAPERS[0]), b__pdf=made_pdf.pdf(PAPERS[1]), c__xml=b"<a>",
        d__ofd=made_ofd.ofd(PAPERS[2]), e__png=made_pdf.scan(PAPERS[3]), f__xml=made.xml(PAPERS[0]),
    )  # fmt: skip
    files.insert(3, archive(tmp_path / "z.zip", a__xml=made.xml(PAPERS[4]), b__xml=made.xml(PAPERS[5])))
    steps: list[tuple[int, int]] = []
    found = read_many(files, lambda done, total: steps.append((done, total)), workers=2)
    assert told(found) == ["00", "01", "damaged", "04", "05", "02", "03", "00"]
    assert steps == [(n, 8) for n in range(1, 9)]
    last = found[-1]
    assert isinstance(last, Invoice) and [each.code for each in last.findings] == ["same_invoice"]


def test_a_file_that_takes_too_long_is_refused_and_those_behind_it_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "STALLED_SECONDS", 1.5)
    files = made.write(tmp_path, a__xml=made.xml(PAPERS[0]), b__xml=b"", c__xml=made.xml(PAPERS[1]))
    files[1].unlink()
    try:
        import os

        os.mkfifo(files[1])
    except (AttributeError, OSError):
        pytest.skip("no pipe to wait on")
    assert told(read_many(files, workers=1)) == ["00", "too_heavy", "01"]


def test_stopped_within_a_second(tmp_path: Path) -> None:
    files = made.write(tmp_path, **{f"f{n}__pdf": made_pdf.pdf(PAPERS[n % 6]) for n in range(60)})
    stop = threading.Event()
    started = time.monotonic()
    with pytest.raises(Stopped):
        read_many(files, lambda done, total: stop.set(), stop.is_set)
    assert time.monotonic() - started < 10


def test_a_bug_or_an_interruption_ends_the_other_processes_too(tmp_path: Path) -> None:
    files = made.write(tmp_path, **{f"f{n}__pdf": made_pdf.pdf(PAPERS[n % 6]) for n in range(60)})

    def interrupted(done: int, total: int) -> None:
        raise KeyboardInterrupt

    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        read_many(files, interrupted, workers=2)
    assert time.monotonic() - started < 10


def test_nothing_from_nothing() -> None:
    assert read_many([]) == []
