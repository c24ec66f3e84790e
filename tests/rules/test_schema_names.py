"""Facts of a pack's own, and parameters that no source states."""

from datetime import date

import pytest

from rules.facts import Fact
from rules.faults import PackFaults
from rules.schema_names import MOST_WAYS
from tests.rules.desk import small


def test_a_fact_of_a_packs_own_has_type_titles_headings_choices_and_default() -> None:
    facts = small(
        "[[fact]]\nid = 'chip'\ntype = 'choice'\ntitle = '算力来源'\ntitle_en = 'origin of the compute'\n"
        "headings = ['算力来源', '芯片']\nchoices = ['domestic', 'other']\n"
        "[[fact]]\nid = 'usage_fee'\ntype = 'money'\ndefault = 'contract_amount'\n"
        "[[fact]]\nid = 'grants'\ntype = 'money'\ndefault = 0\n"
    ).pack.facts
    assert facts["chip"] == Fact(
        "chip", "choice", "算力来源", "origin of the compute", ("算力来源", "芯片"), ("domestic", "other")
    )
    assert (facts["usage_fee"].default, facts["grants"].default) == ("contract_amount", 0)
    assert (facts["usage_fee"].title, facts["usage_fee"].title_en) == ("usage_fee", "usage fee")


def test_a_reading_without_a_value_means_its_id() -> None:
    (days, most) = small(
        "[[condition]]\nid = 'signed'\narticle = 'a'\nfact = 'signed_on'\nat_least = { unset = 'since' }\n"
        "[[cap]]\nid = 'most'\nlimit = { unset = 'most' }\narticle = 'a'\n"
        "[[unset]]\nid = 'since'\ntype = 'date'\ntitle = '起始日'\nreading = ["
        "{ id = 'new', value = 2026-01-01, source = 's' }, "
        "{ id = 'old', value = 2025-01-01, source = 's' }]\n"
        "[[unset]]\nid = 'most'\ntitle = 'x'\ntype = 'money'\n"
        "reading = [{ id = '100', source = 's' }, { id = '200', title = '二百', source = 's' }]\n"
    ).pack.unset
    assert [reading.value for reading in days.readings] == [date(2026, 1, 1), date(2025, 1, 1)]
    assert [(reading.id, reading.value, reading.title) for reading in most.readings] == [
        ("100", 10_000, "100"),
        ("200", 20_000, "二百"),
    ]
    assert (days.title, days.title_en) == ("起始日", "起始日")


def _faults(count: int) -> dict[str, str]:
    """The faults of a pack with so many parameters of two readings, that nothing asks for."""
    row = (
        '[[unset]]\nid = "u{}"\ntitle = "t"\n'
        'reading = [{{ id = "a", source = "s" }}, {{ id = "b", source = "s" }}]\n'
    )
    with pytest.raises(PackFaults) as caught:
        small("".join(map(row.format, range(count))))
    return {fault.code: str(fault.params.get("id")) for fault in caught.value.faults}


def test_what_may_be_read_in_too_many_ways_is_a_fault() -> None:
    """Twenty-four parameters of two readings each took all of a computer's memory."""
    fits = MOST_WAYS.bit_length() - 1
    assert "pack.too_many_ways" not in _faults(fits)
    assert _faults(30)["pack.too_many_ways"] == f"u{fits}"
