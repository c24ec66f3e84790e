"""How rules and tiers are called on paper."""

import datetime

import pytest

from casework.rulebook import names_on_paper
from casework.rulebook.shipped_packs import shipped
from models import Round

PACK = next(pack for pack in shipped() if pack.ref == "shenzhen-training-voucher@2026")


@pytest.mark.parametrize(
    ("rate", "said"),
    [("0.6", "60%"), ("0.5;0.6", "50%或60%"), ("0.333333", "33.3333%"), ("1", "100%"), ("", "")],
)
def test_rates(rate: str, said: str) -> None:
    assert names_on_paper.rates(rate) == said


def test_names_of_tiers_rules_and_documents() -> None:
    assert names_on_paper.scheme(PACK) == "深圳市训力券"
    assert names_on_paper.tiers(PACK, "startup;general") == "初创企业或一般单位"
    assert names_on_paper.binding(PACK, "rate") == "按比例计算额"
    assert names_on_paper.binding(PACK, "applicant_year") == "每个申请单位每年上限10,000,000.00元"
    assert names_on_paper.basis(PACK) == "《深圳市打造人工智能先锋城市的若干措施》（深工信规〔2024〕13号）"
    assert names_on_paper.tier_article(PACK, "general").endswith("第2项")


def test_reasons_come_with_their_article() -> None:
    ((why, article),) = names_on_paper.reasons(PACK, "threshold")
    assert "本年度非关联租用金额" in why and "申报条件" in article
    assert [text for text, _ in names_on_paper.reasons(PACK, "kind;budget")] == [
        "不符合“申请单位类型”条件",
        "按“年度预算”计算，可核定额度为零",
    ]
    assert len(names_on_paper.reasons(PACK, "rate")) == 1


def test_a_round_without_a_name_is_called_by_its_year() -> None:
    at = datetime.datetime(2025, 12, 31, 17, tzinfo=datetime.UTC)
    assert names_on_paper.round_name(at, None) == "2026年度"
    assert names_on_paper.round_name(at, Round(scheme="x", year=2026, name="第一批")) == "第一批"
