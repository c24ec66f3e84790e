"""A pack while it is read: what every table's check shares."""

import pytest

from rules.check import Finding, check
from rules.draft import RULE, Draft, listed, texts
from rules.faults import PackFaults, Reader
from rules.pack import load
from rules.parts import Rule, Source
from rules.policy import Policy
from rules.teller import teller
from tests.rules.desk import SHIPPED, SMALL, pack, small, small_text


def draft(**top: object) -> Draft:
    return Draft(Reader({}), {}, {"document": "某规〔2026〕1号", "grade": "A", **top})


def codes(one: Draft) -> list[str]:
    return [fault.code for fault in one.reader.faults]


def row(**cells: object) -> dict[str, object]:
    return {**dict.fromkeys(RULE), "id": "most", "article": "第1条", **cells}


def test_a_rule_takes_document_and_grade_from_the_pack_where_it_has_none() -> None:
    one = draft()
    assert one.head(row(), ()) == ("most", "most", "most", Source("某规〔2026〕1号", "第1条", "A"))
    own = one.head(row(title="上限", title_en="cap", document="通知", grade="C"), ())
    assert own == ("most", "上限", "cap", Source("通知", "第1条", "C"))
    assert codes(one) == []


def test_a_rule_without_any_grade_is_a_fault() -> None:
    one = draft(grade=None)
    one.head(row(), ())
    assert codes(one) == ["pack.missing_key"]


def test_an_id_stands_once_and_never_takes_a_name_of_the_programs() -> None:
    one = draft()
    for name in ("most", "most", "rate", "tier", "rounding", "no_pack"):
        one.once(Rule(name, "", "", Source("", "", "")), ("cap", 0))
    assert codes(one) == ["pack.twice", *["pack.reserved_id"] * 4]


def test_a_fact_is_known_and_of_the_type_that_is_needed() -> None:
    one = draft()
    one.need_fact((), "contract_amount", "money")
    one.need_fact((), "founded_on")
    one.need_fact((), None)
    assert codes(one) == []
    one.need_fact((), "founded_on", "money")
    one.need_fact((), "colour")
    assert codes(one) == ["pack.fact_type", "pack.unknown_fact"]


def test_a_word_is_one_of_those_allowed() -> None:
    one = draft()
    one.one_of(("mode",), "quota", ("quota", "offset"))
    one.one_of(("mode",), None, ("quota", "offset"))
    assert codes(one) == []
    one.one_of(("mode",), "cash", ("quota", "offset"))
    assert one.reader.faults[0].params == {"fact": "mode", "value": "cash", "choices": "quota, offset"}


def test_rules_that_are_no_tables_are_told_and_left_out() -> None:
    one = Draft(Reader({}), {"cap": [5, {"id": "most"}]}, {})
    built = one.rules("cap", lambda _, path, raw: Rule(raw["id"], "", "", Source("", "", "")))
    assert [rule.id for rule in built] == ["most"]
    assert codes(one) == ["pack.not_table"]


def test_lists_that_could_not_be_read_are_empty() -> None:
    assert (listed(None), listed(("a", None)), texts(("a", None)), texts("a")) == (
        (),
        ("a", None),
        ("a",),
        (),
    )


ELSEWHERE = '{ document = "通知", article = "二", grade = "C", note = "只见摘要" }'
APART = f'rate = "0.5"\nsource_of = {{ rate = {ELSEWHERE} }}'
TITLES = {
    "threshold": (
        "本年度非关联租用金额不低于50万元",
        "non-related leases of at least 500,000 yuan in the year",
    ),
    "related_party": ("与服务机构不存在关联关系", "not related to the provider"),
    "provider_admitted": ("服务机构已入库", "the provider is admitted"),
}


def remarks(text: str) -> list[Finding]:
    return [one for one in check(text).faults if one.code == "check.source_note"]


def refused(text: str) -> set[str]:
    with pytest.raises(PackFaults) as found:
        load(text)
    return {fault.code for fault in found.value.faults}


def test_a_key_of_a_rule_can_rest_on_another_source_than_the_rule() -> None:
    (tier,) = small(without='rate = "0.5"', instead=APART).pack.tiers
    ((key, source),) = tier.source_of
    assert (key, source.document, source.article, source.grade) == ("rate", "通知", "二", "C")
    assert source.note == "只见摘要"
    found = small(without='rate = "0.5"', instead=APART).pack.sources()
    assert found["general.rate"] == source
    assert found["general"] == tier.source != source


def test_only_a_key_of_the_rule_has_a_source_and_only_what_is_nowhere_has_no_article() -> None:
    other = APART.replace("{ rate =", "{ limit =")
    assert refused(small_text(without='rate = "0.5"', instead=other)) == {"pack.source_of"}
    without = APART.replace('article = "二", ', "")
    assert refused(small_text(without='rate = "0.5"', instead=without)) == {"pack.source_article"}
    nowhere = APART.replace('document = "通知", article = "二", grade = "C"', 'grade = "NF"')
    assert small(without='rate = "0.5"', instead=nowhere).pack.sources()["general.rate"].article == ""
    none = 'rate = "0.5"\nsource_of = "通知"'
    assert refused(small_text(without='rate = "0.5"', instead=none)) == {"pack.not_table"}


def test_the_startups_rate_is_official_and_what_a_startup_is_is_a_digests() -> None:
    found = pack().sources()
    assert (found["startup"].article, found["startup"].grade) == ("第（二）项", "A")
    assert (found["startup.when"].grade, found["startup.when"].note) == ("C", "成立未满一年")
    assert found["budget"].grade == "A"
    assert (found["budget.order"].grade, found["budget.order"].article) == ("NF", "")


def test_the_line_of_a_tier_has_the_source_of_its_test_and_the_rates_line_that_of_the_rate() -> None:
    told = teller(Policy(pack()))
    assert told._whose == ["2026年度训力券申报通知 支持方式", "深工信规〔2024〕13号 第（二）项"]
    assert [where for _, where, _ in told._tiers] == ["深工信规〔2024〕13号 第（二）项"] * 2


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_article_of_a_shipped_pack_holds_a_remark(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert remarks(text) == []


@pytest.mark.parametrize("article", ["一；二", "一：说明", "摘要第一条"])
def test_a_remark_in_an_article_is_a_fault_at_its_line(article: str) -> None:
    text = SMALL.replace(
        "[[tier]]", f'[[cap]]\nid = "most"\nlimit = "1"\narticle = "{article}"\n\n[[tier]]', 1
    )
    (found,) = remarks(text)
    assert text.splitlines()[found.line - 1] == f'article = "{article}"'
    assert (found.params["key"], found.params["value"]) == ("article", article)


def test_a_document_is_named_as_it_is_and_not_as_a_digest() -> None:
    (found,) = remarks(SMALL.replace("〔2026〕1号", "〔2026〕1号（摘要）", 1))
    assert found.params["key"] == "document"


def test_the_titles_of_conditions_say_what_is_required() -> None:
    found = {each.id: (each.title, each.title_en) for each in pack().conditions}
    assert {name: found[name] for name in TITLES} == TITLES
