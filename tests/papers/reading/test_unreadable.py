"""Every refusal of a file has its sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import papers
from papers.reading.unreadable import Unreadable

PARAMS = {
    "name": "a.xlsx", "megabytes": 1, "most": 5, "row": 3, "fields": ["case", "applicant"], "field": "case",
    "first": "甲", "second": "乙", "heading": "丙", "note": "丁", "what": "parts",
    "sheets": ["封面"], "encoding": "Big5", "column": "ZZZ", "cell": "（万元）",
}  # fmt: skip


def raised() -> list[str]:
    found = set()
    for source in Path(papers.__file__).parent.rglob("*.py"):
        if source.parent.name == "invoices":  # which say why by sentences of their own
            continue
        text = source.read_text(encoding="utf-8")
        found.update(re.findall(r'Unreadable\(\s*"(\w+)"', text))
        found.update(re.findall(r'"unreadable", "(\w+)"', text))
    return sorted(found | {"encrypted", "old_workbook", "not_found", "no_access", "folder", "open_document"})


@pytest.mark.parametrize("code", raised())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_refusal_is_one_sentence(code: str, lang: str) -> None:
    said = Unreadable(code, **PARAMS).say(lang)
    assert said.endswith("。" if lang == "zh" else ".") and "{" not in said and "\n" not in said


def test_fields_are_named_in_the_language() -> None:
    said = Unreadable("missing_columns", fields=["case", "applicant"])
    assert "申报编号、统一社会信用代码" in said.say("zh") and "case number" in said.say("en")
