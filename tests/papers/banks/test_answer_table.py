"""Answers that are tables: where the headings stand, which rows are lines, and what was cut."""

from pathlib import Path

import openpyxl
import pytest

from papers.banks import answer_table, bank_toml, file_rows
from papers.banks.answer_line import AnswerLine
from papers.banks.bank_fault import BankFault
from papers.reading.unreadable import Unreadable
from tests.papers.banks import bank_samples as samples
from tests.papers.banks.bank_samples import FAILED, PAID, PENDING


def read(path: Path, text: str = samples.BANK) -> list[AnswerLine]:
    answer = bank_toml.read(text, path.parent).answer
    assert answer is not None
    return answer_table.lines(path.name, file_rows.read(path, answer.separator), answer)


def told(lines: list[AnswerLine]) -> list[tuple[int, str, int | None, str, str]]:
    return [(line.row, line.ref, line.amount_fen, line.outcome, line.reason) for line in lines]


EXPECTED = [
    (3, "BF2026090001", 81_900_000, "paid", ""),
    (4, "BF2026090002", 30_000_007, "failed", "户名不符"),
    (5, "BF2026090003", 1, "pending", ""),
]


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_text_in_whatever_encoding(tmp_path: Path, encoding: str, end: str) -> None:
    path = samples.answer_text(tmp_path / "a.txt", PAID, FAILED, PENDING, encoding=encoding, end=end)
    assert told(read(path)) == EXPECTED


def test_a_csv_with_quotes_and_protected_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    row = '{}\t,"=""{}""","{}",兑付,成功,2026-09-03,B01,\n'.format
    text = samples.ANSWER_HEADINGS.replace("|", ",") + "\n"
    text += row("BF2026090001", "4000020009200111111", "819,000.00")
    path.write_bytes(text.encode("gbk"))
    (line,) = read(path, samples.BANK.replace('separator = "|"', ""))
    assert (line.ref, line.account, line.amount_fen) == ("BF2026090001", "4000020009200111111", 81_900_000)


def test_a_workbook_with_lines_above_and_a_total_below(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    for _ in range(5):
        page.append(["查询条件", "x"])
    page.append(samples.ANSWER_HEADINGS.split("|"))
    page.append(
        ["BF2026090001", "4000020009200111111", 819000, "兑付 XL01", "成功", "2026-09-03", "B01", None]
    )
    page.append(["合计", None, 819000])
    page.append([None, None, 819000])
    book.create_sheet("说明").append(["没有表头"])
    book.save(tmp_path / "a.xlsx")
    text = samples.BANK.replace('separator = "|"', 'left_out = "合计"')
    assert told(read(tmp_path / "a.xlsx", text)) == [(7, "BF2026090001", 81_900_000, "paid", "")]


def test_no_headings_but_columns_by_letters_and_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("HEAD|2\n1|BF2026090001|5.00|00\n2|BF2026090002|7.00|99\n".encode("gbk"))
    text = """
name = "x"
[answer]
separator = "|"
first_row = 2
[answer.columns]
ref = "B"
amount = "3"
status = "D"
[answer.status]
paid = "00"
failed = "99"
"""
    assert told(read(path, text)) == [
        (2, "BF2026090001", 500, "paid", ""),
        (3, "BF2026090002", 700, "failed", ""),
    ]


@pytest.mark.parametrize("cut", range(1, len(f"{PENDING}\r\n") + 1))
def test_a_text_cut_anywhere_in_its_last_line_is_never_read_as_whole(tmp_path: Path, cut: int) -> None:
    """Cut between two lines nothing is there to be seen but the payments without an answer; cut in the last
    empty cell nothing is lost."""
    path = samples.answer_text(tmp_path / "a.txt", PAID, PENDING)
    path.write_bytes(path.read_bytes()[:-cut])
    try:
        lines = read(path)
    except Unreadable as unreadable:
        assert unreadable.code == "encoding"  # half a character
    except BankFault as fault:
        assert fault.code == "bank.answer.cut_row" and "第 4 行" in fault.say()
    else:
        assert len(lines) == 1 or told(lines)[1] == (4, "BF2026090003", 1, "pending", "")


def test_a_line_that_lacks_what_decides_is_told_wherever_it_stands(tmp_path: Path) -> None:
    path = samples.answer_text(tmp_path / "a.txt", "BF2026090001|4000020009200111111|819,000.00", FAILED)
    with pytest.raises(BankFault) as caught:
        read(path)
    assert (
        caught.value.say() == "“a.txt”第 3 行只有 3 格，文件在这里被截断；请重新下载，没有采用其中任何一行。"
    )
    path = samples.answer_text(tmp_path / "a.txt", PAID.removesuffix("|"), FAILED)
    assert [line.reason for line in read(path)] == ["", "户名不符"]  # a writer that leaves out what is empty


def test_what_a_file_says_of_itself_is_held(tmp_path: Path) -> None:
    head = '[answer]\nlast_line = "*"\ncount_after = "总笔数"\nsum_after = "总金额"'
    text = samples.BANK.replace("[answer]", head, 1)

    def answer(*lines: str) -> Path:
        return samples.answer_text(tmp_path / "a.txt", *lines)

    assert len(read(answer(PAID, FAILED, "总笔数：2 总金额：1,119,000.07元", "*"), text)) == 2
    for lines, code in (
        ((PAID, FAILED, "总笔数：2 总金额：1,119,000.07元"), "cut_end"),
        ((PAID, "总笔数：2 总金额：1,119,000.07元", "*"), "count"),
        ((PAID, FAILED, "总笔数：2 总金额：1,119,000.08元", "*"), "sum"),
        ((PAID, FAILED, "*"), "untold"),
    ):
        with pytest.raises(BankFault, match=f"bank.answer.{code}"):
            read(answer(*lines), text)


def test_an_answer_of_another_bank_is_told_by_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("编号|金额|状态\n1|2|成功\n".encode("gbk"))
    with pytest.raises(BankFault) as caught:
        read(path)
    assert caught.value.code == "bank.answer.headings"
    assert caught.value.params["headings"] == (
        "客户编号",
        "收款账号",
        "用途",
        "入账日期",
        "流水号",
        "失败原因",
    )


def test_a_heading_that_stands_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"{samples.ANSWER_HEADINGS}|金额\n{PAID}|5\n".encode("gbk"))
    with pytest.raises(BankFault, match=r"bank.answer.two_headings"):
        read(path)


def test_another_sheet_is_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["x"])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(BankFault, match=r"bank.template.sheet"):
        read(tmp_path / "a.xlsx", samples.BANK.replace('separator = "|"', 'sheet = "结果"'))
