"""Correction: each defect, and the day it is due."""

from datetime import date

import pytest

from papers.drawing.pdfa import check
from papers.letters import letter
from papers.letters.correction_notice import CorrectionFacts, ListedDefect, correction
from tests.papers import poppler
from tests.papers.samples import BASIS, fonts, issue

PLACE = "深圳市科技创新局资金处（联系人：王某，电话：0755-00000000，地址：市民中心）"
COMMON = ("训力券", "深圳市堃䶮科技有限公司", "XL2026-000124")


def test_a_correction_lists_each_defect_with_its_field_and_the_day_it_is_due() -> None:
    defects = (ListedDefect("服务合同", "缺少签章页"), ListedDefect("成立日期", "与营业执照不一致"))
    facts = CorrectionFacts(*COMMON, date(2026, 5, 20), BASIS, defects, date(2026, 6, 10), PLACE)
    pdf = letter.draw(correction(facts, issue()), fonts())
    check(pdf)
    text = poppler.text(pdf)
    for part in (
        "训力券申请补正通知书",
        "1.服务合同：缺少签章页。",
        "2.成立日期：与营业执照不一致。",
        f"经审查，依据{BASIS}，申请材料需要补正",
        "请于2026年6月10日（含当日）前",
        PLACE,
        "逾期未补正的，我局将依据现有材料作出决定。",
    ):
        assert part in text
    assert "次补正" not in text and "撤回" not in text
    with pytest.raises(ValueError):
        correction(CorrectionFacts(*COMMON, date(2026, 5, 20), BASIS, (), date(2026, 6, 10), PLACE), issue())
