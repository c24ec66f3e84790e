"""Correction: each defect, and the day it is due."""

from datetime import date

import pytest

from papers.drawing.pdfa import check
from papers.letters import letter
from papers.letters.correction_notice import CorrectionFacts, ListedDefect, correction
from tests.papers import poppler
from tests.papers.samples import fonts, issue

COMMON = ("训力券", "深圳市堃䶮科技有限公司", "XL2026-000124")


def test_a_correction_lists_each_defect_with_its_field_and_the_day_it_is_due() -> None:
    defects = (ListedDefect("服务合同", "缺少签章页"), ListedDefect("成立日期", "与营业执照不一致"))
    facts = CorrectionFacts(*COMMON, date(2026, 5, 20), 2, defects, date(2026, 6, 10))
    pdf = letter.draw(correction(facts, issue()), fonts())
    check(pdf)
    text = poppler.text(pdf)
    for part in (
        "训力券申请补正通知书",
        "1.服务合同：缺少签章页。",
        "2.成立日期：与营业执照不一致。",
        "2026年6月10日前",
        "第2次补正",
    ):
        assert part in text
    with pytest.raises(ValueError):
        correction(CorrectionFacts(*COMMON, date(2026, 5, 20), 1, (), date(2026, 6, 10)), issue())
