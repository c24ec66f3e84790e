"""The wizard's answers and the text that they make: checked, read again, and nothing else touched."""

import dataclasses
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings

from casework.rulebook.pack_wizard import (
    Answers,
    Row,
    Spot,
    begun,
    faults_of,
    form_of,
    from_text,
    parsed,
    row,
    spot,
    to_text,
)  # fmt: skip
from casework.rulebook.shipped_packs import POLICIES
from casework.rulebook.wizard_asks import BY_NAME, TABLES, Form
from casework.rulebook.wizard_cells import IN_TEXT, typed
from rules.check import check
from rules.faults import Fault, PackFaults
from rules.pack import load
from tests.casework.rulebook.packs_by_wizard import HEAD, answers

SHIPPED = sorted(POLICIES.rglob("*.toml"))
PACK = """# 示例市的算力券
id = "example-city-voucher"   # 编号
version = "2026"
title = "示例市算力券"
document = "示例府规〔2026〕1号"
grade = "A"
in_force = { from = 2026-01-01, until = 2027-01-01, article = "第十条" }

# 对象
[[condition]]
id = "kind"
fact = "applicant_kind"
one_of = [ "enterprise",   # 企业
           "university" ]
article = "第二条"

[[condition]]
id = "either"
any = [{ fact = "related_party", is = "no" }, { fact = "provider_admitted", is = "yes" }]
article = "第二条"

[[tier]]
id = "general"
otherwise = true
rate = "0.3"
article = "第三条"
source_of = { rate = { document = "示例通知", article = "第一条", grade = "B" } }

[base]
fact = "contract_amount"
article = "第三条"

# 上限
[[cap]]
id = "applicant_year"
limit = "1000000.00"
per = ["applicant", "year"]
before = "awarded_before"
article = "第四条"
"""


def at(found: Answers, table: str, name: str = "") -> int:
    """Where the row of that table and id stands."""
    return next(n for n, one in enumerate(found.rows) if one.table == table and one.get("id") == name)


@settings(max_examples=25, deadline=None)
@given(answers())
def test_what_is_written_is_a_pack_without_faults_and_reads_as_it_was_said(said: Answers) -> None:
    text = to_text(said)
    load(text)
    assert [fault.code for fault in check(text).faults] == []
    again, rest = from_text(text)
    assert again == said
    assert to_text(again, rest) == text


@settings(max_examples=15, deadline=None)
@given(answers(), answers())
def test_any_pack_becomes_any_other_by_answers(one: Answers, other: Answers) -> None:
    """Rows taken out, added and changed in a text that is there come to the same pack as written anew."""
    old, rest = from_text(to_text(one))
    kept = {(each.table, each.get("id")): each.at for each in old.rows}
    rows = tuple(dataclasses.replace(each, at=kept.get((each.table, each.get("id")))) for each in other.rows)
    text = to_text(Answers(rows), rest)
    assert sorted(from_text(text)[0].rows, key=_place) == sorted(other.rows, key=_place)


