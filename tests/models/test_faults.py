"""Faults of an office's place are codes with sentences in both languages."""

import re
from pathlib import Path

import pytest

import words
from models.faults import OfficeFault


def test_a_fault_carries_its_code_and_parameters() -> None:
    fault = OfficeFault("office.not_found", path="x")
    assert (fault.code, fault.params) == ("office.not_found", {"path": "x"})


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_every_code_has_its_sentence(lang: str) -> None:
    sources = (Path(__file__).parents[2] / "models").glob("*.py")
    found = {code for source in sources for code in re.findall(r'OfficeFault\("([^"]+)"', source.read_text())}
    assert len(found) >= 8
    assert found <= words.codes(lang)
