"""Every command line that a page prints runs as it is printed, and ends as the page says.

A command line is a line of a code block, or code within a sentence, that begins with `voucher-desk` or
`python3 start.py`; a backslash joins it to the next line. It ends with 0; where the page promises another
status its comment begins with it (`# 1: some rows are rejected`). The lines of a page run in its order, in a
folder with the files that pages name. What opens a window or sets the machine up is only asked for its help.
"""

import csv
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import other_hand
from tests.commandline import Answer, Desk
from tests.end_to_end.conftest import Shown
from tests.papers.banks import bank_samples as samples

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
EXPORTED = re.compile(r"^ *export (VOUCHER_DESK_\w+)=(\S+)", re.MULTILINE)
"""What a page has one put into the environment before its commands."""
WINDOW = {"open"}
"""Commands that wait for a person in front of a screen."""


class Printed(NamedTuple):
    """A command line of a page and the exit status that the page promises."""

    words: tuple[str, ...]
    status: int


def printed(page: str) -> list[Printed]:
    """The command lines of a page, in its order."""
    page = re.sub(r"\\\n\s*", "", page)
    blocks = re.sub(r"^```[^\n]*$", "", page, flags=re.MULTILINE)
    found = []
    for line in blocks.splitlines():
        code, _, comment = re.sub(r"^ {4}", "", line).partition(" #")
        whole = code if _begins(code) else ""
        promised = re.match(r" *([012]):", comment)
        for command in [whole] if whole else filter(_begins, re.findall(r"`([^`]+)`", line)):
            found.append(Printed(tuple(shlex.split(command)), int(promised[1]) if whole and promised else 0))
    return found


def typed(desk: Desk, words: tuple[str, ...]) -> Answer:
    """What a command answers; of one that opens the window only its help is asked for."""
    return desk(*words, "--help") if not words or WINDOW & set(words) else desk(*words)


def _begins(code: str) -> bool:
    return re.match(r"(voucher-desk|python3 start\.py)( |$)", code) is not None