def _place(one: Row) -> tuple[int, str]:
    return TABLES.index(BY_NAME[one.table]), one.get("id")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_shipped_pack_opens_and_is_written_again_byte_for_byte(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found, rest = from_text(text)
    assert to_text(found, rest) == text
    assert load(to_text(found, rest)).canonical == load(text).canonical
    assert found.of("tier") and found.of("")[0].get("id")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_each_cell_of_a_shipped_pack_is_changed_alone_and_back(path: Path) -> None:
    """A changed cell changes its line, and put back gives the text that was there."""
    text = path.read_text(encoding="utf-8")
    found, rest = from_text(text)
    for number, one in enumerate(found.rows):
        for key, cell in one.cells:
            if cell == IN_TEXT or BY_NAME[one.table].by_key[key].kind != "money":
                continue
            changed = to_text(found.changing(number, {key: "1.00"}), rest)
            assert len([1 for a, b in zip(text.split("\n"), changed.split("\n"), strict=True) if a != b]) == 1
            assert to_text(from_text(changed)[0].changing(number, {key: cell}), changed) == text


def test_only_what_is_answered_otherwise_is_touched() -> None:
    found, rest = from_text(PACK)
    changed = to_text(found.changing(at(found, "tier", "general"), {"rate": "45%"}), rest)
    assert changed == PACK.replace('rate = "0.3"', 'rate = "45%"')
    changed = to_text(found.changing(0, {"in_force.until": "", "title_en": "Example"}), rest)
    assert changed == PACK.replace("until = 2027-01-01, ", "").replace(
        'title = "示例市算力券"\n', 'title = "示例市算力券"\ntitle_en = "Example"\n'
    )
    changed = to_text(from_text('# 头\ngrade = "A"\n')[0].changing(0, {"id": "a"}), '# 头\ngrade = "A"\n')
    assert changed == '# 头\nid = "a"\ngrade = "A"\n'


def test_a_table_goes_with_its_comment_and_one_is_added_beside_its_kind() -> None:
    found, rest = from_text(PACK)
    without = to_text(found.without(at(found, "cap", "applicant_year")), rest)
    assert without == PACK[: PACK.index("# 上限")]
    cap = row("cap", {"id": "contract", "limit": "800000.00", "per": "contract", "article": "第四条"})
    more = to_text(found.adding(cap), rest)
    assert (
        more
        == PACK + '\n[[cap]]\nid = "contract"\nlimit = "800000.00"\nper = ["contract"]\narticle = "第四条"\n'
    )
    tier = row(
        "tier", {"id": "startup", "rate": "0.6", "when.fact": "applied_at", "when.after": "founded_on"}
    )
    text = to_text(found.adding(tier), rest)
    assert text.index('id = "general"') < text.index('id = "startup"') < text.index("[base]")
    assert text.replace(text[text.index('[[tier]]\nid = "startup"') : text.index("[base]")], "") == PACK


def test_what_the_form_can_not_say_is_named_and_stays() -> None:
    found, rest = from_text(PACK)
    either, tier = found.rows[at(found, "condition", "either")], found.rows[at(found, "tier", "general")]
    assert either.more == ("any",) and tier.more == ("source_of",)
    text = to_text(found.changing(at(found, "condition", "either"), {"title": "二者之一"}), rest)
    assert "any = [{ fact" in text and 'title = "二者之一"' in text
    assert load(text).conditions[1].title == "二者之一"


def test_an_unset_parameter_is_a_cell_and_a_table_of_its_own() -> None:
    readings = "20: 0.2: 条文未写; 30: 0.3: 他市"
    said = Answers(
        (
            row("", HEAD),
            row("tier", {"id": "general", "otherwise": "true", "rate": "?rate", "article": "第三条"}),
            row("base", {"fact": "contract_amount", "article": "第三条"}),
            row("unset", {"id": "rate", "title": "比例", "type": "rate", "reading": readings}),
        )
    )
    text = to_text(said)
    assert 'rate = { unset = "rate" }' in text and from_text(text)[0] == said
    assert [each.value for each in load(text).unset[0].readings] == [200_000, 300_000]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("in_force.from = 2026-01-01\nx = 1\n",
         "in_force.from = 2026-01-01\nin_force.article = \"第一条\"\nx = 1\n"),
        ("[in_force]\nfrom = 2026-01-01\n", "[in_force]\nfrom = 2026-01-01\narticle = \"第一条\"\n"),
        ("[in_force]\n", "[in_force]\narticle = \"第一条\"\n"),
        ("in_force = {}\n", "in_force = { article = \"第一条\" }\n"),
        ("in_force = 5\n", "in_force = { article = \"第一条\" }\n"),
        ("", "in_force = { article = \"第一条\" }\n"),
        ("x = 1", "in_force = { article = \"第一条\" }\nx = 1"),
        ("x = 1\r\ny = 2\r\n", "in_force = { article = \"第一条\" }\r\nx = 1\r\ny = 2\r\n"),
        ("\ufeffx = 1\n", "\ufeffin_force = { article = \"第一条\" }\nx = 1\n"),
    ],
)  # fmt: skip
def test_a_key_is_put_into_whatever_way_its_table_is_written(before: str, after: str) -> None:
    found, rest = from_text(before)
    text = to_text(found.changing(0, {"in_force.article": "第一条"}), rest)
    assert text == after
    again, rest = from_text(text)
    assert again.rows[0].get("in_force.article") == "第一条"
    back = to_text(again.changing(0, {"in_force.article": ""}), rest)
    assert from_text(back)[0].rows[0].get("in_force.article") == ""


def test_tables_in_brackets_become_tables_of_their_own_where_one_is_added_or_taken_out() -> None:
    text = 'rounding = [{ where = "end", unit = "1.00" }, { where = "step" }]\n\n[base]\nfact = "x"\n'
    found, rest = from_text(text)
    assert to_text(found.changing(at(found, "rounding"), {"unit": "10.00"}), rest) == text.replace(
        "1.00", "10.00"
    )
    assert (
        from_text(to_text(found.without(at(found, "rounding")), rest))[0].of("rounding")
        == found.of("rounding")[1:]
    )
    more = to_text(found.adding(row("rounding", {"where": "line"})), rest)
    assert [one.get("where") for one in from_text(more)[0].of("rounding")] == ["end", "step", "line"]
    assert from_text(to_text(Answers(found.rows[:1]), 'base = { fact = "x" }\n'))[0].of("base") == ()


def test_what_can_not_be_read_is_written_in_quotes_and_found_at_its_field() -> None:
    found, rest = from_text(PACK)
    cap = at(found, "cap", "applicant_year")
    text = to_text(found.changing(cap, {"limit": "很多"}).changing(0, {"in_force.until": "明年"}), rest)
    assert from_text(text)[0].rows[cap].get("limit") == "很多"
    told = {fault.code: spot(text, fault) for fault in check(text).faults}
    assert told == {"pack.not_money": Spot(cap, "limit"), "pack.not_date": Spot(0, "in_force.until")}


