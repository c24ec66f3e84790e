"""What of a pack can be mended in a version that is in force, and what is a new version."""

import dataclasses
from pathlib import Path

import pytest

from rules.pack import Pack, load
from rules.same_awards import OF_THE_PACK, bare, differing
from tests.rules.desk import SHIPPED, pack

TEXT = next(path for path in SHIPPED if path.stem == "training-voucher-2026").read_text(encoding="utf-8")


def changed(old: str, new: str) -> Pack:
    assert old in TEXT
    return load(TEXT.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title = "服务机构已入库"', 'title = "服务机构须已入库"'),
        ('title_en = "startup"', 'title_en = "a startup"'),
        ('article = "第（二）项"\ngrade = "A"\nevidence', 'article = "第二项"\ngrade = "B"\nevidence'),
        ('evidence = "营业执照或法人证书"', 'evidence = "营业执照"'),
        ('note = "服务合同金额"\n', ""),
        ('document = "深工信规〔2024〕13号"', 'document = "深工信规〔2024〕13 号"'),
        ('title = "申报日"', 'title = "申报之日"'),
        ('source = "摘要：各级支持', 'source = "通知：各级支持'),
        ('bureau = "深圳市科技创新局"', 'bureau = "深圳市科技创新委员会"'),
    ],
)
def test_a_text_that_awards_alike_can_be_mended(old: str, new: str) -> None:
    other = changed(old, new)
    assert other.sha256 != pack().sha256
    assert differing(pack(), other) == differing(other, pack()) == ()


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('rate = "0.6"', 'rate = "0.59"', "startup"),
        ('at_least = "500000.00"', 'at_least = "500000.01"', "threshold"),
        ('limit = "10000000.00"', 'limit = "9999999.99"', "applicant_year"),
        ('amount = "500000000.00"', 'amount = "400000000.00"', "budget"),
        ("until = 2026-12-18", "until = 2026-12-19", "in_force_until"),
        ('payee = "buyer"', 'payee = "provider"', "payee"),
        ('id = "60", value = "0.6"', 'id = "60", value = "0.61"', "startup_ceiling"),
        ('text = "训练和推理"', 'text = "训练"', "service_scope"),
        ("less_than_months = 12", "less_than_months = 13", "startup"),
        ("round_window = true\n", "", "window"),
        ('before = "awarded_before"\n', "", "applicant_year"),
    ],
)
def test_what_can_change_an_award_is_a_new_version_and_is_named(old: str, new: str, what: str) -> None:
    assert differing(pack(), changed(old, new)) == (what,)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_stored_bytes_of_a_pack_award_as_its_file_does(path: Path) -> None:
    one = load(path.read_text(encoding="utf-8"))
    assert differing(load(one.canonical.decode()), one) == ()


def test_the_order_of_rules_and_the_headings_of_facts_count() -> None:
    one = pack()
    turned = dataclasses.replace(one, conditions=one.conditions[::-1])
    assert differing(one, turned) == ("condition",)
    filed = load(
        next(path for path in SHIPPED if path.stem == "model-voucher-2025").read_text(encoding="utf-8")
    )
    facts = {name: dataclasses.replace(fact, headings=("别名",)) for name, fact in filed.facts.items()}
    assert "model_filed" in differing(filed, dataclasses.replace(filed, facts=facts))


def test_every_field_of_a_pack_counts_but_those_that_are_only_read() -> None:
    names = {field.name for field in dataclasses.fields(Pack)}
    assert set(OF_THE_PACK) <= names
    assert {"in_force_from", "chosen_by", "mode", "payee", "office", "rounding"} <= names - set(OF_THE_PACK)
    assert bare(pack().budget) != bare(dataclasses.replace(pack().budget, per="quarter"))  # type: ignore[type-var]
