"""Text made what it looks like: every way of writing a name is the name, and what is none is refused."""

import doctest
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import plain_text
from rules.plain_text import (
    DASHES,
    UNSEEN,
    Unprintable,
    account_key,
    clean,
    gives_no_reason,
    identity,
    is_exponent,
    name_key,
    narrowed,
    says_none,
    says_nothing,
    unblanked,
    unforced,
    word,
)

NAME = "深圳市云海算力服务有限公司"


def test_the_examples_in_the_prose_hold() -> None:
    result = doctest.testmod(plain_text)
    assert result.attempted > 3
    assert result.failed == 0


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("云海⼯⼒", "云海工力"),
        ("⻓沙⻋⻔", "长沙车门"),
        ("\uf9b4\U0002f800", "領丽"),
        ("\ufa0e", "\ufa0e"),
        ("\ue81e\ue826", "\u9fb4\u9fb5"),
        ("\ue855\ue816", "\U000241fe\U00020087"),
        ("云海\n算力", "云海算力"),
        ("云海算力\r\n（深圳）", "云海算力（深圳）"),
        ("云海算力\n(深圳)", "云海算力(深圳)"),
        ("Cloud\nSea", "Cloud Sea"),
        ("云海 A\n组", "云海 A 组"),
        (" \u3000云海\xa0 算力\t", "云海 算力"),
        ("云海\u3164算力", "云海 算力"),
        ("\u202d云海\u202c", "云海"),
        ("云海\u200e ", "云海"),
        ("云\u200d海\u00ad\u2060\ufeff", "云海"),
        ("葛\U000e0100飾\ufe0f", "葛飾"),
        ("\u200b", ""),
        ("云海（集团）", "云海（集团）"),
    ],
)
def test_a_name_is_taken_in_as_it_looks(written: str, seen: str) -> None:
    assert clean(written) == seen
    assert clean(seen) == seen


@pytest.mark.parametrize(
    "text", ["云\u202e海", "云\u200e海", "云\x01海", "云\x7f海", "云\ud800海", "a\U000e0041b", "a\ufff9b"]
)
def test_what_turns_or_hides_a_text_is_refused(text: str) -> None:
    with pytest.raises(Unprintable):
        clean(text)


def test_every_radical_becomes_the_character_that_it_is() -> None:
    radicals = [chr(code) for code in range(0x2E80, 0x2FD6) if unicodedata.category(chr(code)) == "So"]
    assert len(radicals) > 320
    for radical in radicals:
        folded = clean(radical)
        assert len(folded) == 1
        if radical != "\u2e80":  # CJK RADICAL REPEAT is a mark and no character
            assert unicodedata.category(folded) == "Lo", hex(ord(radical))


def test_a_private_character_that_is_nobody_s_stays_to_be_seen() -> None:
    assert clean("甲\ue000公司") == "甲\ue000公司"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30))
def test_a_text_once_taken_in_stays(text: str) -> None:
    try:
        seen = clean(text)
    except Unprintable:
        return
    assert clean(seen) == seen
    assert seen == seen.strip() and "  " not in seen


@given(st.lists(st.sampled_from([*map(chr, UNSEEN), " ", "\u3000", "\n"]), max_size=6), st.integers(0, 13))
def test_nothing_unseen_makes_another_number_or_key(noise: list[str], at: int) -> None:
    written = "HT-2026-00001"[:at] + "".join(noise) + "HT-2026-00001"[at:]
    assert unblanked(written) == "HT-2026-00001"
    assert name_key(NAME[:at] + "".join(noise) + NAME[at:]) == name_key(NAME)


@pytest.mark.parametrize("dash", DASHES)
def test_a_number_has_one_hyphen_and_one_width(dash: str) -> None:
    assert identity(f"ＨＴ{dash}２０２６号") == "HT-2026号"
    assert identity("深科（2026）1号") == "深科（2026）1号"


def test_names_are_compared_without_blanks_width_and_case() -> None:
    same = ("云海算力（深圳）Ltd", "云海算力(深圳) LTD", "云海 算力\n(深圳)ltd", "云海算⼒（深圳）ｌｔｄ")
    assert len({name_key(each) for each in same}) == 1
    assert name_key("云海算力") != name_key("云海算法")


