"""The publicity list: every unit, headings on every page, a total, and nothing of persons or banks."""

from dataclasses import fields, replace
from datetime import date

import pytest

from papers.drawing.fonts import UncoveredCharacter
from papers.drawing.pdfa import check
from papers.letters import publicity_list
from papers.letters.publicity_list import PublicityList, PublicityRow
from tests.papers import poppler
from tests.papers.samples import BASIS, LONG_UNIT, fonts


def listed(count: int) -> PublicityList:
    rows = tuple(
        PublicityRow(
            f"SQ{n:08d}",
            LONG_UNIT if n % 7 == 0 else f"深圳市甲{n}公司",
            f"91440300MA5G{n:05d}X",
            "初创企业",
            100 + n,
        )
        for n in range(count)
    )
    return PublicityList(
        "深圳市科技创新局",
        "我局",
        "训力券",
        "2026年度第一批",
        BASIS,
        rows,
        date(2026, 6, 15),
        date(2026, 6, 19),
        5,
        "深圳市科技创新局资金处（地址：市民中心，电话：0755-00000000）",
        "机关纪委（电话：0755-11111111）",
        date(2026, 6, 15),
        "demonstration",
    )


@pytest.mark.parametrize("count", [0, 1, 14, 15, 40, 41, 42, 43, 44, 60])
def test_no_unit_is_lost_and_every_page_with_rows_has_the_headings(count: int) -> None:
    pdf = publicity_list.draw(listed(count), fonts())
    words = poppler.placed(pdf)
    codes = [word for word in words if word.text.startswith("91440300MA5G")]
    assert [word.text for word in codes] == [f"91440300MA5G{n:05d}X" for n in range(count)]
    heads = {word.page for word in words if word.text == "统一社会信用代码"}
    total = next(word for word in words if word.text.startswith("合计（"))
    assert heads == {word.page for word in codes} | {total.page}
    if count:
        assert total.page == codes[-1].page  # not alone under the headings
    assert all(word.bottom < 743 for word in (*codes, total))  # 262 mm, the end of the text area


def test_the_sum_is_of_all_rows() -> None:
    text = poppler.text(publicity_list.draw(listed(60), fonts()))
    assert f"合计（60家单位，60件申请）{(60 * 100 + sum(range(60))) / 100:,.2f}" in text


def test_units_and_rows_are_counted_apart_and_told_apart_by_their_numbers() -> None:
    twice = replace(listed(3).rows[0], case="SQ99999999", award_fen=1)
    text = poppler.text(publicity_list.draw(replace(listed(3), rows=(*listed(3).rows, twice)), fonts()))
    assert "合计（3家单位，4件申请）" in text and "申报编号" in text and "SQ99999999" in text


def test_the_widest_credit_code_and_sum_stand_on_one_line() -> None:
    wide = replace(listed(1).rows[0], credit_code="91440399MA05GMXRXW", award_fen=88_888_888_888)
    words = poppler.placed(publicity_list.draw(replace(listed(1), rows=(wide,)), fonts()))
    said = [word.text for word in words]
    assert "91440399MA05GMXRXW" in said and "888,888,888.88" in said


def test_it_says_basis_days_and_where_objections_go() -> None:
    pdf = publicity_list.draw(listed(3), fonts())
    check(pdf)
    text = poppler.text(pdf)
    for part in (
        BASIS,
        "公示期为5个工作日，自2026年6月16日起至2026年6月19日止",
        "任何单位和个人对公示内容持有异议的",
        "向深圳市科技创新局资金处（地址：市民中心，电话：0755-00000000）提出",
        "我局对异议人身份和反映情况予以保密",
        "匿名异议不予受理",
        "可向机关纪委（电话：0755-11111111）举报",
        "—1—",
        "关于2026年度第一批训力券拟资助名单的公示",
        "演示",
    ):
        assert part in text


def test_the_same_list_gives_the_same_bytes() -> None:
    assert publicity_list.draw(listed(20), fonts()) == publicity_list.draw(listed(20), fonts())


def test_a_row_has_no_place_for_persons_or_accounts() -> None:
    assert {field.name for field in fields(PublicityRow)} == {
        "case",
        "unit",
        "credit_code",
        "tier",
        "award_fen",
    }


def test_an_uncovered_character_refuses_the_list() -> None:
    rows = (PublicityRow("SQ1", "ᠠ公司", "9", "甲", 1),)
    with pytest.raises(UncoveredCharacter):
        publicity_list.draw(replace(listed(1), rows=rows), fonts())


def test_where_objections_go_begins_below_the_table() -> None:
    """No page is left half empty for what stands below the table, and no signature stands alone."""
    drawn = [poppler.placed(publicity_list.draw(listed(count), fonts())) for count in range(4, 12)]
    longer = next(words for words in drawn if words[-1].page == 2)
    pages = ["".join(word.text for word in longer if word.page == page) for page in (1, 2)]
    assert "合计" in pages[0] and "任何单位和个人" in pages[0]
    assert "举报" in pages[1] and pages[1].index("举报") < pages[1].index("2026年")
