"""A pack while it is read: what every table's check shares."""

from rules.draft import RULE, Draft, listed, texts
from rules.faults import Reader
from rules.parts import Rule, Source


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
    assert codes(one) == ["pack.unknown_fact"] * 2


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
