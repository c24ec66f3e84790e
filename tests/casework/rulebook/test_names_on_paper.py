"""How rules and tiers are called on paper."""

import datetime
from dataclasses import replace

import pytest

from casework.rulebook import names_on_paper
from casework.rulebook.shipped_packs import shipped
from models import Round
from rules.policy import Policy, Supplement

PACK = next(pack for pack in shipped() if pack.ref == "shenzhen-training-voucher@2026")


def test_names_of_tiers_rules_and_documents() -> None:
    assert names_on_paper.scheme(PACK) == "深圳市训力券"
    assert names_on_paper.tiers(PACK, "startup;general") == "初创企业或一般单位"
    assert names_on_paper.basis(PACK) == "《深圳市打造人工智能先锋城市的若干措施》（深工信规〔2024〕13号）"


def test_a_document_without_a_number_is_called_by_its_own_title_and_not_the_schemes() -> None:
    longgang = next(pack for pack in shipped() if pack.ref == "longgang-compute-subsidy@2025")
    assert names_on_paper.basis(longgang) == "《龙岗区人工智能支持措施》"
    for pack in shipped():
        assert names_on_paper.document(pack)[0] != pack.title


@pytest.mark.parametrize(("set_to", "said"), [("with", True), ("without", False), ("gross", None)])
def test_only_words_with_a_meaning_say_whether_tax_is_in_the_base(set_to: str, said: bool | None) -> None:
    given = Supplement(PACK.id, "tax_basis", set_to, datetime.date(2026, 1, 1), None, "局长办公会纪要")
    assert names_on_paper.with_tax(Policy(PACK, [given])) is said
    assert names_on_paper.with_tax(Policy(PACK)) is None


def test_papers_set_no_space_beside_chinese_and_write_days_in_words() -> None:
    assert names_on_paper.on_paper("不低于 1.00 元") == "不低于1.00元"
    assert names_on_paper.on_paper("自 2026-05-06 00:00 起") == "自2026年5月6日起"
    assert names_on_paper.on_paper("A 公司，2026-05-06 17:00") == "A 公司，2026年5月6日17时00分"


def test_a_round_without_a_name_is_called_by_its_year() -> None:
    at = datetime.datetime(2025, 12, 31, 17, tzinfo=datetime.UTC)
    assert names_on_paper.round_name(at, None) == "2026年度"
    assert names_on_paper.round_name(at, Round(scheme="x", year=2026, name="第一批")) == "第一批"


@pytest.mark.parametrize(
    ("name", "scheme", "before"),
    [
        ("2026年度模型券", "深圳市模型券", "2026年度"),
        ("2026年度深圳市模型券", "深圳市模型券", "2026年度"),
        ("2026年度第一批", "深圳市模型券", "2026年度第一批"),
        ("2026年度", "小额券", "2026年度"),
    ],
)
def test_a_round_before_its_scheme_says_nothing_twice(name: str, scheme: str, before: str) -> None:
    assert names_on_paper.round_before(name, scheme) == before


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("深圳市训力券（2026年）", "深圳市训力券"),
        ("深圳市“投补贷”联动贷款贴息（框架）", "深圳市“投补贷”联动贷款贴息"),
        ("算力券(2025-2026)", "算力券"),
        ("算力（智算）券（2026年）", "算力（智算）券"),
    ],
)
def test_a_scheme_is_called_without_its_year_and_without_that_it_is_a_frame(title: str, said: str) -> None:
    assert names_on_paper.scheme(replace(PACK, title=title)) == said


def test_papers_speak_of_a_contract_where_the_rules_look_at_one() -> None:
    without = {pack.id for pack in shipped() if not names_on_paper.of_contract(Policy(pack))}
    assert without == {
        "shenzhen-application-demonstration",
        "shenzhen-corpus-opening",
        "shenzhen-loan-interest",
        "shenzhen-national-projects",
        "shenzhen-startup-compute",
    }
