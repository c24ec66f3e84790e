"""By which round's window an application is judged that no round has taken in.

A round carries its own window, and a pack's is the default where there is none. An office that has rounds for
a scheme and year takes no applications of it between them: one outside all of them is judged by the window of
a round, as it would be had the round been named, and never by the pack's default.
"""

import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from models import Application, LogEntry, Round
from models.tables_read import UNREAD
from rules.facts import OPEN_END, OPEN_START, shanghai_now


class RoundWindow(NamedTuple):
    """A round's own window on Shanghai's clock (no zone), half-open; a bound that it has not is open.

    `is_none`: the round has no window of its own, the pack's holds. `closed`: it takes nothing in any more.
    """

    number: int
    name: str
    year: int
    opens: datetime.datetime
    closes: datetime.datetime
    is_none: bool = False
    closed: bool = False

    def holds(self, applied_at: datetime.datetime) -> bool:
        """Whether a moment by Shanghai's clock is in it."""
        return self.opens <= applied_at < self.closes

    @property
    def text(self) -> str:
        """The round's name with its window, as a finding names it."""
        opens = "" if self.opens == OPEN_START else f"{self.opens:%Y-%m-%d %H:%M}"
        closes = "" if self.closes == OPEN_END else f"{self.closes:%Y-%m-%d %H:%M}"
        return f"{self.name} {opens}–{closes}"


def window_of(one: Round) -> RoundWindow:
    """The window of a round."""
    opens = OPEN_START if one.opens_at is None else shanghai_now(one.opens_at)
    closes = OPEN_END if one.closes_at is None else shanghai_now(one.closes_at)
    none = one.opens_at is None and one.closes_at is None
    return RoundWindow(one.id, one.name, one.year, opens, closes, none, one.state == "closed")


def open_windows(session: Session, scheme: str) -> tuple[tuple[RoundWindow, Round], ...]:
    """The open rounds of a scheme with their windows, in the order in which they were opened."""
    waiting = (
        select(Round).where(col(Round.scheme) == scheme, col(Round.state) == "open").order_by(col(Round.id))
    )
    return tuple((window_of(each), each) for each in session.execute(waiting).scalars())


def set_moment(session: Session, application: Application, applied_at: datetime.datetime) -> None:
    """Set the moment of an application as its newest version says it. One that no round has taken in goes,
    when its moment is corrected, into the open round that would have taken it in on arrival."""
    moment = shanghai_now(applied_at)
    if application.round_id is None and shanghai_now(application.applied_at) != moment:
        found = (each for window, each in open_windows(session, application.scheme) if window.holds(moment))
        application.round_id = next((each.id for each in found), None)
    application.applied_at = applied_at


def _closings(session: Session) -> dict[str, datetime.datetime]:
    """When each round was closed first, as the log tells it, by what the entry is about."""
    closings = (
        select(col(LogEntry.subject), func.min(col(LogEntry.at)))
        .where(col(LogEntry.act) == "close_round", col(LogEntry.subject).startswith("round "))
        .group_by(col(LogEntry.subject))
    )
    # the round that is read beside it tells that it was closed: nothing rests on the whole log
    return dict(session.execute(closings, execution_options=UNREAD).all())


class RoundWindows:
    """The rounds of all schemes, open and closed, as they stand in one transaction."""

    def __init__(self, session: Session) -> None:
        self._of_scheme: dict[str, list[RoundWindow]] = {}
        """With their real ends: what comes after a round was closed early comes too late for it."""
        self._by_number: dict[int, RoundWindow] = {}
        """As they were announced, for what they have taken in."""
        rows = session.execute(select(Round).order_by(col(Round.id))).scalars().all()
        closings = _closings(session) if any(row.state == "closed" for row in rows) else {}
        for row in rows:
            found = self._by_number[row.id] = window_of(row)
            if (closed_at := closings.get(f"round {row.id}")) is not None:
                found = found._replace(closes=min(found.closes, shanghai_now(closed_at)))
            self._of_scheme.setdefault(row.scheme, []).append(found)

    def judging(
        self, scheme: str, applied_at: datetime.datetime, round_id: int | None = None
    ) -> RoundWindow | None:
        """The round by whose window an application is judged; None where the pack's default holds.

        Its own round's; else one that holds its moment, until it was closed; else the last of its year that
        opened before it, or the first to open.

        Args:
            applied_at: by Shanghai's clock (no zone).
            round_id: the round that has taken it in, or that is named.
        """
        if round_id is not None:
            own = self._by_number.get(round_id)  # one that there is not is refused where it is stored
            return None if own is None or own.is_none else own
        rounds = self._of_scheme.get(scheme)
        if not rounds:
            return None
        of_year = [each for each in rounds if each.year == applied_at.year]
        for each in rounds:
            if not each.is_none and each.holds(applied_at):
                return each
        if not of_year or any(each.is_none and each.holds(applied_at) for each in of_year):
            return None
        opened = [each for each in of_year if each.opens <= applied_at]
        if opened:
            return max(opened, key=lambda each: each.opens)
        return min(of_year, key=lambda each: each.opens)

    def missed(
        self, scheme: str, applied_at: datetime.datetime, round_id: int | None = None
    ) -> RoundWindow | None:
        """The round by whose window an application came too early or too late, or that was closed before it
        could be taken in; None where there is none."""
        found = self.judging(scheme, applied_at, round_id)
        if found is None or (round_id is None and found.closed):
            return found
        return None if found.holds(applied_at) else found
