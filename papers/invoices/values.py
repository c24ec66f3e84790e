"""How the values of an invoice are written, and what they are once they are read: texts that can be compared.

Each function answers an empty text for what is none: what a carrier does not say clearly is not said.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from rules import creditcode, money

_SPACE = re.compile(r"\s+")
_ZEROS = re.compile(r"(\.\d\d)0+\Z")
_DAY = re.compile(r"(20\d\d)[-年/.]?(\d{1,2})[-月/.]?(\d{1,2})日?(?!\d)")
_NO_TAX = re.compile(r"\*+|免税|不征税|出口零税率|普通零税率")
_ID = re.compile(r"[0-9A-Z]{15,20}\Z")
_NEGATIVE = re.compile(r"[(（]负数[)）]")
_RED_ONE = re.compile(r"被红冲蓝字(?:数电)?(?:发)?票号码[:：]?(\d{20})")
_OLD_RED_ONE = re.compile(r"对应正数发票代码[:：]?(\d{10,12})号码[:：]?(\d{8})")
KINDS = (
    ("铁路", "rail"), ("航空", "air"), ("通行费", "toll"), ("机动车", "motor"), ("专用发票", "special"),
    ("普通发票", "general"), ("专票", "special"), ("普票", "general"),
)  # fmt: skip
"""Words of a title and the kind they mean, the first that is found."""
TYPES = {
    "01": "special", "08": "special", "31": "special", "85": "special",
    "04": "general", "10": "general", "32": "general", "86": "general",
    "03": "motor", "51": "rail", "61": "air", "14": "toll", "59": "toll",
}  # fmt: skip
"""The kinds by the type that a square code says. Older ones (01, 04, 08, 10) and those on paper mean the same
kinds as those of today (31, 32)."""


def bare(text: str) -> str:
    """Without any blank, full-width forms as plain ones."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def plain(text: str) -> str:
    """One line, blanks as single ones; its characters as they are."""
    return _SPACE.sub(" ", text).strip()


def amount(text: str) -> str:
    """Yuan with two decimals: ``-1234.50``."""
    said = bare(text).strip("¥￥元")
    negative = said.startswith("-")
    said = said.lstrip("-").strip("¥￥")
    try:
        fen = money.parse(_ZEROS.sub(r"\1", said))
    except money.MoneyError:
        return ""
    return money.yuan(-fen if negative else fen)


def tax(text: str) -> str:
    """As `amount`; where there is none by law (``*``, 免税, 不征税) it is zero."""
    return "0.00" if _NO_TAX.fullmatch(bare(text)) else amount(text)


def in_words(text: str) -> str:
    """The amount that capital characters say, with its sign: （负数）壹佰圆整 is -100.00."""
    said = bare(text).lstrip("⊗ⓧ×¥")
    negative = bool(_NEGATIVE.search(said)) or said.startswith("负")
    try:
        fen = money.from_capital(_NEGATIVE.sub("", said).removeprefix("负").lstrip("⊗ⓧ×"))
    except money.MoneyError:
        return ""
    return money.yuan(-fen if negative else fen)


def day(text: str) -> str:
    """The first date of a text, as ISO; a time behind it is left out."""
    said = _DAY.match(text.strip()) or _DAY.search(bare(text))
    if said is None:
        return ""
    try:
        return date(*map(int, said.groups())).isoformat()
    except ValueError:
        return ""


def number(text: str) -> str:
    """A number or code: digits alone."""
    said = bare(text)
    return said if said.isdigit() and said.isascii() and len(said) <= 20 else ""


def party_id(text: str) -> str:
    """A credit code or an older tax number."""
    said = creditcode.normalise(bare(text))
    return said if _ID.match(said) else ""


def name(text: str) -> str:
    """A party's name."""
    return plain(text)[:200]


def kind(text: str) -> str:
    """The kind that a title means; empty where it says none."""
    said = bare(text)
    return next((kind for word, kind in KINDS if word in said), "")


def original(text: str) -> str:
    """The invoice that a remark says was taken back, as `papers.invoices.invoice.identity_of` writes it."""
    said = bare(text)
    if found := _RED_ONE.search(said):
        return found[1]
    if found := _OLD_RED_ONE.search(said):
        return f"{found[1]}-{found[2]}"
    return said if re.fullmatch(r"\d{20}", said) else ""
