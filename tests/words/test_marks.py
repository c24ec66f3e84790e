"""Marks, brackets, ellipses, quotes and spaces: what a typist would be told, held for every sentence."""

import re

import pytest

from words.compile import rooms

ZH = rooms("zh")
LETTERS = ("casework_letters", "papers", "papers_procedure", "papers_ledger")
"""Rooms of what is printed on paper: no blanks between Chinese and figures there."""
ON_SCREEN = {
    code: text
    for room, sentences in ZH.items()
    for code, text in sentences.items()
    if room not in LETTERS and not code.startswith(("series.", "round.year"))
}
ON_PAPER = {
    code: text
    for room in LETTERS
    for code, text in ZH[room].items()
    if not code.startswith(("refused.", "ledger.page"))
}
EVERYWHERE = {code: text for sentences in ZH.values() for code, text in sentences.items()}
HAN = "[一-鿿]"
NUMBERS = (
    r"\w+_fen|count|cases|rows|days|months|year|seq|number|row|rate|percent|least|most|size|rejected|accepted"
    r"|findings|letters|vouchers|lists|pages|megabytes|gain|lose|version|round|checks|broken|decisions|same"
    r"|differ|picked|times|line|column|good|not_|fits|objections|supplement|given_on|until_on|from_on|due_on"
)
"""Parameters that are figures or days wherever they stand (`column`: of a text file)."""
FILES = "file|path|folder|output|copy"
ONE_DOT_TRIPLE = {
    "import.confirm_code": "a button that opens a dialog",
    "policies.try_file": "a button that opens a dialog",
    "case.hash": "the rest of a fingerprint",
    "cli.act.in_yuan": "a value left open",
    "refused.basis_missing": "a title left open",
}
BRACKETS = {
    "welcome.filter", "applications.export.kinds", "case.paper_filter", "import.filter", "policies.filter",
}  # fmt: skip
"""A file dialog's own notation."""


def found(pattern: str, sentences: dict[str, str]) -> dict[str, str]:
    return {code: text for code, text in sentences.items() if re.search(pattern, text)}


def test_brackets_are_full_width() -> None:
    slips = found(r"[()]", {c: re.sub(r"\(&\w\)", "", t) for c, t in EVERYWHERE.items()})
    assert slips.keys() - BRACKETS == set()


def test_an_ellipsis_is_six_dots() -> None:
    assert found(r"(?<!…)…(?!…)", EVERYWHERE).keys() == ONE_DOT_TRIPLE.keys()
    assert found(r"\.\.\.|。。", EVERYWHERE) == {}


def test_only_documents_stand_in_title_marks() -> None:
    assert found(r"《\{(?!title\})", EVERYWHERE) == {}
    assert found(r"《\{title\}》", EVERYWHERE).keys() == {"basis.document", "basis.unnumbered"}


def test_names_of_files_stand_in_quotes() -> None:
    bare = found(rf'(?<!“)(?<!")\{{(?:{FILES})\}}', EVERYWHERE)
    assert bare.keys() == {"import.rejects_name"}, "only a name made of a name has none"


def test_quotes_come_in_pairs() -> None:
    assert [text for text in EVERYWHERE.values() if text.count("“") != text.count("”")] == []
    assert [text for text in EVERYWHERE.values() if text.count("（") != text.count("）")] == []


def test_english_has_one_kind_of_quotes() -> None:
    english = [text for sentences in rooms("en").values() for text in sentences.values()]
    assert [text for text in english if re.search("[“”]", text)] == []


def test_english_has_no_chinese_marks() -> None:
    """Names of laws and papers stay Chinese, in 《》 or in brackets, and so do their marks."""
    names = re.compile(rf"《[^》]*》|（[^）]*）|\([^()]*{HAN}[^()]*\)")
    english = {code: names.sub("", text) for room in rooms("en").values() for code, text in room.items()}
    assert found(r"[，。；：？！（）、【】￥\u3000]", english) == {}


def test_figures_on_screen_stand_apart_from_chinese() -> None:
    typed = re.compile(r"\d+(?:\.\d+)?(?:万|亿)元?|〕\d+号|《[^》]*》|SHA-256|定期\d+年|（\d+")
    plain = {code: typed.sub("", text) for code, text in ON_SCREEN.items()}
    assert found(rf"{HAN}\d|\d{HAN}", plain) == {}
    assert found(rf"{HAN}\{{(?:{NUMBERS})\}}|\{{(?:{NUMBERS})\}}{HAN}", plain) == {}


def test_nothing_stands_apart_on_paper() -> None:
    assert found(rf"{HAN} [\d{{]|[\d}}] {HAN}", ON_PAPER) == {}


@pytest.mark.parametrize(
    "text", ["已导出到 {path}", "共{count}件", "见《{name}》", "正在预览…", "金额(元)", "至少7位"]
)
def test_a_slip_is_found(text: str) -> None:
    patterns = (
        r"[()]", r"(?<!…)…(?!…)", r"《\{(?!title\})", rf'(?<!“)(?<!")\{{(?:{FILES})\}}',
        rf"{HAN}\{{(?:{NUMBERS})\}}", rf"{HAN}\d",
    )  # fmt: skip
    assert any(found(pattern, {"slip": text}) for pattern in patterns)
