"""Rounds as they stand: their windows, how many cases are where, their lists and the objections to them.

Reading only, everything of one moment in one read.
"""

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from casework.award import closed_budgets
from casework.award.closed_budgets import Stopped
from casework.award.deciding_bench import READY
from casework.boards.case_letters import ObjectionView, known, objections
from casework.core import calendar, holidays
from casework.core.office import Office
from casework.core.office_settings import lacking, settings_of
from casework.core.refused import Refused, every
from casework.core.who_may import Who
from casework.issuing import listable_awards
from casework.issuing.publicity import first_day, is_over
from casework.money import budgets, ceilings
from casework.rulebook.in_force import Shelf
from models import (
    Applicant,
    Application,
    Decision,
    Letter,
    Publicity,
    PublicityItem,
    Round,
)
from rules.facts import Value
from rules.pack import Pack
from rules.workdays import is_workday


class ListView(NamedTuple):
    """A list that was published. `days_left`: the working days of its own that are
    left, its last day counted, and today where it is one of them (`counts_today`)."""

    id: int
    from_on: datetime.date
    until_on: datetime.date
    workdays: int
    days_left: int
    counts_today: bool
    provisional: bool
    state: str
    cases: int
    award_fen: int
    letter: int | None
    numbered: str
    sha256: str
    objections: tuple[ObjectionView, ...]

    def over(self, today: datetime.date) -> bool:
        """Whether its last day is over, so that it can be ended."""
        return is_over(self.until_on, today)

    def acts(self, today: datetime.date) -> tuple[str, ...]:
        """What its days leave to be done to it: objections until its last day, then its end."""
        if self.state != "running":
            return ()
        return ("end_publicity",) if self.over(today) else ("object",)

    @property
    def open_objections(self) -> int:
        """How many objections nobody has settled."""
        return sum(1 for each in self.objections if each.state == "open")


class Publishable(NamedTuple):
    """The awards that publishing a round would list now, and how many cases something keeps back."""

    awards: int
    award_fen: int
    kept_back: int


NOTHING = Publishable(0, 0, 0)


class RoundView(NamedTuple):
    """A round, or all applications of the office (`id` None) where some belong to none.

    `unset` is the refusal of publishing while the office has not set what its list needs, `without` that of
    deciding while finance has allotted nothing to the budget that its cases draw on. `stopped` says of a
    budget that stops at the first case it does not reach for who closed it.
    """

    id: int | None
    name: str
    scheme: str
    pack: Pack | None
    year: int
    opens_at: datetime.datetime | None
    closes_at: datetime.datetime | None
    state: str
    counts: Mapping[str, int]
    publishable: Publishable
    lists: tuple[ListView, ...]
    unset: Refused | None
    without: Refused | None = None
    stopped: Stopped | None = None
    standing: str = "open"
    """How it stands when it is read: by its window ``to_come``, ``open`` or ``past``; or ``closed``."""

    @property
    def cases(self) -> int:
        """All cases of the round."""
        return sum(self.counts.values())

    @property
    def ready(self) -> int:
        """Cases that can be decided."""
        return sum(self.counts.get(state, 0) for state in READY)


class Board(NamedTuple):
    """Every round, the newest first, on a day."""

    today: datetime.date
    rounds: tuple[RoundView, ...]


def board(office: Office, person: str = "") -> Board:
    """Every round with its cases and lists, as a person may see them."""
    today = office.today()
    with office.read() as session:
        reader = _Reader(office, session, known(office, session, person))
        rows: list[Round] = list(session.execute(select(Round).order_by(col(Round.id).desc())).scalars())
        rounds = [reader.round(row) for row in rows]
        if None in reader.counts or None in reader.lists:
            rounds.append(reader.whole())
        return Board(today, tuple(rounds))


