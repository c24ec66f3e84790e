"""``bank``: out and back without an office, as CONTRACT's page has it."""

from pathlib import Path

import pytest

import words
from tests.commandline import Desk
from tests.papers.banks import bank_samples as samples
from tests.papers.banks.bank_samples import FAILED, PAID, PENDING


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    samples.template(tmp_path / "template.xlsx")
    samples.bank_toml(tmp_path)
    samples.payments_csv(tmp_path / "payments.csv")
    return tmp_path


def test_the_file_is_written_and_told(desk: Desk, folder: Path) -> None:
    out = folder / "out.xlsx"
    asked = (
        "bank",
        "fill",
        folder / "payments.csv",
        "--bank",
        folder / "bank.toml",
        "-o",
        out,
        "--date",
        "2026-09-02",
    )
    answer = desk("--json", *asked)
    assert (answer.status, answer.json) == (0, {"rows": 3, "written": 3, "refused": [], "output": str(out)})
    assert out.read_bytes().startswith(b"PK")
    params = {"rows": 3, "amount_fen": 111_900_008, "file": str(out), "bank": "滨海样例银行"}
    assert desk(*asked).out == words.say("cli.bank.written", **params) + "\n"


def test_a_limit_that_is_broken_writes_nothing_and_names_the_row(desk: Desk, folder: Path) -> None:
    row = "BF1,{},银行,,,,4000020009200111111,5.00,兑付"
    samples.payments_csv(
        folder / "payments.csv", row.format("甲公司"), row.format("深" * 31).replace("BF1", "BF2")
    )
    out = folder / "out.xlsx"
    asked = ("bank", "fill", folder / "payments.csv", "--bank", folder / "bank.toml", "-o", out)
    said = "第 3 行（BF2）payee：有 62 个字节（汉字算两个），银行最多收 60 个。"
    answer = desk("--json", *asked)
    refused = [{"row": 3, "ref": "BF2", "field": "payee", "say": said}]
    assert (answer.status, answer.json) == (1, {"rows": 2, "written": 0, "refused": refused})
    assert not out.exists()
    answer = desk(*asked)
    assert (answer.status, answer.out.splitlines()) == (1, [said, "2 笔都没有写出，先改以上 1 处。"])


def test_a_row_that_is_no_payment_keeps_all_back(desk: Desk, folder: Path) -> None:
    samples.payments_csv(folder / "payments.csv", "BF1,甲,银行,,,,4000,五元,兑付")
    answer = desk(
        "--json", "bank", "fill", folder / "payments.csv", "--bank", folder / "bank.toml", "-o", folder / "o"
    )
    assert (answer.status, [each["field"] for each in answer.json["refused"]]) == (1, ["amount"])


def test_neither_the_template_nor_the_payments_are_written_over(desk: Desk, folder: Path) -> None:
    for name in ("template.xlsx", "payments.csv"):
        before = (folder / name).read_bytes()
        answer = desk(
            "--json",
            "bank",
            "fill",
            folder / "payments.csv",
            "--bank",
            folder / "bank.toml",
            "-o",
            folder / name,
        )
        assert (answer.status, answer.json["error"]) == (2, "calculate.same_file")
        assert (folder / name).read_bytes() == before


def test_answers_of_two_kinds_in_the_order_given(desk: Desk, folder: Path) -> None:
    bank = samples.answer_text(folder / "a.txt", PAID, FAILED, PENDING)
    paid = samples.item("BF2026090002", "755900000020202", "300000.07", "300000.07", flow="91")
    failed = samples.item("BF2026090003", "741900000044", "0.01", "0.00", "账号已销户")
    treasury = samples.receipt(folder / "r.xml", "300000.08", "300000.07", paid, failed)
    asked = (
        "bank",
        "read",
        bank,
        treasury,
        "--bank",
        folder / "bank.toml",
        "--payments",
        folder / "payments.csv",
    )
    answer = desk("--json", *asked)
    assert answer.status == 1
    keys = ("file", "ref", "outcome", "amount", "date", "flow", "reason", "by")
    assert [tuple(each[key] for key in keys) for each in answer.json["lines"]] == [
        ("a.txt", "BF2026090001", "paid", "819000.00", "2026-09-03", "B01", "", "reference"),
        ("a.txt", "BF2026090002", "failed", "300000.07", "", "", "户名不符", "reference"),
        ("a.txt", "BF2026090003", "pending", "0.01", "", "", "", "reference"),
        ("r.xml", "BF2026090002", "paid", "300000.07", "2026-09-04", "91", "", "reference"),
        ("r.xml", "BF2026090003", "failed", "0.01", "", "", "账号已销户", "reference"),
    ]
    shown = desk("--lang", "en", *asked).out
    assert "failed" in shown and "户名不符" in shown


