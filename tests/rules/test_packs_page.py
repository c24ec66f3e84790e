"""The manual of the pack: what it shows works, and it leaves nothing of the format out."""

import re
from pathlib import Path

import pytest

from casework.core.holidays import calendar
from rules import draft, schema, schema_names, schema_rules
from rules.check import check
from rules.check_text import WAIVABLE
from rules.facts import TYPES
from rules.faults import GRADES
from rules.pack import load
from rules.predicate import APART, COMPARE

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
PACKS = [load(text) for text in BLOCKS]


def names_in_code() -> set[str]:
    """Every word that stands as code in the page, tables and examples included."""
    found: set[str] = set()
    for code in re.findall(r"```.*?```|`[^`]+`", PAGE, re.DOTALL):
        found.update(re.findall(r"[a-z_]+", code))
    return found


@pytest.mark.parametrize("text", BLOCKS, ids=lambda text: text.split('"')[1])
def test_every_pack_of_the_page_loads_and_passes_the_check(text: str) -> None:
    others = [pack for pack in PACKS if pack.canonical != load(text).canonical]
    report = check(text, others, None, calendar())
    assert report.faults == ()


def test_the_shortest_pack_is_short() -> None:
    assert len(BLOCKS[0].strip().splitlines()) <= 17


def test_every_key_and_word_of_the_format_is_told() -> None:
    files = [Path(str(module.__file__)) for module in (schema, schema_names, schema_rules, draft)]
    source = "".join(path.read_text(encoding="utf-8") for path in files)
    keys = set(re.findall(r'"([a-z_]+)": Key\(', source))
    assert len(keys) > 60
    words = {*TYPES, *WAIVABLE, *COMPARE, *APART, *schema_rules.SCOPES, "all", "any", "not", "given"}
    words |= {"known", "to_largest", "hold", "ignore", "ceiling", "day", "base"}
    words |= {"rest", "nothing", "stop", "next", "largest_remainder", "largest", "left_over", "first_come"}
    words |= {"ranked", "pro_rata", "line", "step", "end", "down", "up", "half_up", "half_even", "month"}
    words |= {grade for grade in GRADES if grade.isalpha() and grade.islower()}
    assert sorted((keys | words) - names_in_code()) == []


def test_the_page_knows_when_a_key_is_missing_from_it() -> None:
    assert "fixed" in names_in_code()
    assert "no_such_key" not in names_in_code()


def test_every_shipped_pack_is_named() -> None:
    for path in (ROOT / "resources" / "policies").rglob("*.toml"):
        scheme = path.stem.rsplit("-", 1)[0]
        assert scheme in PAGE, path
