"""Facts of a pack's own, and parameters that no source states."""

from datetime import date

from rules.facts import Fact
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