def test_all_paid_or_pending_is_well_and_the_rest_is_asked_about(desk: Desk, folder: Path) -> None:
    bank = samples.answer_text(folder / "a.txt", PAID, PENDING)
    asked = ("bank", "read", bank, "--bank", folder / "bank.toml", "--payments", folder / "payments.csv")
    answer = desk("--json", *asked)
    assert (answer.status, answer.json["unanswered"]) == (0, [{"ref": "BF2026090002", "amount": "300000.07"}])
    assert "请向银行查询，不要重发。" in desk(*asked).out


def test_another_batch_a_row_twice_and_a_proposal_are_told_with_their_row(desk: Desk, folder: Path) -> None:
    strange = PAID.replace("BF2026090001", "BF2025010009").replace("111111|", "999999|")
    lines = (PAID, PAID, strange, PENDING.replace("BF2026090003", ""), FAILED.replace(".07", ".08"))
    bank = samples.answer_text(folder / "a.txt", *lines)
    answer = desk(
        "--json", "bank", "read", bank, "--bank", folder / "bank.toml", "--payments", folder / "payments.csv"
    )
    found = [(each["outcome"], each["by"], each["ref"]) for each in answer.json["lines"]]
    assert found == [
        ("paid", "reference", "BF2026090001"),
        ("twice", "reference", "BF2026090001"),
        ("unknown", "", "BF2025010009"),
        ("pending", "account", "BF2026090003"),
        ("mismatch", "reference", "BF2026090002"),
    ]
    assert [each["say"] for each in answer.json["lines"]][1:3] == [
        "第 4 行所说的这笔付款，“a.txt”第 3 行已经说过，请核对是否付了两次。",
        "第 5 行不在这份付款表里，可能是另一批的，请核对。",
    ]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_file_with_a_fault_is_one_sentence_and_2(desk: Desk, folder: Path, lang: str) -> None:
    cut = folder / "cut.txt"
    cut.write_bytes(samples.answer_text(folder / "a.txt", PAID, FAILED).read_bytes()[:-30])
    for path, bank in (
        (cut, folder / "bank.toml"),
        (folder / "none.txt", folder / "bank.toml"),
        (cut, "nobody"),
    ):
        answer = desk(
            "--json",
            "--lang",
            lang,
            "bank",
            "read",
            path,
            "--bank",
            bank,
            "--payments",
            folder / "payments.csv",
        )
        assert (answer.status, answer.err.count("\n")) == (2, 1)
        assert set(answer.json) == {"error", "say"}
    samples.payments_csv(folder / "payments.csv", "BF1,甲,银行,,,,4000,五元,兑付")
    answer = desk(
        "--json",
        "--lang",
        lang,
        "bank",
        "read",
        cut,
        "--bank",
        "treasury",
        "--payments",
        folder / "payments.csv",
    )
    assert (answer.status, answer.json["error"]) == (2, "cli.bank.payments")


def test_a_day_that_is_none(desk: Desk, folder: Path) -> None:
    answer = desk(
        "--json",
        "bank",
        "fill",
        folder / "payments.csv",
        "--bank",
        folder / "bank.toml",
        "-o",
        folder / "o",
        "--date",
        "soon",
    )
    assert (answer.status, answer.json["error"]) == (2, "cli.bank.date")


def test_what_ships_is_listed_and_shown_and_used_by_its_name(desk: Desk, folder: Path) -> None:
    listed = desk("--json", "bank", "list").json["banks"]
    assert {"id": "treasury", "name": "国库集中支付"} in listed
    assert "treasury" in desk("bank", "list").out
    text = desk("bank", "show", "icbc-text").out
    assert desk("--json", "bank", "show", "icbc-text").json["toml"] == text
    asked = ("bank", "fill", folder / "payments.csv", "--bank", "icbc-text", "-o", folder / "out.txt")
    assert desk("--json", *asked).json["written"] == 3
    assert (folder / "out.txt").read_bytes().decode("gbk").startswith("#总计信息\r\n")
    assert desk("--json", "bank", "show", "nobody").json["error"] == "bank.no_such"
