"""The page that teaches banks' files: its examples are whole, and every key stands on it."""

import re
from datetime import date
from pathlib import Path

import pytest

from papers.banks import answer_files, answer_toml, bank_toml, fill, matching, payment
from tests.papers.banks.bank_samples import of_headings

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "banks.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


def test_the_whole_example_fills_and_reads(tmp_path: Path) -> None:
    (text, _), (paid,), (answer,) = blocks("toml"), blocks("csv"), blocks("text")
    out = bank_toml.read(text, tmp_path).fill
    assert out is not None and out.template is not None
    of_headings(out.template, out.sheet, out.first_row - 1, [column.place for column in out.columns])
    (tmp_path / "付款.csv").write_text(paid, encoding="utf-8")
    (tmp_path / "结果.txt").write_bytes(answer.encode("gbk"))
    bank, found = bank_toml.read(text, tmp_path), payment.read(tmp_path / "付款.csv")
    assert found.refused == () and fill.fill(bank, found.found, date(2026, 9, 2)).content
    matched = matching.match(found.found, answer_files.read(tmp_path / "结果.txt", bank))
    assert [(each.outcome, each.by, each.line.reason) for each in matched] == [
        ("paid", "reference", ""),
        ("failed", "reference", "户名不符"),
    ]


def test_the_text_example_is_whole() -> None:
    out = bank_toml.read(blocks("toml")[1], Path()).fill
    assert out is not None and out.text and out.unit_fen == 1


@pytest.mark.parametrize("module", ["bank_toml", "limits_toml", "answer_toml"])
def test_every_key_that_is_read_stands_on_the_page(module: str) -> None:
    source = (Path(bank_toml.__file__).parent / f"{module}.py").read_text(encoding="utf-8")
    asked = r'(?:table|within)\.(?:text|needed|one_of|whole|flag|texts|amount|table)\(\s*"(\w+)"'
    keys = set(re.findall(asked, source))
    assert keys
    assert [key for key in sorted(keys) if not re.search(rf"(?<!\w){key}(?!\w)", PAGE)] == []


def test_every_outcome_and_field_stands_on_the_page() -> None:
    words = {*payment.FIELDS, *answer_toml.COLUMNS, *answer_toml.OUTCOMES, "mismatch", "twice", "unknown"}
    assert [word for word in sorted(words) if f"`{word}`" not in PAGE and f"{{{word}}}" not in PAGE] == []