NONE = (
    "无|没有|暂无|不适用|N/A|ｎ/ａ|NA|未获得|尚未获得|/|／|\\|-|--|—|——|–|－|零|零元|"
    "无其他财政资金|没有享受|未获得其他补贴|无。|否"
)


@pytest.mark.parametrize("said", NONE.split("|"))
def test_words_for_none(said: str) -> None:
    assert says_none(said) and says_nothing(f" {said} ".strip())


LEFT_OUT = (
    "未|未填|未填写|待补|待补充|略|未提供|空白|无超额|不超额|未超额|不超|不需要|无需|TBD|0.00|没有超额|n.a.|"
    "未超|不存在|无超额理由|nan|0元|暂缺|[未填]|不|ok|ＯＫ|O.K.|okay|好|好的"
)


@pytest.mark.parametrize("said", LEFT_OUT.split("|"))
def test_what_was_left_out_says_nothing_and_is_no_amount_of_nothing(said: str) -> None:
    assert says_nothing(said) and not says_none(said)


@pytest.mark.parametrize("said", ["[无]", "/无", "无/", "【无】", "“无”"])
def test_a_word_for_none_is_one_in_any_dress(said: str) -> None:
    assert says_none(said) and says_nothing(said)


@pytest.mark.parametrize(
    "said", ["无法按期交付", "无其他供应商", "待补交付的算力", "未能按期", "缺货", "0元起"]
)
def test_a_reason_that_begins_like_none_is_one(said: str) -> None:
    assert not says_none(said) and not says_nothing(said)


@pytest.mark.parametrize(
    "said", ["0", "1", "无锡市", "市级", "没有获得批准的理由见附件", "#N/A", "未知", "南山区", "Nanshan"]
)
def test_what_says_something_is_none_of_them(said: str) -> None:
    assert not says_none(said) and not says_nothing(said)


def test_what_is_no_reason_may_be_another_text() -> None:
    """Anybody writes 是 or 同意 under a reason; another text may be just that, as a number may be 1."""
    for said in ("是", "同意", "属实", "超额", "理由充分", "1", "100.00", "x", "yes", "有客观原因", "同上"):
        assert gives_no_reason(said) and not says_nothing(said), said
    for said in ("无", "不", "ok", "/", "OK!", "好，好的。", "无；略", "无、未填写"):
        assert gives_no_reason(said) and says_nothing(said), said
    for said in ("一", "Ⅰ", "是，同意", "同意；情况属实。", "无 / 同意", "Yes, agreed", "好 的", "𠮷"):
        assert gives_no_reason(said), said
    for said in ("同意，用量大", "无误：承担重大专项", "。(承担重大专项)"):
        assert not gives_no_reason(said) and not says_nothing(said), said
    for said in (
        "确有需要",
        "工作需要",
        "领导同意",
        "经局领导研究同意",
        "超过上限",
        "额度不足",
        "领导同意，确有需要",
    ):
        assert gives_no_reason(said), said
    for said in ("确有需要：国产算力适配", "领导同意追加国产模型适配", "超过上限部分用于国家重大专项"):
        assert not gives_no_reason(said), said
    for said in ("用量大", "好评项目", "承担重大专项", "市政府同意超额支持该项目", "超额用于两个模型", "IPO"):
        assert not gives_no_reason(said), said


def test_accounts_are_told_apart_by_figures_and_letters() -> None:
    same = ("6222000011112200001", "6222-0000-1111-2200001", "6222 0000 1111 2200001", "622200001111-2200001")
    assert len({account_key(each) for each in same}) == 1
    assert account_key("nra6222-01") == account_key("NRA622201") != account_key("NRA622202")


def test_a_text_without_a_letter_says_nothing() -> None:
    assert all(says_nothing(said) for said in ("。", "……", "？？", "/", "***"))
    assert not says_none("***"), "nothing is said of an amount by stars"


def test_a_spreadsheet_s_dress_is_taken_off() -> None:
    assert [unforced(said) for said in ('="0012"', "'0012", "a=b", "0012")] == ["0012", "0012", "a=b", "0012"]
    assert is_exponent("6.71E+18") and not is_exponent("HE-11")
    assert word("是（见附件）") == "是" and narrowed(" Ｎ\u200b／Ａ ") == "N/A"
