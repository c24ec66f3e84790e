"""The paper of a pack: all of it on the page, the columns named on every page, the signatures whole."""

from datetime import date

import pytest

from papers.drawing.fonts import UncoveredCharacter
from papers.drawing.pdfa import check
from papers.letters.pack_paper import PackPaper, Part, Said, day, draw
from tests.papers import poppler
from tests.papers.samples import fonts

PAPER = PackPaper(
    "示例市算力券", "example@2026", "ab" * 32, (("依据文件", "示例府规〔2026〕1号"),),
    (Part("第三条", (Said("一般单位", "其他单位：核定基数的 30%", "A 官方文本"),)),),
    date(2026, 5, 6), "王某", "", "demonstration",
)  # fmt: skip


def test_every_rule_stands_there_and_the_lines_to_sign() -> None:
    pdf = draw(PAPER, fonts())
    check(pdf)
    text = poppler.text(pdf)
    for said in ("示例市算力券", "示例府规〔2026〕1号", "第三条", "核定基数的30%", "A官方文本", "ab" * 8,
        "王某", "提交人", "确认人", "签字", "日期"):  # fmt: skip
        assert said in text, said
    assert draw(PAPER, fonts()) == pdf


def test_a_long_pack_takes_more_pages_and_names_the_columns_on_each() -> None:
    rules = tuple(Said(f"规则{number}", "每个申请单位每年合计不超过" * 6, "C") for number in range(40))
    pdf = draw(PackPaper(**{**PAPER.__dict__, "parts": (Part("第三条", rules),)}), fonts())
    words = poppler.placed(pdf)
    pages = {word.page for word in words}
    assert len(pages) > 2
    assert {word.page for word in words if word.text == "内容"} == pages - _last_without_rules(words)
    assert len({word.page for word in words if word.text in ("提交人", "确认人")}) == 1


def _last_without_rules(words: list[poppler.Word]) -> set[int]:
    last = max(word.page for word in words)
    return set() if any(word.text.startswith("规则") and word.page == last for word in words) else {last}


def test_a_character_without_a_font_is_named_before_anything_is_drawn() -> None:
    with pytest.raises(UncoveredCharacter):
        draw(PackPaper(**{**PAPER.__dict__, "title": "\U000e0041"}), fonts())


def test_days() -> None:
    assert day(date(2026, 5, 6)) == "2026年5月6日"
    assert day(None) == "未写明"