class _Reader:
    """What all rounds need, read once."""

    def __init__(self, office: Office, session: Session, who: Who | None) -> None:
        self.session, self.now = session, office.now()
        self.today = calendar.day_of(self.now)
        self.shelf = Shelf(session)
        self.counts = self._counts()
        self.publishable = self._publishable(office, who)
        self.objections = objections(session, who)
        self.lists = self._lists()

    def round(self, row: Round) -> RoundView:
        pack, unset, without, stopped = self._terms(row.scheme, row.opens_at)
        ready = self.publishable.get(row.id, NOTHING)
        return RoundView(
            row.id, row.name, row.scheme, pack, row.year, row.opens_at, row.closes_at, row.state,
            self.counts.get(row.id, {}), ready, tuple(self.lists.get(row.id, ())), unset, without, stopped,
            standing(row, self.now),
        )  # fmt: skip

    def whole(self) -> RoundView:
        """All applications, whatever their round."""
        counts: dict[str, int] = {}
        for some in self.counts.values():
            for state, count in some.items():
                counts[state] = counts.get(state, 0) + count
        ready = Publishable(*map(sum, zip(NOTHING, *self.publishable.values(), strict=True)))
        scheme = self.session.execute(select(col(Application.scheme)).limit(1)).scalar() or ""
        pack, unset, without, stopped = self._terms(scheme, None)
        lists = tuple(self.lists.get(None, ()))
        return RoundView(
            None,
            "",
            scheme,
            pack,
            self.today.year,
            None,
            None,
            "open",
            counts,
            ready,
            lists,
            unset,
            without,
            stopped,
        )

    def _terms(
        self, scheme: str, opens_at: datetime.datetime | None
    ) -> tuple[Pack | None, Refused | None, Refused | None, Stopped | None]:
        """The pack of a round's first day, what refuses its publicity and its deciding, and who has closed
        its budget."""
        on = self.today if opens_at is None else calendar.day_of(opens_at)
        moment = datetime.datetime.combine(on, datetime.time())
        facts: dict[str, Value] = {"applied_at": moment, "signed_on": on}
        chosen = self.shelf.policy(scheme, facts, self.today)
        if chosen is None:
            return None, None, None, None
        key = ceilings.key_of(chosen.policy, facts)
        budget = budgets.find(self.session, key)
        empty = budget is None or budgets.left_of(budget) is None
        without = None
        if empty:
            without = Refused("refused.no_budget", budget=ceilings.called(self.session, key, self.today))
        stopped = None if budget is None else closed_budgets.stopped(self.session, budget.id, chosen.policy)
        return chosen.pack, self._unset(scheme, on), without, stopped

    def _unset(self, scheme: str, on: datetime.date) -> Refused | None:
        """What publishing lacks that the office has to set, all of it at once."""

        def settings() -> None:
            lacks = lacking(settings_of(self.session), "publicity")
            if lacks:
                raise Refused("refused.settings_missing", setting=lacks)

        try:
            every((lambda: self.shelf.term(scheme, "publicity_days", on, self.today), settings))
        except Refused as refused:
            return refused
        return None

    def _counts(self) -> dict[int | None, dict[str, int]]:
        rows = self.session.execute(
            select(col(Application.round_id), col(Application.state), func.count()).group_by(
                col(Application.round_id), col(Application.state)
            )
        )
        found: dict[int | None, dict[str, int]] = {}
        for number, state, count in rows:
            found.setdefault(number, {})[state] = count
        return found

    def _publishable(self, office: Office, who: Who | None) -> dict[int | None, Publishable]:
        """What publishing would list now, by round; as the act itself finds it."""
        recused = who.recused_from if who is not None else frozenset()
        found = listable_awards.listable(office, self.shelf, recused)
        listed: dict[int | None, list[int]] = {}
        kept_back: dict[int | None, int] = {}
        for each, award in found.listed:
            listed.setdefault(each.round_id, []).append(award.award_fen or 0)
        for each in found.kept_back:
            kept_back[each.round_id] = kept_back.get(each.round_id, 0) + 1
        return {
            number: Publishable(
                len(listed.get(number, ())), sum(listed.get(number, ())), kept_back.get(number, 0)
            )
            for number in {*listed, *kept_back}
        }

    def _lists(self) -> dict[int | None, list[ListView]]:
        sums = (
            select(
                col(PublicityItem.publicity_id).label("id"),
                func.count().label("cases"),
                func.sum(col(Decision.award_fen)).label("fen"),
            )
            .join(Decision, col(Decision.seq) == col(PublicityItem.decision_seq))
            .group_by(col(PublicityItem.publicity_id))
            .subquery()
        )
        rows = self.session.execute(
            select(Publicity, sums.c.cases, sums.c.fen, Letter)
            .join(sums, sums.c.id == col(Publicity.id))
            .outerjoin(
                Letter, (col(Letter.publicity_id) == col(Publicity.id)) & col(Letter.voided_at).is_(None)
            )
            .order_by(col(Publicity.id).desc())
        )
        found: dict[int | None, list[ListView]] = {}
        for row, cases, fen, letter in rows:
            found.setdefault(row.round_id, []).append(self._list(row, cases, int(fen or 0), letter))
        return found

    def _list(self, row: Publicity, cases: int, award_fen: int, letter: Any) -> ListView:
        return ListView(
            row.id, row.from_on, row.until_on, row.workdays,
            *days_left(self.today, row.from_on, row.until_on), calendar.provisional(row.until_on),
            row.state, cases, award_fen, None if letter is None else letter.id,
            "" if letter is None else letter.numbered,
            "" if letter is None else letter.content_sha256,
            tuple(each for each in self.objections if each.publicity == row.id),
        )  # fmt: skip


def standing(row: Round, now: datetime.datetime) -> str:
    """How a round stands at a moment: nobody closes it when its date passes, and it takes no more then."""
    if row.state != "open":
        return row.state
    if row.closes_at is not None and now >= row.closes_at:
        return "past"
    return "to_come" if row.opens_at is not None and now < row.opens_at else "open"


def days_left(today: datetime.date, from_on: datetime.date, until_on: datetime.date) -> tuple[int, bool]:
    """The working days of a list that are left, and whether today is one of them.

    A list published on ``from_on`` counts from the working day after it, so never more are left than it has.
    """
    begins = max(today, first_day(from_on))
    span = range((until_on - begins).days + 1)
    left = sum(is_workday(holidays.calendar(), begins + datetime.timedelta(days=on)) for on in span)
    counts_today = begins == today <= until_on and is_workday(holidays.calendar(), today)
    return left, counts_today


def on_list(office: Office, publicity: int) -> tuple[tuple[str, str], ...]:
    """The cases of a list that are still public, with their applicants: objections are about these."""
    with office.read() as session:
        rows = session.execute(
            select(col(Application.case_no), col(Applicant.name))
            .join(Decision, col(Decision.application_id) == col(Application.id))
            .join(PublicityItem, col(PublicityItem.decision_seq) == col(Decision.seq))
            .join(Applicant, col(Applicant.id) == col(Application.applicant_id))
            .where(col(PublicityItem.publicity_id) == publicity, col(Application.state) == "publicity")
            .order_by(col(Decision.seq))
        )
        return tuple((case, name) for case, name in rows)


def schemes(office: Office) -> tuple[tuple[str, Pack], ...]:
    """The schemes that a round can be opened for, each with its newest pack."""
    with office.read() as session:
        found: dict[str, Pack] = {}
        for pack in Shelf(session).bare_packs():
            found[pack.id] = pack
        return tuple(found.items())
