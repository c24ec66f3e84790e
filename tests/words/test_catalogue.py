"""Every code has a finished sentence in both languages, with the same parameters."""

import re

import pytest

import words
from words.compile import compiled, placeholders, rooms

ZH, EN = rooms("zh"), rooms("en")
CODES = sorted({(room, code) for tree in (ZH, EN) for room in tree for code in tree[room]})


def test_both_languages_have_the_same_rooms() -> None:
    assert ZH.keys() == EN.keys()


@pytest.mark.parametrize("room", sorted(ZH))
def test_a_room_has_the_same_codes_in_both_languages(room: str) -> None:
    assert set(ZH[room]) ^ set(EN.get(room, {})) == set()


def test_both_languages_name_the_same_parameters() -> None:
    differ = [
        code
        for room, code in CODES
        if placeholders(ZH[room].get(code, "")) != placeholders(EN[room].get(code, ""))
    ]
    assert differ == []


def test_chinese_sentences_use_chinese_punctuation() -> None:
    """Half-width marks between Chinese characters are slips of the keyboard."""
    slips = [
        (code, text)
        for sentences in ZH.values()
        for code, text in sentences.items()
        if not code.endswith("filter")  # a file dialog's own notation
        and any(
            mark in ",;:!?" and ("一" <= before <= "鿿" or "一" <= after <= "鿿")
            for before, mark, after in zip(text, text[1:], text[2:] + " ", strict=False)
        )
    ]
    assert slips == []


def test_both_languages_end_alike() -> None:
    """A sentence ends with a full stop in both languages, a label in neither (but for abbreviations: No.)."""
    differ = [
        code
        for room, code in CODES
        if ZH[room][code].endswith("。") != EN[room][code].removesuffix("No.").endswith(".")
    ]
    assert differ == []


def test_english_has_no_chinese() -> None:
    """Names of laws and papers may stay Chinese, in 《》 or in brackets; 中文 names the language."""
    stray = []
    for sentences in EN.values():
        for code, text in sentences.items():
            depth = 0
            for character in text.replace("中文", ""):
                depth += (character in "《(（") - (character in "》)）")
                if depth == 0 and "一" <= character <= "鿿":
                    stray.append((code, text))
                    break
    assert stray == []


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_committed_catalogue_is_fresh(lang: str) -> None:
    from words.catalogue import MESSAGES

    assert (MESSAGES / f"{lang}.mo").read_bytes() == compiled(lang), "run: python -m words.compile"


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_every_sentence_can_be_said(lang: str) -> None:
    for sentences in rooms(lang).values():
        for code, text in sentences.items():
            params = {name: 100 if name.endswith("_fen") else name for name in placeholders(text)}
            assert "{" not in words.say(code, lang, **params)


COUNTED = r"\{(?!\w*_fen\})\w+\} (?:[a-z]+ )??([a-z]+s)\b"
"""A parameter and the word after it, or the one after that, if it ends like a plural."""
NO_PLURALS = frozenset(
    (
        "is", "has", "was", "does", "its", "less", "goes", "leaves", "holds", "waits", "says", "stands",
        "lies", "carries", "becomes", "finds", "names", "takes", "needs", "comes", "makes", "proposes",
        "pays", "revokes", "exists", "claims", "deducts", "overlaps", "counts", "keeps", "intends",
        "decides", "asks", "accepts", "forbids", "as", "others",
    )
)  # fmt: skip
"""Verbs of one and other words that end so."""


def test_english_words_go_with_their_figures() -> None:
    """Never "1 cases": a plural right after a parameter stands with its singular as `{count:case|cases}`."""
    assert _unmarked(EN) == []
    assert _unmarked({"": {"slip": "{count} cases wait"}}) == [("slip", "cases")]
    assert _unmarked({"": {"slip": "{days} working days left"}}) == [("slip", "days")]


def _unmarked(rooms_: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    return [
        (code, word)
        for sentences in rooms_.values()
        for code, text in sentences.items()
        for word in re.findall(COUNTED, text)
        if word not in NO_PLURALS
    ]


def test_no_sentence_leaves_the_number_open() -> None:
    assert [text for tree in EN.values() for text in tree.values() if re.search(r"\w\(e?s\)", text)] == []


@pytest.mark.parametrize(("count", "said"), [(1, "1 row"), (0, "0 rows"), (2, "2 rows"), (11, "11 rows")])
def test_a_word_goes_with_its_figure(count: int, said: str) -> None:
    assert words.say("table.rows", "en", rows=count) == said


def test_chinese_has_one_form() -> None:
    assert [text for tree in ZH.values() for text in tree.values() if re.search(r"\{\w+:", text)] == []


def test_a_code_without_a_sentence_is_a_bug() -> None:
    with pytest.raises(words.MissingWords, match=r"no\.such\.code"):
        words.say("no.such.code")
    assert not words.has("no.such.code")


def test_a_parameter_that_is_missing_is_a_bug() -> None:
    with pytest.raises(words.MissingWords, match="left_fen"):
        words.say("amount.left", "en")


def test_an_unknown_language_is_a_bug_but_an_unknown_wish_falls_back(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(words.MissingWords):
        words.say("amount.left", "fr", left_fen=1)
    monkeypatch.delenv("VOUCHER_DESK_LANG", raising=False)
    assert words.language() == "zh"
    assert words.language("en_GB.UTF-8") == "en"
    assert words.language("fr") == "zh"
    monkeypatch.setenv("VOUCHER_DESK_LANG", "en")
    assert words.language() == "en"
    assert words.language("zh") == "zh"
