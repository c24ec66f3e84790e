"""An invoice read from its printed page: labels and what stands beside them.

Buyer stands before seller: to its left where both are in one row (数电票), above it in the older kinds. What
can't be told apart so is not said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from papers.invoices import printed_lines, values
from papers.invoices.carrier import Carrier
from papers.invoices.printed_words import Row, Word, place, rows
from rules import money

LABELS = (
    ("original", r"被红冲蓝字(?:数电)?(?:发)?票号码[:：]?"),
    ("number", r"(?:数电)?发票号码[:：]?"),
    ("code", r"发票代码[:：]?"),
    ("issued_on", r"开票日期[:：]?"),
    ("check_code", r"校验码[:：]?"),
    ("machine", r"机器编号[:：]?"),
    ("id", r"(?:统一社会信用代码[/／]?)?纳税人识别号[:：]?|统一社会信用代码[:：]?"),
    ("party", r"(?:购买方|销售方|购方|销方)?名称[:：]"),
    ("words", r"价税合计(?:[(（]大写[)）])?[:：]?"),
    ("gross", r"[(（]小写[)）][:：]?"),
    ("total", r"合计(?![(（])[:：]?"),
    ("remark", r"备注[:：]?"),
    ("clerk", r"(?:开票人|收款人|复核)[:：]?|销售方[:：]?[(（]章[)）]?"),
    ("address", r"地址[、,]?电话[:：]?|开户行及账号[:：]?"),
)
_LABEL = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in LABELS))
_NUMBER = re.compile(r"(?<!\d)\d{20}(?!\d)")
_TITLE = re.compile(r"发票|电子客票|行程单")
_SIDES = re.compile(r"[购买销售方信息密码区]{1,5}")
"""The captions that stand upright beside the parties, a letter or two a row."""


class Token(NamedTuple):
    """A piece of a row: a label, or a text that is none (an empty label)."""

    label: str
    word: Word


def read(found: Iterable[Word]) -> Carrier:
    """What the printed pages say."""
    said = Carrier("text")
    seen = [[word for word in row if not _SIDES.fullmatch(word.text)] for row in rows(found)]
    lines = [list(_tokens(row)) for row in seen if row]
    _labelled(said, lines)
    _parties(said, lines)
    _sums(said, lines)
    _title(said, lines)
    _remark(said, lines)
    said.lines = printed_lines.read([[token.word for token in line] for line in lines])
    if said.text("original"):
        said.put("red", "yes", said.values["original"].place)
    return said


def _tokens(row: Row) -> Iterator[Token]:
    """The labels of a row and the texts between them."""
    for word in row:
        if _LABEL.search(word.text) is None:
            yield Token("", word)
            continue
        at, width = 0, (word.right - word.left) / len(word.text)

        def piece(start: int, end: int, word: Word = word, width: float = width) -> Word:
            left = word.left + start * width
            return word._replace(text=word.text[start:end], left=left, right=word.left + end * width)

        for label in _LABEL.finditer(word.text):
            if label.start() > at:
                yield Token("", piece(at, label.start()))
            yield Token(label.lastgroup or "", piece(label.start(), label.end()))
            at = label.end()
        if at < len(word.text):
            yield Token("", piece(at, len(word.text)))


def _beside(line: list[Token], at: int) -> list[Word]:
    """The words to the right of a label, up to the next one or a wide gap."""
    found: list[Word] = []
    for token in line[at + 1 :]:
        if token.label:
            break
        if found and token.word.left - found[-1].right > 3 * token.word.height:
            break
        found.append(token.word)
    return found


def _text(found: Iterable[Word]) -> str:
    """Words as one text, with a blank where one stands between them in a row."""
    said, last = "", None
    for word in found:
        if last is not None and abs(last.middle - word.middle) < 0.5 * word.height:
            said += " " * (word.left - last.right > 0.15 * word.height)
        said, last = said + word.text, word
    return said


def _labelled(said: Carrier, lines: list[list[Token]]) -> None:
    """Number, code, day and the total in capitals, each beside its label."""
    for line in lines:
        for at, token in enumerate(line):
            if token.label in ("number", "code", "issued_on", "words", "original"):
                found = _beside(line, at)
                said.say(token.label, _text(found), place(found))
    texts = [token.word for line in lines for token in line if not token.label]
    if "number" not in said.values and "code" not in said.values:
        word = next((each for each in texts if _NUMBER.fullmatch(each.text)), None)
        if word is not None:
            said.say("number", word.text, place([word]))
    if "issued_on" not in said.values:
        word = next((each for each in texts if re.match(r"20\d\d年\d", each.text)), None)
        if word is not None:
            said.say("issued_on", word.text, place([word]))


def _parties(said: Carrier, lines: list[list[Token]]) -> None:
    """Names and tax numbers, buyer's before seller's."""
    for label, field in (("party", "{}"), ("id", "{}_id")):
        found = [(line, at) for line in lines for at, token in enumerate(line) if token.label == label]
        both = [(line[at].word, _below(lines, line, _beside(line, at), label)) for line, at in found]
        if len(both) > 2:
            both = both[:2]
        for side, (_, beside) in zip(("buyer", "seller"), both, strict=False):
            if beside:
                said.say(field.format(side), _text(beside), place(beside))


def _below(lines: list[list[Token]], line: list[Token], found: list[Word], label: str) -> list[Word]:
    """A name with what of it was wrapped into the next row."""
    if not found or label != "party":
        return found
    first = found[0]
    after = lines[lines.index(line) + 1] if lines.index(line) + 1 < len(lines) else []
    for token in after:
        close = token.word.top - first.bottom < 0.6 * first.height
        level = abs(token.word.left - first.left) < 3
        is_name = not token.label and not re.fullmatch(r"[0-9A-Z]{15,20}|\S?", token.word.text)
        if is_name and close and level:
            return [*found, token.word]
    return found


def _sums(said: Carrier, lines: list[list[Token]]) -> None:
    """Net and tax in the row of 合计, gross beside （小写）."""
    for line in lines:
        for at, token in enumerate(line):
            if token.label == "gross":
                _gross(said, line[at + 1 :])
            elif token.label == "total":
                sums = list(_amounts(line[at + 1 :]))
                if len(sums) == 2 and not any(each.label == "words" for each in line):
                    for field, (text, word) in zip(("net", "tax"), sums, strict=True):
                        said.say(field, text, place([word]))
    if "gross" not in said.values:  # without （小写）: the amount in the row of the capitals
        for line in lines:
            if any(token.label == "words" for token in line):
                _gross(said, line)
    if "net" not in said.values:
        _net_by_gross(said, lines)


def _net_by_gross(said: Carrier, lines: list[list[Token]]) -> None:
    """Net and tax without the word 合计: the row of two amounts that come to the gross."""
    if not (gross := said.text("gross")):
        return
    for line in reversed(lines):
        sums = [(read, word) for text, word in _amounts(line) if (read := values.amount(text))]
        if len(sums) == 2 and sum(money.parse_signed(text) for text, _ in sums) == money.parse_signed(gross):
            for field, (text, word) in zip(("net", "tax"), sums, strict=True):
                said.say(field, text, place([word]))
            return


def _gross(said: Carrier, after: list[Token]) -> None:
    for text, word in _amounts(after):
        said.say("gross", text, place([word]))


def _amounts(tokens: Iterable[Token]) -> Iterator[tuple[str, Word]]:
    """Amounts among tokens, with or without ¥ before them or before the next token; stars are no tax."""
    for token in tokens:
        said = token.word.text.strip("¥￥()（）")
        if token.label or not said:
            continue
        if re.fullmatch(r"\*+", said) or (re.search(r"\.\d\d\Z", said) and values.amount(said)):
            yield said, token.word


def _title(said: Carrier, lines: list[list[Token]]) -> None:
    """The kind, by the title above all; the whole page where the title says none."""
    for line in lines:
        text = "".join(token.word.text for token in line)
        if _TITLE.search(text) and values.kind(text):
            words = [token.word for token in line if _TITLE.search(token.word.text)]
            said.put("kind", values.kind(text), place(words))
            return


def _remark(said: Carrier, lines: list[list[Token]]) -> None:
    """What stands beside and below 备注, above the clerks, without the letters of an upright label."""
    start, label = _remark_label(lines)
    if label is None:
        return
    above = [n for n in range(start) if any(token.label in ("words", "gross") for token in lines[n])]
    first = above[-1] + 1 if above and label.text == "备" else start
    found: list[Word] = []
    for line in lines[first:]:
        if any(token.label == "clerk" for token in line):
            break
        found += [
            token.word for token in line
            if token.label not in ("remark", "total") and token.word.text not in ("备", "注")
            and token.word.left >= label.left
        ]  # fmt: skip
    said.say("remark", _text(found), place(found))
    if red := values.original(_text(found)):
        said.put("original", red, place(found))


def _remark_label(lines: list[list[Token]]) -> tuple[int, Word | None]:
    """The row and word of 备注, or of its first letter where it is set upright."""
    for upright in (False, True):
        for number, line in enumerate(lines):
            for token in line:
                if token.label == "remark" or (upright and token.word.text == "备"):
                    return number, token.word
    return 0, None
