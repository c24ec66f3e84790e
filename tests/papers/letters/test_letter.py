"""A letter from plain data to paper: one form or the other, the same bytes, the text that was meant."""

import re
from dataclasses import replace
from datetime import date

import pytest

from papers.drawing.fonts import UncoveredCharacter
from papers.drawing.pdfa import check
from papers.letters import letter
from papers.letters.approval_letter import approval
from papers.letters.letter_content import Figures, Paragraph
from tests.papers import poppler
from tests.papers.samples import LONG_UNIT, RARE, approved, fonts, issue, plain


def test_the_same_letter_gives_the_same_bytes() -> None:
    content = approval(approved(), issue())
    assert letter.draw(content, fonts()) == letter.draw(content, fonts())


def test_bytes_do_not_depend_on_the_clock_or_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    content = approval(approved(), issue())
    before = letter.draw(content, fonts())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1234567890")
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setenv("VOUCHER_DESK_LANG", "en")
    assert letter.draw(content, fonts()) == before


def test_what_is_drawn_can_be_read_again() -> None:
    text = poppler.text(letter.draw(plain(f"“{RARE}”……——〔2026〕1号，￥1.00、¥2.00；A-b。"), fonts()))
    assert f"“{RARE}”……——〔2026〕1号，￥1.00、¥2.00；A-b。" in text
    assert "深圳市镕垚智能科技有限公司：" in text
    assert "深科创券〔2026〕1号" in text
    assert "2026年7月6日" in text


def test_a_short_letter_takes_the_letter_form_without_a_page_number() -> None:
    words = poppler.placed(letter.draw(plain("核定额度。"), fonts()))
    assert {word.page for word in words} == {1}
    assert not any("—" in word.text for word in words)
    assert "深圳市科技创新局文件" not in {word.text for word in words}


def test_a_long_letter_takes_the_document_form_with_page_numbers() -> None:
    pdf = letter.draw(plain(*["核定额度，" * 30] * 4), fonts())
    check(pdf)
    words = poppler.placed(pdf)
    assert {word.page for word in words} == {1, 2}
    assert next(word.text for word in words if word.page == 1) == "深圳市科技创新局文件"
    assert "—1—" in poppler.text(pdf) and "—2—" in poppler.text(pdf)


def test_very_long_reasons_go_over_as_many_pages_as_they_need_and_none_is_lost() -> None:
    body = ["".join(f"第{n}项理由是材料不符，" for n in range(k, k + 60)) for k in range(0, 600, 60)]
    pdf = letter.draw(plain(*body), fonts())
    check(pdf)
    text = re.sub("—[0-9]+—", "", poppler.text(pdf))
    assert len({word.page for word in poppler.placed(pdf)}) > 5
    assert [n for n in range(600) if f"第{n}项" not in text] == []
    assert_within_the_page(pdf)


def assert_within_the_page(pdf: bytes) -> None:
    """No word leaves the type area to the side, or the page."""
    for word in poppler.placed(pdf):
        assert word.left >= 79.3 and word.right <= 522.3, word
        assert word.top >= 28 and word.bottom <= 830, word


def test_long_names_and_numbers_stay_on_the_page() -> None:
    office = "粤港澳大湾区国家数据要素流通协作先行区管理委员会科技创新和人工智能产业发展局"
    contract = "HT/2026-SZ-QH/AI-TRAINING-COMPUTE-LEASE-AGREEMENT-NO.000000123456789-REV.A" * 2
    for own in (
        issue(),
        issue(office=office, copies_to=("深圳市财政局",) * 9, contact="联系电话：0755-00000000"),
    ):
        content = approval(
            approved(
                unit=LONG_UNIT,
                provider=LONG_UNIT,
                contract_no=contract,
                calculation=(("base", f"{10**13:,}.00元（含税）"),),
                quota_fen=10**15,
            ),
            own,
        )
        pdf = letter.draw(content, fonts())
        check(pdf)
        assert_within_the_page(pdf)
        assert LONG_UNIT in poppler.text(pdf)


def test_amounts_are_whole_on_their_line() -> None:
    amounts = [f"{n},{n:03d},{n:03d}.{n % 100:02d}元" for n in range(101, 160)]
    pdf = letter.draw(plain("核定" + "及额度".join(amounts) + "。"), fonts())
    words = [word.text for word in poppler.placed(pdf)]
    assert [amount for amount in amounts if not any(amount in word for word in words)] == []


def test_an_uncovered_character_refuses_the_letter_wherever_it_stands() -> None:
    whole = plain("核定。", Figures(((("名", "值"),),)), notice="演示")
    letter.draw(whole, fonts())
    for broken in (
        replace(whole, office="ᠠ局"),
        replace(whole, number="ᠠ〔2026〕1号"),
        replace(whole, title="ᠠ"),
        replace(whole, addressee="ᠠ"),
        replace(whole, signed_by="ᠠ"),
        replace(whole, body=(Paragraph("核ᠠ"),)),
        replace(whole, body=(Paragraph("核", level=2, lead="ᠠ"),)),
        replace(whole, body=(Figures(((("ᠠ", "值"),),)),)),
        replace(whole, body=(Figures(((("名", "ᠠ"),),)),)),
        replace(whole, attachments=("ᠠ",)),
        replace(whole, copies_to=("ᠠ",)),
        replace(whole, note="ᠠ"),
        replace(whole, notice="ᠠ"),
        replace(whole, verification_lines=("ᠠ",)),
    ):
        with pytest.raises(UncoveredCharacter) as caught:
            letter.draw(broken, fonts())
        assert caught.value.characters == ("ᠠ",)


def test_all_missing_characters_are_named_at_once() -> None:
    with pytest.raises(UncoveredCharacter) as caught:
        letter.draw(plain("𰻝核ᠠ", title="ᠡ"), fonts())
    assert set(caught.value.characters) == set("𰻝ᠠᠡ")


def test_a_print_file_holds_every_letter_each_on_its_own_sheet() -> None:
    letters = [
        plain("短。", number=f"深科创券〔2026〕{n}号")
        if n % 2
        else plain(*["核定额度，" * 30] * 4, number=f"深科创券〔2026〕{n}号")
        for n in range(1, 5)
    ]
    pdf = letter.merge(letters, "第一批打印", date(2026, 7, 6), fonts())
    check(pdf)
    first = {
        n: next(w.page for w in poppler.placed(pdf) if w.text == f"深科创券〔2026〕{n}号")
        for n in range(1, 5)
    }
    assert first == {1: 1, 2: 3, 3: 5, 4: 7}
    assert pdf == letter.merge(letters, "第一批打印", date(2026, 7, 6), fonts())


def test_an_empty_print_file_is_a_mistake() -> None:
    with pytest.raises(ValueError):
        letter.merge([], "无", date(2026, 7, 6), fonts())
