"""Files built to harm: each ends as one `Unreadable`, within seconds, in little memory, with a sentence."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from papers.reading import reader
from papers.reading.unreadable import Unreadable
from tests.papers import hostile_files as hostile

MOST_SECONDS = 20.0
MOST_MEGABYTES = 1024
ROOT = Path(__file__).resolve().parents[2]

FILES: list[tuple[Callable[[Path], Path], str]] = [
    (hostile.far_cell, "too_many_rows"),
    (hostile.far_cell_and_near, "too_many_rows"),
    (hostile.million_rows_without_numbers, "too_many_rows"),
    (hostile.wide_and_deep, "too_many_cells"),
    (hostile.many_empty_strings, "too_many_cells"),
    (hostile.entities, "harmful"),
    (hostile.outside_entity, "harmful"),
    (hostile.merged_sheet, "harmful"),
    (hostile.no_sheet, "no_sheet"),
    (hostile.only_hidden, "all_hidden"),
    (hostile.sheet_elsewhere, "damaged"),
    (hostile.macros, "macros"),
    (hostile.lying_directory, "damaged"),
    (hostile.overlapping_parts, "harmful"),
    (hostile.zip_of_zips, "no_table"),
    (hostile.many_parts, "harmful"),
    (hostile.truncated, "damaged"),
    (hostile.broken_xml, "damaged"),
    (hostile.deep_xml, "no_headings"),
    (hostile.deep_book, "damaged"),
    (hostile.utf_16, "harmful"),
    (hostile.old_workbook, "old_workbook"),
    (hostile.encrypted, "encrypted"),
    (hostile.encrypted_zip, "encrypted"),
    (hostile.web_page, "html"),
    (hostile.xml_workbook, "xml"),
    (hostile.open_document, "open_document"),
    (hostile.noise, "no_table"),
    (hostile.noise_behind_a_zip_mark, "damaged"),
    (hostile.nothing, "empty"),
]

MEASURED = """
import resource, sys
from pathlib import Path
from papers.reading import reader
try:
    reader.portal(Path(sys.argv[1]))
    print("read")
except reader.Unreadable as error:
    print(error.code, end=" ")
# Linux hands a process's largest memory on to what it starts, the test runner's to this one too
own = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print((own + child) // 1024)
"""


@pytest.mark.parametrize(("build", "code"), FILES, ids=[build.__name__ for build, _ in FILES])
def test_a_harmful_file_ends_with_one_sentence(
    build: Callable[[Path], Path], code: str, tmp_path: Path
) -> None:
    path = build(tmp_path / "round.xlsx")
    start = time.monotonic()
    with pytest.raises(Unreadable) as caught:
        reader.portal(path)
    assert time.monotonic() - start < MOST_SECONDS
    assert caught.value.code == code
    for lang in ("zh", "en"):
        sentence = caught.value.say(lang)
        assert sentence.endswith(("。", ".")) and "\n" not in sentence


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what memory was taken")
@pytest.mark.parametrize(
    ("build", "code"), [(hostile.million_rows, "too_many_rows"), (hostile.long_text, "harmful")]
)
def test_a_large_harmful_file_takes_little_memory(
    build: Callable[[Path], Path], code: str, tmp_path: Path
) -> None:
    path = build(tmp_path / "round.xlsx")
    start = time.monotonic()
    asked = [sys.executable, "-c", MEASURED, str(path)]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True)
    assert time.monotonic() - start < MOST_SECONDS
    said, megabytes = done.stdout.decode().split()
    assert said == code and int(megabytes) < MOST_MEGABYTES


@pytest.mark.parametrize(
    "build",
    [
        hostile.far_cell,
        hostile.wide_and_deep,
        hostile.merged_sheet,
        pytest.param(hostile.many_empty_strings, marks=pytest.mark.slow),
        pytest.param(hostile.long_text, marks=pytest.mark.slow),
        pytest.param(hostile.million_rows, marks=pytest.mark.slow),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="no limit of memory there")
def test_the_process_alone_stands_what_slips_past_the_guard(
    build: Callable[[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from papers.reading import guard
    from papers.reading.survey import PartSurvey

    def blind(path: Path, stopped: object = None) -> guard.Checked:
        return guard.Checked("xlsx", parts={"xl/worksheets/sheet1.xml": PartSurvey()})

    monkeypatch.setattr(guard, "check", blind)
    start = time.monotonic()
    with pytest.raises(Unreadable) as caught:
        reader.portal(build(tmp_path / "round.xlsx"))
    assert caught.value.code in ("too_heavy", "too_many_rows", "too_many_cells", "no_headings")
    assert time.monotonic() - start < MOST_SECONDS


def test_changed_bytes_never_raise_anything_else(tmp_path: Path) -> None:
    for seed in range(60):
        with pytest.raises(Unreadable):
            reader.portal(hostile.flipped_bits(tmp_path / "round.xlsx", seed))


@pytest.mark.slow
def test_many_changed_bytes_never_raise_anything_else(tmp_path: Path) -> None:
    for seed in range(1_000, 2_500):
        with pytest.raises(Unreadable):
            reader.portal(hostile.flipped_bits(tmp_path / "round.xlsx", seed))
