"""A pack as the paper that the two sign who adopt it: its sentences in the order of the document's articles.

The sentences are those of `casework.rulebook.pack_in_words`; what no article states (parameters that are
unset, each with its readings, and checks that are broken on purpose) follows behind them.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from casework.rulebook.pack_in_words import Statement, told
from papers.chinese import say
from papers.letters.pack_paper import PackPaper, Part, Said, day
from rules.pack import Pack
from rules.parts import Source, Waiver
from rules.toml_text import data_of

_ARTICLE = re.compile(r"第?([零〇一二两三四五六七八九十百]+|[0-9]+)[条章]")
_DIGITS = {mark: value for value, mark in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_LAST = 10**6


class Signed(NamedTuple):
    """Who proposed and who confirmed a pack, as far as that has been done."""

    proposed: str = ""
    confirmed: str = ""
    made_on: date | None = None


NOBODY = Signed()


def on_paper(
    pack: Pack, settled: Mapping[str, str] | None = None, signed: Signed = NOBODY, mark: str = ""
) -> PackPaper:
    """The paper of a pack.

    Args:
        settled: what the office's supplements set, by parameter.
        mark: of the office (`Office.mark`).
    """
    statements = told(pack, "zh", settled)
    return PackPaper(
        title=pack.title,
        ref=pack.ref,
        sha256=pack.sha256,
        about=tuple(_about(pack)),
        parts=(*_filled_in(statements), *_articles(pack, statements), *_beside(pack, statements)),
        made_on=signed.made_on or pack.in_force_from,
        proposed=signed.proposed,
        confirmed=signed.confirmed,
        mark=mark,
    )


def _about(pack: Pack) -> Iterator[tuple[str, str]]:
    document = " ".join(dict.fromkeys(filter(None, (pack.document, pack.document_title))))
    for name, value in (
        ("document", document), ("issuer", pack.issuer), ("bureau", pack.bureau), ("ref", pack.ref),
        ("sha256", pack.sha256), ("from", day(pack.in_force_from)), ("until", day(pack.in_force_until)),
        ("mode", say(f"pack_paper.mode.{pack.mode}")), ("payee", say(f"pack_paper.payee.{pack.payee}")),
    ):  # fmt: skip
        if value:
            yield say(f"pack_paper.{name}"), value


def _filled_in(statements: tuple[Statement, ...]) -> Iterator[Part]:
    """How it is calculated where no rule says otherwise, and what is filled in."""
    yield Part(say("pack_told.reckoning"), (
        Said(say("pack_told.reckoning.order"), say("pack_told.reckoning.order.text"), ""),
        Said(say("pack_told.reckoning.rounding"), say("pack_told.reckoning.rounding.text"), ""),
        Said(say("pack_told.reckoning.blocked"), say("pack_told.reckoning.blocked.text"), ""),
    ))  # fmt: skip
    filled = tuple(Said(one.title, one.text, "") for one in statements if one.section == "fact")
    if filled:
        yield Part(say("policies.section.fact"), filled)


# -- by article ------------------------------------------------------------------------------------------


def _articles(pack: Pack, statements: tuple[Statement, ...]) -> Iterator[Part]:
    """The rules that a source states, under its document and article, in the order of the articles."""
    found: dict[tuple[str, str], list[Said]] = {}
    sources = pack.sources()
    for statement in statements:
        source = _source(pack, statement, sources)
        if source is not None:
            place = source.title or source.document, source.article
            found.setdefault(place, []).append(_said(statement, source))
    documents = list(dict.fromkeys(document for document, _ in found))
    own = pack.document_title or pack.document
    for document, article in sorted(
        found, key=lambda place: (place[0] != own, documents.index(place[0]), _number(place[1]))
    ):
        heading = article or say("pack_paper.no_article")
        if document not in (own, pack.document):
            heading = say("pack_paper.of_another", document=document, article=heading)
        yield Part(heading, tuple(found[document, article]))


def _source(pack: Pack, statement: Statement, sources: Mapping[str, Source]) -> Source | None:
    """Where a statement is written; None for what stands behind the articles."""
    if statement.section == "force":
        table = pack.canonical.decode().partition("\n[in_force]\n")[2].partition("\n\n")[0]
        written = data_of(table)  # the whole text takes long to read again
        document = str(written.get("document", pack.document))
        return Source(document, str(written.get("article", "")), str(written.get("grade", "")))
    if statement.section in ("fact", "unset"):
        return None
    if statement.section == "office":
        source = pack.office[statement.rule].source
        return source if source.article else None
    return sources.get(statement.rule) or Source(pack.document, "", "")


def _said(statement: Statement, source: Source) -> Said:
    graded = say(f"policies.grade.{source.grade}") if source.grade else ""
    note = say("pack_paper.note", note=source.note) if source.note else ""
    parts = statement.source.split("\n")[1:]  # keys of the rule that rest on another source
    return Said(statement.title, statement.text, "　".join(each for each in (graded, note, *parts) if each))


def _number(article: str) -> int:
    """The number of an article, for its order; those without one come last."""
    found = _ARTICLE.search(article)
    if found is None:
        return _LAST
    text = found[1]
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for mark in text:
        if mark in "十百":
            total += (digit or 1) * (10 if mark == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[mark]
    return total + digit


# -- beside the articles ---------------------------------------------------------------------------------


def _beside(pack: Pack, statements: tuple[Statement, ...]) -> Iterator[Part]:
    unset = [
        Said(one.title, one.text, say(_standing(one.open))) for one in statements if one.section == "unset"
    ]
    unset += [
        Said(one.title, say("pack_paper.term") if one.open else one.text, say(_standing(one.open)))
        for one in statements
        if one.section == "office" and not pack.office[one.rule].source.article
    ]
    if unset:
        yield Part(say("pack_paper.unset"), tuple(unset))
    if pack.waivers:
        waived = tuple(
            Said(say(f"pack_paper.waiver.{one.check}"), say("pack_paper.waived"), _with_note(one))
            for one in pack.waivers
        )
        yield Part(say("pack_paper.waivers"), waived)


def _with_note(waiver: Waiver) -> str:
    noted = say("pack_paper.note", note=waiver.note) if waiver.note else ""
    return "　".join(filter(None, (waiver.article, noted)))


def _standing(is_open: bool) -> str:
    return "pack_paper.still_open" if is_open else "pack_paper.set"
