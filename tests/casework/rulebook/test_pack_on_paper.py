"""A pack on paper: every rule once under its article, and behind them what no source states."""

import dataclasses
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from casework.rulebook.pack_in_words import told
from casework.rulebook.pack_on_paper import Signed, on_paper
from casework.rulebook.shipped_packs import shipped
from papers.chinese import say
from papers.letters.pack_paper import PackPaper
from rules import schema, schema_names, schema_rules
from rules.pack import Pack, load
from rules.same_awards import differing
from tests.casework.rulebook import every_key

PACK = load(
    """id = "a"
version = "1"
title = "甲"
document = "示例府规〔2026〕1号"
document_title = "示例措施"
grade = "A"
in_force = { from = 2026-01-01, article = "第十二条" }
[[fact]]
id = "paid"
type = "money"
title = "实付金额"
[[tier]]
id = "general"
title = "一般"
otherwise = true
rate = { unset = "rate" }
article = "第三条"
note = "至多"
source_of = { rate = { document = "示例通知", article = "第一条", grade = "C" } }
[base]
fact = "paid"
article = "第三条"
[[cap]]
id = "most"
title = "上限"
limit = "1000000.00"
article = "第二十条"
document_title = "另一措施"
[[unset]]
id = "rate"
type = "rate"
title = "比例"
reading = [
    { id = "20", value = "0.2", title = "两成", source = "同期他市较低" },
    { id = "30", value = "0.3", title = "三成", source = "同期他市较高" },
]
[[unset]]
id = "publicity_days"
type = "days"
title = "公示期"
[office]
publicity_days = { unset = "publicity_days" }
validity_months = { value = 12, article = "第八条" }
[[waiver]]
check = "not_shown"
article = "第四条"
note = "见附表"
"""
)
ASIDE = [say("pack_told.reckoning"), say("policies.section.fact")]


def test_the_rules_stand_under_their_articles_in_the_order_of_the_document() -> None:
    parts = {part.heading: part for part in on_paper(PACK).parts}
    assert list(parts) == [
        *ASIDE, "第三条", "第八条", "第十二条", "另一措施　第二十条",
        say("pack_paper.unset"), say("pack_paper.waivers"),
    ]  # fmt: skip
    general = parts["第三条"].rules[0]
    assert general.title == "一般" and "未设定" in general.text
    assert "说明：至多" in general.source and "示例通知 第一条" in general.source


def test_what_is_unset_is_told_with_its_readings_and_what_the_office_set() -> None:
    unset = {part.heading: part for part in on_paper(PACK).parts}[say("pack_paper.unset")]
    assert [said.title for said in unset.rules] == ["比例", "公示期"]
    told_readings = unset.rules[0].text
    assert (
        "两成，即“20%”（同期他市较低）" in told_readings and "三成，即“30%”（同期他市较高）" in told_readings
    )
    assert {said.source for said in unset.rules} == {say("pack_paper.still_open")}
    paper = on_paper(PACK, {"rate": "20", "publicity_days": "5"})
    unset = {part.heading: part for part in paper.parts}[say("pack_paper.unset")]
    assert {said.source for said in unset.rules} == {say("pack_paper.set")}
    assert unset.rules[0].text.startswith("已设为“两成”") and unset.rules[1].text.startswith("5")


def test_its_hash_its_version_its_dates_and_who_adopts_it() -> None:
    paper = on_paper(PACK, signed=Signed("王某", "李某", date(2026, 2, 3)), mark="demonstration")
    assert (paper.sha256, paper.ref, paper.proposed, paper.confirmed) == (PACK.sha256, "a@1", "王某", "李某")
    assert (paper.made_on, paper.mark) == (date(2026, 2, 3), "demonstration")
    assert on_paper(PACK).made_on == date(2026, 1, 1)
    about = dict(paper.about)
    assert about[say("pack_paper.from")] == "2026年1月1日" and about[say("pack_paper.until")] == "未写明"
    until = dataclasses.replace(PACK, in_force_until=date(2027, 1, 1))
    assert dict(on_paper(until).about)[say("pack_paper.until")] == "2027年1月1日"


@pytest.mark.parametrize("pack", shipped(), ids=lambda pack: pack.ref)
def test_every_sentence_of_a_pack_stands_on_its_paper_once(pack: Pack) -> None:
    paper = on_paper(pack)
    titles = sorted(said.title for part in paper.parts for said in part.rules)
    beside = [say(f"pack_paper.waiver.{one.check}") for one in pack.waivers]
    beside += [say(f"pack_told.reckoning.{name}") for name in ("order", "rounding", "blocked")]
    assert titles == sorted([one.title for one in told(pack, "zh")] + beside)


def test_what_is_waived_is_told_with_the_writers_note() -> None:
    waived = on_paper(PACK).parts[-1]
    assert [said.source for said in waived.rules] == ["第四条　说明：见附表"]


def test_what_is_filled_in_is_told_before_the_articles() -> None:
    filled = {said.title: said.text for said in on_paper(PACK).parts[1].rules}
    assert filled["实付金额"] == "金额；空白的为不详，不当作零"
    assert set(filled) == {"实付金额", "申报时间"}


NO_AWARD = {"unset.type": "the type of a term that the office's acts alone need"}
"""Values of a pack that its paper may leave out, and why."""


def _all_of(paper: PackPaper) -> tuple[object, ...]:
    return paper.title, [pair for pair in paper.about if pair[1] != paper.sha256], paper.parts


@pytest.mark.parametrize("name", every_key.PACKS)
def test_a_value_that_may_change_an_award_changes_the_paper(name: str) -> None:
    data = tomllib.loads(every_key.text(name))
    pack = every_key.read(data)
    assert pack is not None and load(every_key.text(name)).id == name
    before, seen = _all_of(on_paper(pack)), 0
    own = set(data) - (set() if name == "queued" else {"fact", "sum"})  # told by one of them is enough
    for one in every_key.altered(data, own):
        if not differing(pack, one.pack) or f"{one.where[0]}.{one.key}" in NO_AWARD:
            continue
        seen += 1
        assert _all_of(on_paper(one.pack)) != before, one.where
    assert seen > 60


def test_the_packs_use_every_key_of_the_format() -> None:
    files = [Path(str(module.__file__)) for module in (schema, schema_names, schema_rules)]
    source = "".join(path.read_text(encoding="utf-8") for path in files)
    written = "".join(map(every_key.text, every_key.PACKS))
    keys = set(re.findall(r'"([a-z_]+)": Key\(', source)) | set(schema_rules.SCOPES)
    used = set(re.findall(r"[a-z_]+", written))
    assert sorted(keys - used) == []


@pytest.mark.parametrize("name", every_key.PACKS)
def test_no_key_of_the_format_stands_on_the_paper(name: str) -> None:
    paper = on_paper(load(every_key.text(name)))
    texts = [
        text for part in paper.parts for said in part.rules for text in (said.title, said.text, said.source)
    ]
    words = {word for text in texts for word in re.findall(r"[A-Za-z_]{3,}", text)}
    assert words <= {"shared"}, "but for the key of a budget that is shared"