@pytest.fixture(autouse=True)
def folder(shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where one stands: with an office, files of cases, and the shortest pack of the page on packs."""
    for name in ("OFFICE", "业务库"):
        shutil.copy(shown.office, tmp_path / name)
    (tmp_path / "resources").symlink_to(ROOT / "resources")
    pack = re.findall(
        r"```toml\n(.*?)```", (ROOT / "docs" / "packs.md").read_text(encoding="utf-8"), re.DOTALL
    )[0]
    examples = "applied_at,contract_amount,expect_status,expect_award\n2026-05-06,100,awarded,30.00\n"
    cases = "case,applied_at,applicant,contract_amount\n1,2026-05-06,91440300MA5EXAMP0C,20000.00\n"
    for name in ("mine", "我的政策包"):
        (tmp_path / f"{name}.toml").write_text(pack, encoding="utf-8")
        (tmp_path / f"{name}.examples.csv").write_text(examples, encoding="utf-8")
    (tmp_path / "申请.csv").write_text(cases, encoding="utf-8")
    _bank_beside(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _bank_beside(folder: Path) -> None:
    """The files of the page on banks: its bank, the template that it fills, payments, answers."""
    page = (ROOT / "docs" / "banks.md").read_text(encoding="utf-8")
    bank, paid, answer = (
        re.findall(rf"```{kind}\n(.*?)```", page, re.DOTALL)[0] for kind in ("toml", "csv", "text")
    )
    (folder / "我的银行.toml").write_text(bank, encoding="utf-8")
    (folder / "付款.csv").write_text(paid, encoding="utf-8")
    (folder / "结果.txt").write_bytes(answer.encode("gbk"))
    item = samples.item("BF2026090001", "4000020009200111111", "819000.00", "819000.00")
    samples.receipt(folder / "回单.xml", "819000.00", "819000.00", item)
    samples.of_headings(
        folder / "付款模板.xlsx", "批量付款", 3, re.findall(r'^"(.+?)" = ', bank, re.MULTILINE)
    )


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_printed_command_runs(path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = path.read_text(encoding="utf-8")
    for name in ("VOUCHER_DESK_USER", "VOUCHER_DESK_PASSWORD"):
        monkeypatch.delenv(name)
    for name, value in EXPORTED.findall(page):
        monkeypatch.setenv(name, value)
    for line in printed(page):
        if line.words[0] == "python3":
            assert all(f"start.py {verb}" in helped() for verb in line.words[2:3]), line
            continue
        words = line.words[1:]
        answer = typed(desk, words)
        assert answer.status == line.status, (line, answer.err)


def helped() -> str:
    """What `start.py` says of itself."""
    command = [sys.executable, str(ROOT / "start.py"), "--help"]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout


def test_pages_print_commands() -> None:
    assert sum(len(printed(path.read_text(encoding="utf-8"))) for path in PAGES) > 20


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_command_line_of_a_page_is_passed_over(path: Path) -> None:
    """Whatever a page prints of the program with something behind it is one of the lines that are run."""
    page = path.read_text(encoding="utf-8")
    found = [line for line in printed(page) if line.words[0] == "voucher-desk" and len(line.words) > 1]
    assert len(re.findall(r"(?<![\w./-])voucher-desk (?=[a-z-])", page)) == len(found)


@pytest.mark.parametrize(
    ("language", "office", "says"),
    [
        ("zh", "业务库", ("五千万元", "三千万元", "六千万元")),
        ("en", "OFFICE", ("fifty million", "thirty million")),
    ],
)
def test_an_amount_is_what_the_page_says(
    folder: Path, desk: Desk, language: str, office: str, says: tuple[str, ...]
) -> None:
    """The finance page cuts, raises and goes above the ceiling by what it says, no hundredfold."""
    page = (ROOT / f"docs/manual/{language}/finance.md").read_text(encoding="utf-8")
    assert all(each in page for each in says)
    before = stands(folder / office)
    told = [desk("--json", *line.words[1:]) for line in printed(page) if "act" in line.words]
    assert [answer.status for answer in told] == [0] * 5
    moved = told.pop()
    assert (moved.json["amount"], moved.json["appropriation"]) == ("1000000.00", "1000000.00")
    assert [answer.json["amount"] for answer in told] == [
        "-50000000.00",
        "30000000.00",
        "60000000.00",
        "60000000.00",
    ]
    assert told[0].json["amount_in_capitals"] == "负伍仟万元整"
    assert "proposal" in told[2].json and told[2].json["available"] == told[1].json["available"]
    with other_hand.opened(folder / office) as opened:
        rows = opened.execute("SELECT amount_fen FROM appropriation ORDER BY id DESC LIMIT 5").fetchall()
    assert [fen for (fen,) in rows][:2] == [100_000_000, -100_000_000]
    assert [fen for (fen,) in rows][2:] == [6_000_000_000, 3_000_000_000, -5_000_000_000]
    assert stands(folder / office) == (before[0] + 3_900_000_000, before[1])
    assert told[-1].json["appropriation"] == f"{(before[0] + 4_000_000_000) / 100:.2f}"


def test_the_first_page_s_office_awards_from_what_it_allots(folder: Path, desk: Desk) -> None:
    """README: the year's allotment is five hundred million, and the case that is decided reserves of it."""
    for line in printed((ROOT / "README.md").read_text(encoding="utf-8")):
        if line.words[0] == "voucher-desk" and line.words[1:2] != ("act",):
            typed(desk, line.words[1:])
    given, used = stands(folder / "office.db")
    assert given == 50_000_000_000
    with other_hand.opened(folder / "office.db") as opened:
        ((holds,),) = opened.execute("SELECT holds_fen FROM decision").fetchall()
    assert used == holds > 0


def test_the_first_page_s_example_shows_what_can_become_of_a_case(folder: Path, desk: Desk) -> None:
    """README's first command: awards of every kind, the cap at work, and each reading of what is unset."""
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    (first, *_) = [line for line in printed(page) if "calculate" in line.words]
    assert desk(*first.words[1:]).status == 0
    with (folder / "awards.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["status"], row["award"], row["binding"] or row["reasons"]) for row in rows] == [
        ("awarded", "4000000.00", "rate"),
        ("blocked", "", "startup_ceiling"),
        ("awarded", "10000000.00", "rate"),
        ("refused", "", "related_party"),
        ("refused", "", "provider_admitted"),
        ("awarded", "6000000.00", "applicant_year"),
    ]
    assert rows[1]["readings"] == "startup_ceiling=50:302500.00;startup_ceiling=60:423000.00"


def stands(office: Path) -> tuple[int, int]:
    """What was allotted to the training voucher's budget, and what is used of it, in fen."""
    with other_hand.opened(office) as opened:
        sql = "SELECT appropriation_fen, reserved_fen + committed_fen + paid_fen + lapsed_fen FROM budget"
        found = opened.execute(f"{sql} WHERE key = 'shenzhen-training-voucher/2026'").fetchone()
    return int(found[0]), int(found[1])


def test_what_a_page_prints_is_found() -> None:
    page = "Say `voucher-desk act --list` or `act`.\n\n    voucher-desk import a.csv \\\n"
    page += (
        "        --user b   # 1: rejected\n\n```\npython3 start.py test   # the tests\nvoucher-desks\n```\n"
    )
    assert printed(page) == [
        Printed(("voucher-desk", "act", "--list"), 0),
        Printed(("voucher-desk", "import", "a.csv", "--user", "b"), 1),
        Printed(("python3", "start.py", "test"), 0),
    ]


def test_a_line_that_does_not_work_fails(desk: Desk) -> None:
    (line,) = printed("    voucher-desk --office OFFICE replay --no-such-option\n")
    assert desk(*line.words[1:]).status != line.status
