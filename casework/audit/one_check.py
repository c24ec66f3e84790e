"""One check of an office: what it found, or why it could not be done.

What stands in an office may be anything: whoever holds the file can write into it what they like. So each
check is done behind its own guard. What ends it, whatever that is, is a check that failed, with its reason,
and the others go on; so nobody switches a check off with one bad cell.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlmodel import Session

import words
from casework.core import many_rows
from models import engine, time_limit
from models.faults import OfficeFault
from models.lacking import lacking
from rules.plain_text import visible

SHOWN = 10
LONGEST = 300
"""Characters of a fault that are shown: it may be a cell of any length."""
SECONDS = 120.0
"""What a check may take at least; a large office's may take longer (`time_limit.time_for`)."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name, whether all holds, how many things were looked at, and what does not hold.

    `undone` is the reason why it could not be done (`verify.why.…`), or empty; `what` says more of it.
    """

    name: str
    looked_at: int
    faults: tuple[str, ...] = field(default=())
    undone: str = ""
    what: str = ""
    note: tuple[str, Mapping[str, object]] | None = None
    """What is to be known beside it, and no fault: the entry from which on all rows are imaged; entries of
    the log whose moments run back."""

    @property
    def ok(self) -> bool:
        """Whether it was done and nothing was found wrong."""
        return not self.faults and not self.undone

    def say(self, lang: str = "zh") -> str:
        """What was found, as a sentence."""
        if self.undone:
            return words.say("verify.undone", lang, why=words.say(self.undone, lang, what=self.what))
        note = "" if self.note is None else words.say(self.note[0], lang, **self.note[1])
        if self.ok:
            return words.say("verify.holds", lang, count=self.looked_at) + note
        shown = tuple(visible(str(fault)[:LONGEST]) for fault in self.faults[:SHOWN])
        return words.say("verify.fails", lang, count=len(self.faults), faults=shown) + note


Look = Callable[[Session], Check]


def looked(session: Session, name: str, look: Look) -> Check:
    """What a check finds, or why it could not be done, within its time.

    Raises:
        OfficeFault: the server is gone; no check can be done then.
    """
    within = time_limit.time_for(session, SECONDS)
    try:
        with time_limit.limited(session, within) as tick:
            many_rows.watch(session, tick)
            return look(session)
    except Exception as fault:
        reason, what = why(fault)
        if reason == "office.no_server":
            raise OfficeFault(reason) from fault
        return Check(name, 0, undone=reason, what=visible(what[:LONGEST]))
    finally:
        many_rows.watch(session, lambda: None)


def why(fault: BaseException) -> tuple[str, str]:
    """Why a check could not be done: a code, and what more is to be said."""
    if isinstance(fault, OfficeFault):
        return (fault.code if fault.code == "office.no_server" else "verify.why.damaged"), fault.code
    if isinstance(fault, DBAPIError):
        return _of_the_database(fault)
    kinds: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
        (time_limit.TookTooLong, "too_long"),
        (MemoryError, "too_big"),
        (RecursionError, "too_deep"),
        (json.JSONDecodeError, "json"),
        (UnicodeError, "text"),
        (OverflowError, "number"),
        ((NoResultFound, LookupError), "missing"),
        ((ValueError, TypeError, AttributeError, ArithmeticError), "value"),
    )
    reason = next((code for kind, code in kinds if isinstance(fault, kind)), "other")
    return f"verify.why.{reason}", _first_line(fault)


_SAID = (
    ("access to (.+) is prohibited", "view"),
    ("interrupted", "too_long"),
    ("Could not decode to UTF-8(.*)", "text"),
    ("integer overflow|out of range", "number"),
    ("malformed JSON(.*)", "json"),
    ("malformed|not a database|disk I/O", "damaged"),
)
_BY_STATE = {"57014": "too_long", "22021": "text", "22003": "number"}
"""What a server says by its five characters: its sentences are of its own language."""


def _of_the_database(fault: DBAPIError) -> tuple[str, str]:
    code = engine.fault_code(fault)
    if code == "office.no_server":
        return code, ""
    missing = lacking(fault.orig)
    if missing is not None:
        return f"verify.why.{missing.kind}", missing.name
    said = _first_line(fault.orig or fault)
    state = getattr(fault.orig, "sqlstate", None)
    if state in _BY_STATE:
        return f"verify.why.{_BY_STATE[state]}", said
    for pattern, reason in _SAID:
        if (found := re.search(pattern, said)) is not None:
            return f"verify.why.{reason}", next(filter(None, found.groups()), said)
    return "verify.why.other", said


def _first_line(fault: BaseException) -> str:
    return f"{fault}".strip().partition("\n")[0] or type(fault).__name__
