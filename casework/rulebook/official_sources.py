"""The official source of a rule (document, number, article), recorded by two people, and what a letter cites.

A pack may rest on press or on a digest, which is enough to calculate and never enough to refuse or to approve
in writing. What the office has found in the official text stands beside the pack as a supplement of its own
kind: it sets no parameter, so no award and no calculation changes by it. Its parameter reads `source:<rule>`,
with the names of `rules.pack.Pack.sources`; it is confirmed, rejected and revoked as every supplement is.
"""

import datetime
import hashlib
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlmodel import Session, col

import models
import words
from casework.core.act import Turn, act
from casework.core.given_words import says_something
from casework.core.office import Office
from casework.core.refused import Called, Refused
from casework.core.who_may import Who
from casework.rulebook import names_on_paper
from casework.rulebook.in_force import OF_A_SOURCE, confirmed_order
from casework.rulebook.packs import find
from casework.rulebook.rule_titles import pack_called
from casework.rulebook.supplements import propose
from casework.rulebook.tests_in_words import key_called
from papers.chinese import say
from rules.check_text import NOT_OF_AN_ARTICLE
from rules.pack import Pack, Source, load
from rules.toml_text import canonical, data_of

OFFICIAL = ("A", "office")
"""The grades of a pack that a letter may rest on; a demonstration's are made up, and its papers say so."""
MADE_UP = "made-up"
_NUMBERED = re.compile(r"(?:第|附|序|前言|全文|[（(]?[0-9０-９一二三四五六七八九十]+[）)、.．]?)|[A-Za-z]")
"""How an article begins that is called by its number; any other is the heading of a part."""
_DIGEST = "摘要"
"""What the title of a digest says, and no document's own."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule is written, as a letter cites it: the document's title without its marks, its number (some
    notices have none), the article as the document itself numbers it, and the grade."""

    title: str
    number: str
    article: str
    grade: str

    @property
    def document(self) -> str:
        """Its document alone: 《title》（number）."""
        code = "basis.document" if self.number else "basis.unnumbered"
        return say(code, title=self.title, number=self.number)

    @property
    def text(self) -> str:
        """As one phrase: 《title》（number）article."""
        return self.document + self.place

    @property
    def place(self) -> str:
        """The article within its document: by its number, or the part that a heading names."""
        return self.article if _NUMBERED.match(self.article) else say("basis.part", heading=self.article)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An official source as it is stored: of which rule of which pack, and the day of the document."""

    pack: str
    rule: str
    title: str
    number: str
    article: str
    on: datetime.date
    seen: str
    grade: str

    @property
    def canonical(self) -> bytes:
        """The bytes that are stored and hashed."""
        return canonical({"kind": "source", **asdict(self)})

    @property
    def citation(self) -> Citation:
        """How a letter cites it."""
        return Citation(self.title, self.number, self.article, self.grade)


def recorded(row: models.Supplement) -> Recorded:
    """What a stored source says."""
    said = data_of(bytes(row.canonical).decode())
    return Recorded(**{name: value for name, value in said.items() if name != "kind"})


class Citations:
    """What the rules of an office's packs may be cited by, read once."""

    def __init__(self, session: Session) -> None:
        row, pack = models.Supplement, models.Pack
        found = session.execute(
            select(row, col(pack.scheme), col(pack.version))
            .join(pack, col(pack.id) == col(row.pack_id))
            .where(col(row.parameter).startswith(OF_A_SOURCE), col(row.state).in_(("confirmed", "revoked")))
            .order_by(*confirmed_order())
        )
        latest = {
            (scheme, version, one.parameter.removeprefix(OF_A_SOURCE)): one for one, scheme, version in found
        }
        self._recorded = {key: recorded(one) for key, one in latest.items() if one.state == "confirmed"}
        self._office = session.execute(select(models.OfficeRow)).scalar_one()

    def of(self, pack: Pack, rule: str) -> Citation | None:
        """The citation of a rule: the one that the office recorded last, else the pack's own where that is
        official; None where the rule rests on a digest.

        Args:
            rule: a name of `Pack.sources`.
        """
        said = self._recorded.get((pack.id, pack.version, rule))
        if said is not None:
            return said.citation
        source = pack.sources().get(rule)
        return None if source is None or not self._official(source) else own(pack, source)

    def documents(self, pack: Pack) -> tuple[str, ...]:
        """The documents that the office recorded for rules of a pack, each once."""
        found = (self._recorded.get((pack.id, pack.version, rule)) for rule in pack.sources())
        return tuple(dict.fromkeys(one.citation.document for one in found if one is not None))

    def has_official(self, pack: Pack) -> bool:
        """Whether a pack is written from the document itself, at least in part."""
        return any(map(self._official, pack.sources().values()))

    def digests(self, pack: Pack) -> tuple[str, ...]:
        """The rules of a pack that a letter can't rest on yet, in the order of the calculation; without those
        that no source states."""
        return tuple(
            name for name, source in pack.sources().items() if source.article and self.of(pack, name) is None
        )

    def _official(self, source: Source) -> bool:
        made_up = source.grade == MADE_UP and bool(self._office.demonstration)
        return source.grade in OFFICIAL or made_up


