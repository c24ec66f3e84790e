"""The office's name fits, however long it is."""

import pytest

from papers.letters.letter_head import SMALLEST, office_name, title_lines
from papers.letters.page_measures import MEASURE, TITLE_MEASURE
from tests.papers.samples import fonts


@pytest.mark.parametrize("length", [1, 2, 8, 12, 17, 18, 40])
def test_every_line_fits_the_text_width(length: int) -> None:
    made = office_name("局" * length, fonts(), 44, 0.5)
    assert made.size >= SMALLEST
    for line in made.lines:
        assert line.width + made.spacing * (len(line.text) - 1) <= MEASURE + 0.1
    assert "".join(line.text for line in made.lines) == "局" * length


def test_a_short_name_is_spread_and_a_long_one_made_smaller() -> None:
    assert office_name("深圳市局", fonts(), 36, 0.5).spacing == pytest.approx(18)
    assert office_name("局" * 14, fonts(), 44).size < 44
    assert len(office_name("局" * 30, fonts(), 44).lines) == 2


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        (("关于", "2026年度", "深圳市训力券", "拟资助名单的公示"),
         ["关于2026年度深圳市训力券", "拟资助名单的公示"]),
        (("关于", "2025年度", "北京经济技术开发区算力补贴", "拟资助名单的公示"),
         ["关于2025年度北京经济技术开发区算力补贴", "拟资助名单的公示"]),
        (("深圳市训力券", "不予资助决定书"), ["深圳市训力券不予资助决定书"]),
        (("北京市人工智能算力券（训练方向）", "拟资助公示异议处理答复"),
         ["北京市人工智能算力券（训练方向）", "拟资助公示异议处理答复"]),
    ],
)  # fmt: skip
def test_a_title_breaks_between_its_words(parts: tuple[str, ...], lines: list[str]) -> None:
    assert [line.text for line in title_lines(parts, fonts(), MEASURE)] == lines


def test_a_name_longer_than_a_line_is_broken_all_the_same() -> None:
    made = title_lines(("关于发放", "券" * 45, "的通知"), fonts())
    assert "".join(line.text for line in made) == "关于发放" + "券" * 45 + "的通知"
    assert all(line.width <= TITLE_MEASURE + 0.1 for line in made)
