"""The mark between cells is the one that gives the heading row its columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from papers.reading import reader
from papers.reading.separators import is_said, separator
from tests.papers.portal_files import application, table


def lines(mark: str, purpose: str) -> list[str]:
    found = [[str(cell or "") for cell in line] for line in table(application(1), application(2))]
    found = [[*line, more] for line, more in zip(found, ("用途说明", purpose, purpose), strict=True)]
    return [mark.join(line) + "\r\n" for line in found]


@pytest.mark.parametrize("mark", [",", "\t", ";", "|", "，", "；"])
def test_a_long_text_with_other_marks_decides_nothing(mark: str, tmp_path: Path) -> None:
    other = ";" if mark in ",，" else ","
    text = "".join(
        ["2026年训力券申报表；导出：" + other * 3 + "\r\n", *lines(mark, other.join("训练微调推理评测" * 5))]
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    file = reader.portal(tmp_path / "a.txt")
    assert [row.row for row in file.rows] == [3, 4] and not file.rejects
    assert file.rows[0].said["purpose"].startswith(f"训{other}练")


def test_a_mark_in_quotes_is_text() -> None:
    assert separator(['"合同编号, 补充";申报编号;单位名称\n', '"a,b,c,d";1;x\n']) == ";"


def test_a_file_may_say_its_mark_itself(tmp_path: Path) -> None:
    for said in ("sep=;\r\n", '"SEP=;"\r\n'):
        assert is_said(said) and separator([said, "a,b,c\n"]) == ";"
        (tmp_path / "a.csv").write_text("\ufeff" + said + "".join(lines(";", "x")), encoding="utf-8")
        file = reader.portal(tmp_path / "a.csv")
        assert [row.row for row in file.rows] == [3, 4]


def test_without_known_headings_the_mark_that_stands_most_often_is_it() -> None:
    assert separator(["甲\t乙\t丙\n", "1\t2,5\t3\n"]) == "\t"
    assert separator(["甲\n"]) == separator([]) == ","