def test_each_fault_stands_beside_its_field() -> None:
    text = PACK.replace('fact = "contract_amount"', 'fact = "no_such"').replace('rate = "0.3"\n', "")
    text = text.replace('grade = "A"\n', "")
    found = from_text(text)[0]
    tier, base = at(found, "tier", "general"), at(found, "base")
    spots = [(fault.code, spot(text, fault)) for fault in check(text).faults]
    assert ("pack.one_worth", Spot(tier)) in spots
    assert ("pack.unknown_fact", Spot(base)) in spots or ("pack.unknown_fact", Spot(base, "fact")) in spots
    inside = PACK.replace("[base]", "[base]\nneeded = 3")
    fault = next(fault for fault in check(inside).faults if fault.code == "pack.not_flag")
    assert spot(inside, fault) == Spot(base, "needed")
    nothing = 'id = "a"\n'
    missing = [fault for fault in check(nothing).faults if fault.code == "pack.missing_key"]
    keys = {spot(nothing, one).key for one in missing}
    assert {"version", "title", "document"} <= keys
    assert spot(PACK + "[others]\nx = 1\n", Fault(PACK.count("\n") + 1, 1, "x", {})) == Spot(None)


def test_a_text_that_is_no_toml_is_not_opened() -> None:
    with pytest.raises(PackFaults):
        from_text("id = \n")
    assert [fault.code for fault in faults_of("id = \n")] == ["pack.syntax.value"]
    assert faults_of(PACK) == ()


def test_the_usual_way_in_which_a_row_is_filled() -> None:
    found = from_text(PACK)[0]
    conditions, tier = dict(BY_NAME["condition"].parts), dict(BY_NAME["tier"].parts)

    def by(one: Row, forms: Sequence[Form]) -> str | None:
        found = form_of(one, forms)
        return found.name if found else None

    assert by(found.of("condition")[0], conditions["test"]) == "kinds"
    assert by(row("condition", {"fact": "leased_in_year", "at_least": "1.00"}), conditions["test"]) == "least"
    assert by(row("condition", {"fact": "signed_on", "from": "2026-01-01"}), conditions["test"]) == "dates"
    assert by(row("condition", {"fact": "applied_at", "from": "2026-01-01"}), conditions["test"]) == "window"
    assert by(row("condition", {"fact": "x", "is": "no", "at_least": "1.00"}), conditions["test"]) is None
    assert by(found.of("condition")[1], conditions["test"]) is None
    assert by(found.of("tier")[0], tier["whom"]) == "otherwise"
    assert by(found.of("tier")[0], tier["worth"]) == "rate"


def test_what_a_new_pack_begins_with() -> None:
    text = to_text(begun())
    assert from_text(text)[0] == begun()
    assert Row("tier") not in begun().rows


TYPED = (
    "",
    "x",
    "30%",
    "?rate",
    "2026-01-01",
    "3",
    "true",
    "a, -b",
    "很多",
    'a"b\\',
    "1000.00: 0.5; 0.3",
    "#[x]",
)


@pytest.mark.parametrize("seed", range(12))
def test_a_text_that_somebody_has_spoilt_is_changed_as_answered(seed: int) -> None:
    """Lines left out or commented out, other line ends, any cell filled with anything: what is read back is
    what was answered."""
    chance = random.Random(seed)
    lines = chance.choice(SHIPPED).read_text(encoding="utf-8").split("\n")
    for _ in range(3):
        at = chance.randrange(len(lines))
        lines[at] = chance.choice(["", f"# {lines[at]}"])
    text = chance.choice(["\n", "\r\n"]).join(lines)
    if faults_of(text):
        return
    found, rest = from_text(text)
    for _ in range(8):
        at = chance.randrange(len(found.rows))
        table = BY_NAME[found.rows[at].table]
        ask, cell = chance.choice(table.asks), chance.choice(TYPED)
        what = chance.random()
        if what < 0.6:
            found = found.changing(at, {ask.key: typed(ask.kind, cell)})
        elif what < 0.8 and table.many:
            found = found.adding(row(table.name, {ask.key: typed(ask.kind, cell)}))
        elif table.name:
            found = found.without(at)
    assert from_text(to_text(found, rest))[0] == found


def test_a_value_takes_the_place_of_a_table_and_a_second_tier_that_of_a_single_bracket() -> None:
    text = 'id = "a"\n\n[tier]\nid = "x"\n\n[version]\nvalue = 1\n'
    said, rest = from_text(text)
    assert parsed(to_text(said.changing(0, {"version": "2026"}), rest))["version"] == "2026"
    with_two = parsed(to_text(said.adding(row("tier", {"id": "y"})), rest))
    assert [one["id"] for one in with_two["tier"]] == ["x", "y"]
