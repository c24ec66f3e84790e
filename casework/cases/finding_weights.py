"""What a finding means for its case: whether it informs, must be answered, or forbids, and which acts.

The table is `resources/findings.toml`. Acts ask it in their bars, pages through them or here, so that what
is shown is what is refused.
"""

import functools
import tomllib
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any, Literal, NamedTuple, get_args

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import Session, col

from casework.core.refused import Refused
from casework.core.who_may import Who
from models import Application, Finding

Effect = Literal["informs", "look", "answer", "forbids"]

STANDING = ("open", "upheld")
"""States of a finding that can stand in the way of something."""


class Weight(NamedTuple):
    """A kind of finding: its effect while nobody has judged it, and once it is upheld; the fields that it is
    about."""

    open: Effect
    upheld: Effect
    about: tuple[str, ...] = ()

    def now(self, state: str) -> Effect:
        """The effect of one that is in this state; what was cleared or is out of date informs."""
        return self.open if state == "open" else self.upheld if state == "upheld" else "informs"


class Weights(NamedTuple):
    """The whole table: kinds by code, and the acts that are refused while one of them forbids."""

    kinds: Mapping[str, Weight]
    forbidden: tuple[str, ...]


@functools.cache
def weights() -> Weights:
    """The table, read once."""
    return read((resources.files("resources") / "findings.toml").read_text("utf-8"))


def read(text: str) -> Weights:
    """A table from its text.

    Raises:
        ValueError: an effect that there is not.
    """
    data = tomllib.loads(text)
    kinds: dict[str, Weight] = {}
    for code, said in data["kind"].items():
        kinds[code] = one = Weight(said["open"], said["upheld"], tuple(said.get("about", ())))
        if not {one.open, one.upheld} <= {*get_args(Effect)} or one.upheld in ("look", "answer"):
            raise ValueError(f"findings.toml: {code}")
    return Weights(kinds, tuple(data["forbidden"]))


def weight(code: str) -> Weight:
    """What a kind of finding means. One without a line is a bug (`KeyError`)."""
    return weights().kinds["condition" if code.startswith("condition.") else code]


def codes_with(state: str, effect: Effect) -> tuple[str, ...]:
    """The codes that have an effect in a state."""
    return tuple(code for code, one in weights().kinds.items() if one.now(state) == effect)


@functools.cache
def has_effect(*effects: Effect) -> ColumnElement[bool]:
    """For a query: whether the `Finding` has one of these effects now."""
    return or_(
        *(
            and_(col(Finding.state) == state, col(Finding.code).in_(codes_with(state, effect)))
            for state in STANDING
            for effect in effects
        )
    )


def with_effect(session: Session, application_id: int, *effects: Effect) -> list[Finding]:
    """The findings of a case that have one of these effects now, in the order in which they were found."""
    wanted = select(Finding).where(col(Finding.application_id) == application_id, has_effect(*effects))
    return list(session.execute(wanted.order_by(col(Finding.id))).scalars())


def cases_with(session: Session, cases: Iterable[int], *effects: Effect) -> frozenset[int]:
    """Those of some cases, by number, that have a finding with one of these effects now."""
    standing = select(col(Finding.application_id)).where(has_effect(*effects)).distinct()
    return frozenset(cases).intersection(session.execute(standing).scalars())


def must_not_forbid(who: Who, application: Application, act: str) -> None:
    """Refuse an act of the table while a finding of the case forbids it. Part of the bars of those acts.

    Raises:
        Refused: `refused.finding_open` or `refused.finding_upheld`, with what the finding names.
    """
    if act not in weights().forbidden:
        return
    for found in with_effect(who.session, application.id, "forbids"):
        raise Refused(f"refused.finding_{found.state}", **told(application, found), act=act)


def told(application: Application, found: Finding) -> dict[str, Any]:
    """What a sentence says of a finding: its case, its kind in words, and the other thing."""
    return {"case": application.case_no, "finding": found.code, "with": found.with_text or ""}
