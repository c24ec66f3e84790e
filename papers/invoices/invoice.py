"""An invoice as it was read: each value with the carrier that says it and its place there.

One file carries the same invoice in several ways: as data (XML), as an attachment, as tags over the printed
page, as printed text, as a square code. What they say in common counts once; where they differ the signed or
structured one's value stands and the difference is a finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

import words
from rules import money

CARRIERS = ("xml", "attachment", "tag", "text", "data", "qr", "words")
"""What says a value, in the order in which they are believed: an XML file, an XML within an OFD or PDF, tags
over an OFD's page, printed text, the data of an OFD's cover (its 合计金额 is net), a square code, and the
total in capital characters."""
MONEY = ("net", "tax", "gross")
FIELDS = (
    "kind", "code", "number", "issued_on", "red", "original", "buyer", "buyer_id", "seller", "seller_id",
    *MONEY, "remark",
)  # fmt: skip
"""The values of an invoice. `kind`: special, general, rail, air, toll, motor, or another word of its own;
`code`: ten or twelve digits of the older kinds, empty for one with a number of twenty; `red`: yes or no;
`original`: what a red one takes back, as `identity` writes it."""
FORBIDS = frozenset(("digest_broken", "carriers_differ", "same_invoice", "same_differs"))
"""Findings with which nothing may be paid before a person decided."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in points (1/72 inch) from the page's top left corner; in a picture, pixels."""


class Place(NamedTuple):
    """Where a value stands: the part of the file (empty: the file itself), the page from 1 on and the box on
    it (0 and none where there is no page)."""

    part: str = ""
    page: int = 0
    box: Box | None = None


NOWHERE = Place()
"""The file itself."""


class Value(NamedTuple):
    """What one carrier says of a field: amounts are yuan with two decimals, dates ISO."""

    text: str
    carrier: str
    place: Place = NOWHERE


class Line(NamedTuple):
    """One line of goods or services, amounts in yuan as they are written; empty where it is not said."""

    name: str = ""
    spec: str = ""
    unit: str = ""
    quantity: str = ""
    price: str = ""
    amount: str = ""
    rate: str = ""
    tax: str = ""
    place: Place = NOWHERE

    @classmethod
    def of(cls, said: Mapping[str, str], place: Place = NOWHERE) -> Line:
        """A line by the names of what is said of it."""
        return cls(**{name: said.get(name, "") for name in cls._fields[:-1]}, place=place)


class Finding(NamedTuple):
    """What is wrong or worth knowing: a code and what its sentence names."""

    code: str
    params: Mapping[str, Any]

    @property
    def forbids(self) -> bool:
        """Whether nothing may be paid before a person decided."""
        return self.code in FORBIDS

    def say(self, lang: str = words.DEFAULT) -> str:
        """The sentence."""
        return words.say(f"invoice.finding.{self.code}", lang, **_worded(self.params, lang))


def _worded(params: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The parameters with fields and carriers by their words."""
    said = dict(params)
    for name, kind in (("field", "field"), ("first_from", "carrier"), ("other_from", "carrier")):
        if name in said:
            said[name] = words.say(f"invoice.{kind}.{said[name]}", lang)
    return said


class Source(NamedTuple):
    """The original: a file, or a member of a zip (its name there, else empty). `within` is its path below the
    folder that was given, `sha256` the digest of its bytes in hex, as they were read; each empty where there
    is none."""

    path: str
    member: str = ""
    within: str = ""
    sha256: str = ""

    @property
    def name(self) -> str:
        """What people call it: the file's name; in a zip or folder the path there."""
        return self.member or self.within or self.path.replace("\\", "/").rsplit("/", 1)[-1]


class Seal(NamedTuple):
    """A seal of an OFD: its own part, the parts that it covers, and those that are not what was sealed any
    more. `signer` is what the certificate calls its owner (whose certificate it is nobody has checked);
    `unread` says that there is a signature and that it has a structure which can't be checked here."""

    part: str
    covers: tuple[str, ...]
    broken: tuple[str, ...]
    signer: str = ""
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Invoice:
    """One invoice of one file.

    `values` holds the fields that are said, each as the first carrier of `CARRIERS` says it; `others` what
    the others say of it. `pages` are the sizes of the pages that places point to, in the unit of their boxes.
    """

    source: Source
    values: Mapping[str, Value]
    lines: tuple[Line, ...] = ()
    findings: tuple[Finding, ...] = ()
    others: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    pages: tuple[tuple[float, float], ...] = ()
    seals: tuple[Seal, ...] = ()

    def text(self, name: str) -> str:
        """A field's value, or empty."""
        value = self.values.get(name)
        return "" if value is None else value.text

    def fen(self, name: str) -> int | None:
        """An amount (net, tax or gross) in fen, below zero on a red one; None where it is not said."""
        return money.parse_signed(self.text(name)) if self.text(name) else None

    @property
    def issued_on(self) -> date | None:
        """The day of issue, where it is said."""
        return date.fromisoformat(self.text("issued_on")) if self.text("issued_on") else None

    @property
    def red(self) -> bool:
        """Whether it takes back another one (红字)."""
        return self.text("red") == "yes"

    @property
    def identity(self) -> str:
        """What an invoice is known by in every carrier: see `identity_of`."""
        return identity_of(self.text("code"), self.text("number"))

    @property
    def forbidden(self) -> bool:
        """Whether a finding forbids payment."""
        return any(finding.forbids for finding in self.findings)

    def with_findings(self, *found: Finding) -> Invoice:
        """The same with more findings."""
        return replace(self, findings=(*self.findings, *found)) if found else self


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file of which nothing was read, and why."""

    source: Source
    code: str

    def say(self, lang: str = words.DEFAULT) -> str:
        """The sentence: what is wrong with the file and what to do."""
        return words.say(f"invoice.refused.{self.code}", lang, name=self.source.name)


def identity_of(code: str, number: str) -> str:
    """The twenty digits, or code and number with a hyphen; empty where it can't be told.

    A number of eight digits without its code is many invoices', so it is nobody's.
    """
    if len(number) == 20:
        return number
    return f"{code}-{number}" if code and number else ""
