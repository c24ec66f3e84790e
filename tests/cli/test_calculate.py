import csv
from pathlib import Path

import words
from tests.commandline import Desk

HEADINGS = (
    "case,applied_at,applicant,applicant_kind,founded_on,signed_on,"
    "contract_amount,related_party,provider_admitted"
)
GOOD = "1,2026-05-10,A,enterprise,2020-01-01,2026-02-01,8000000,no,yes"
BAD = "2,2026-05-10,B,enterprise,2020-01-01,2026-02-01,eight,no,yes"


def cases(folder: Path, *rows: str) -> Path:
    path = folder / "案件 1.csv"
    path.write_text("\n".join((HEADINGS, *rows)), encoding="utf-8")
    return path


def test_the_answer_for_programs(desk: Desk, tmp_path: Path) -> None:
    answer = desk("--json", "calculate", cases(tmp_path, GOOD), "-o", tmp_path / "out.csv")
    assert answer.status == 0
    found = answer.json
    assert found.pop("seconds") >= 0
    assert found == {
        "rows": 1,
        "awarded": 1,
        "refused": 0,
        "blocked": 0,
        "unreadable": 0,
        "award": "4000000.00",
        "output": str(tmp_path / "out.csv"),
    }
    assert answer.err == ""


def test_a_row_that_cannot_be_read_ends_with_1_and_is_there(desk: Desk, tmp_path: Path) -> None:
    answer = desk("--json", "calculate", cases(tmp_path, GOOD, BAD), "-o", tmp_path / "out.csv")
    assert (answer.status, answer.json["unreadable"]) == (1, 1)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert [row["reasons"] for row in csv.DictReader(file)] == ["", "contract_amount"]


def test_rows_that_cannot_be_read_are_named_with_their_columns_and_a_code_to_confirm(
    desk: Desk, tmp_path: Path
) -> None:
    wrong = GOOD.replace("1,", "3,", 1).replace(",A,", ",91440300MA50050231,")
    source, target = cases(tmp_path, GOOD, BAD, wrong), tmp_path / "out.csv"
    found = desk("--json", "calculate", source, "-o", target).json
    assert found["unreadable_rows"] == [
        {"row": 2, "case": "2", "columns": ["contract_amount"]},
        {"row": 3, "case": "3", "columns": ["applicant"]},
    ]
    assert found["to_confirm"] == ["91440300MA50050231"]
    said = desk("--lang", "en", "calculate", source, "-o", target).out
    rows = ["2 (contract_amount)", "3 (applicant)"]
    assert words.say("cli.calculate.unreadable", "en", rows=rows) in said
    assert words.say("cli.calculate.to_confirm", "en", codes=("91440300MA50050231",)) in said
    again = desk("calculate", source, "-o", target, "--confirm", "91440300MA50050231=与营业执照原件核对一致")
    assert "91440300MA50050231" not in again.out


def test_people_read_a_sentence(desk: Desk, tmp_path: Path) -> None:
    source, target = cases(tmp_path, GOOD), tmp_path / "out.csv"
    params = {"rows": 1, "awarded": 1, "refused": 0, "blocked": 0, "unreadable": 0, "award_fen": 400_000_000}
    assert (
        desk("calculate", source, "-o", target).out
        == words.say("cli.calculate.done", output=target, **params) + "\n"
    )
    said = desk("--lang", "en", "calculate", source, "-o", target).out
    assert said == words.say("cli.calculate.done", "en", output=target, **params) + "\n"


def test_a_pack_from_a_file_or_one_version(desk: Desk, tmp_path: Path) -> None:
    shown = desk("--json", "policy", "show", "shenzhen-training-voucher@2026").json["packs"][0]["toml"]
    pack = tmp_path / "mine.toml"
    pack.write_text(shown.replace('rate = "0.5"', 'rate = "0.4"'), encoding="utf-8")
    source, target = cases(tmp_path, GOOD), tmp_path / "out.csv"
    assert desk("--json", "calculate", source, "-o", target, "--policy", pack).json["award"] == "3200000.00"
    assert (
        desk("--json", "calculate", source, "-o", target, "--policy", "shenzhen-training-voucher@2025").json[
            "blocked"
        ]
        == 1
    )


def test_a_pack_with_a_fault_is_refused_with_its_line(desk: Desk, tmp_path: Path) -> None:
    pack = tmp_path / "mine.toml"
    pack.write_text('id = "x"\nversion = 2026\n', encoding="utf-8")
    answer = desk("--json", "calculate", cases(tmp_path, GOOD), "-o", tmp_path / "out.csv", "--policy", pack)
    assert (answer.status, answer.json["error"]) == (2, "policy.faults")
    assert not (tmp_path / "out.csv").exists()