def unofficial(office: Office, ref: str) -> tuple[str, ...]:
    """`Citations.digests` of a pack by its `id@version`.

    Raises:
        Refused: `refused.no_such_pack`.
    """
    with office.read() as session:
        return Citations(session).digests(load(bytes(find(session, ref).canonical).decode()))


def own(pack: Pack, source: Source) -> Citation:
    """The citation of a source as the pack gives it; what an older pack notes behind the article is left
    out."""
    article = source.article.partition("；")[0].partition("：")[0]
    if source.document == pack.document:
        title, number = names_on_paper.document(pack)
        if source.title:
            title, number = source.title, pack.document
        return Citation(title, number, article, source.grade)
    number = source.document if source.title else ""
    return Citation(source.title or source.document, number, article, source.grade)


def must_cite(who: Who, pack: Pack, rules: Iterable[str]) -> tuple[Citation, ...]:
    """The citations of rules that a letter states; the bar of what issues it.

    Args:
        rules: names of `Pack.sources`.

    Raises:
        Refused: `refused.digest_only`, with the names of all that rest on a digest.
    """
    citations = who.once(Citations)
    found = {rule: citations.of(pack, rule) for rule in rules}
    digests = dict.fromkeys(title(pack, rule) for rule, citation in found.items() if citation is None)
    if digests:
        raise Refused("refused.digest_only", rule=tuple(digests), pack=pack_called(pack))
    return tuple(citation for citation in found.values() if citation is not None)


def title(pack: Pack, rule: str, lang: str = "zh") -> str:
    """What a name of `Pack.sources` is called."""
    name, _, key = rule.partition(".")
    named = pack.rules().get(name)
    part = key_called(key or name, lang)
    if named is None:
        return part
    called = named.title if lang == "zh" else named.title_en
    return words.say("policies.source_of", lang, rule=called, part=part) if key else called


def _must_be_of(pack: Pack, rule: str) -> None:
    known = tuple(Called(name, title(pack, name), title(pack, name, "en")) for name in pack.sources())
    if rule not in known:
        raise Refused("refused.no_such_rule", rule=rule, pack=pack_called(pack), known=known)


@act("propose_source")
def propose_source(
    turn: Turn,
    pack: str,
    rule: str,
    title: str,
    article: str,
    on: datetime.date,
    number: str = "",
    seen: str = "",
) -> None:
    """Propose the official source of a rule of a pack (`id@version`); another person confirms it.

    Args:
        rule: a name of `Pack.sources`.
        title: the document's title, with or without 《》.
        article: as the document itself numbers it.
        on: the day of the document.
        number: its number (文号), where it has one.
        seen: where its text was read.

    Raises:
        Refused: `refused.no_such_pack`, `refused.no_such_rule`, `refused.citation_incomplete`,
            `refused.title_of_digest`, `refused.article_holds_note`, `refused.source_to_come`.
    """
    row = find(turn.session, pack)
    _must_be_of(load(bytes(row.canonical).decode()), rule)
    name, article = title.strip().removeprefix("《").removesuffix("》").strip(), article.strip()
    if not says_something(name) or not says_something(article):
        raise Refused("refused.citation_incomplete")
    if _DIGEST in name:
        raise Refused("refused.title_of_digest", title=name)
    if any(mark in article for mark in NOT_OF_AN_ARTICLE):
        raise Refused("refused.article_holds_note", article=article)
    if on > turn.today:
        raise Refused("refused.source_to_come", on=on)
    grade = MADE_UP if turn.office.demonstration else "A"
    its_number = number.strip() if says_something(number) else ""
    stated = Recorded(row.scheme, rule, name, its_number, article, on, seen.strip(), grade)
    made = models.Supplement(
        pack_id=row.id,
        parameter=OF_A_SOURCE + rule,
        value=stated.citation.text,
        from_on=on,
        source=stated.seen or stated.citation.text,
        canonical=stated.canonical,
        sha256=hashlib.sha256(stated.canonical).hexdigest(),
        proposed_by_id=turn.person.id,
        proposed_at=turn.at,
    )
    propose(turn, pack, made)
