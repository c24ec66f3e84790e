"""Rounds as they stand: their windows, how many cases are where, their lists and the objections to them.

Reading only, everything of one moment in one read.
"""

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from casework.award.deciding_bench import READY
from casework.award.standing_decision import stands
from casework.boards.case_letters import ObjectionView, known, objections
from casework.core import calendar
from casework.core.office import Office
from casework.core.refused import Refused
from casework.core.who_may import Who
from casework.issuing.publicity import is_over
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
from rules.decide import AWARDED
from rules.facts import Value
from rules.pack import Pack
from rules.workdays import is_workday


class ListView(NamedTuple):
    """A list that was published. `days_left`: working days from today to its last day, both counted."""

    id: int
    from_on: datetime.date
    until_on: datetime.date
    workdays: int
    days_left: int
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


class RoundView(NamedTuple):
    """A round, or all applications of the office (`id` None) where some belong to none.

    `unset` is the refusal of publishing while the office has not set how long a list is public, `without`
    that of deciding while finance has allotted nothing to the budget that its cases draw on.
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
    awards: int
    award_fen: int
    lists: tuple[ListView, ...]
    unset: Refused | None
    without: Refused | None = None

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
        reader = _Reader(session, today, known(office, session, person))
        rows: list[Round] = list(session.execute(select(Round).order_by(col(Round.id).desc())).scalars())
        rounds = [reader.round(row) for row in rows]
        if None in reader.counts or None in reader.lists:
            rounds.append(reader.whole())
        return Board(today, tuple(rounds))


class _Reader:
    """What all rounds need, read once."""

    def __init__(self, session: Session, today: datetime.date, who: Who | None) -> None:
        self.session, self.today = session, today
        self.shelf = Shelf(session)
        self.counts = self._counts()
        self.awards = self._awards()
        self.objections = objections(session, who)
        self.lists = self._lists()

    def round(self, row: Round) -> RoundView:
        pack, unset, without = self._terms(row.scheme, row.opens_at)
        awards, award_fen = self.awards.get(row.id, (0, 0))
        return RoundView(
            row.id, row.name, row.scheme, pack, row.year, row.opens_at, row.closes_at, row.state,
            self.counts.get(row.id, {}), awards, award_fen, tuple(self.lists.get(row.id, ())), unset, without,
        )  # fmt: skip

    def whole(self) -> RoundView:
        """All applications, whatever their round."""
        counts: dict[str, int] = {}
        for some in self.counts.values():
            for state, count in some.items():
                counts[state] = counts.get(state, 0) + count
        awards = sum(count for count, _ in self.awards.values())
        award_fen = sum(fen for _, fen in self.awards.values())
        scheme = self.session.execute(select(col(Application.scheme)).limit(1)).scalar() or ""
        pack, unset, without = self._terms(scheme, None)
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
            awards,
            award_fen,
            lists,
            unset,
            without,
        )

    def _terms(
        self, scheme: str, opens_at: datetime.datetime | None
    ) -> tuple[Pack | None, Refused | None, Refused | None]:
        """The pack of a round's first day, and what refuses its publicity and its deciding."""
        on = self.today if opens_at is None else calendar.day_of(opens_at)
        moment = datetime.datetime.combine(on, datetime.time())
        facts: dict[str, Value] = {"applied_at": moment, "signed_on": on}
        chosen = self.shelf.policy(scheme, facts, self.today)
        if chosen is None:
            return None, None, None
        key = ceilings.key_of(chosen.policy, facts)
        empty = budgets.left(self.session, key) is None
        without = Refused("refused.no_budget", budget=key) if empty else None
        try:
            self.shelf.term(scheme, "publicity_days", on, self.today)
        except Refused as refused:
            return chosen.pack, refused, without
        return chosen.pack, None, without

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

    def _awards(self) -> dict[int | None, tuple[int, int]]:
        """Awards that wait to be published: how many and how much, by round."""
        rows = self.session.execute(
            select(col(Application.round_id), func.count(), func.sum(col(Decision.award_fen)))
            .join(Application, col(Application.id) == col(Decision.application_id))
            .where(
                col(Application.state) == "calculated",
                col(Decision.status) == AWARDED,
                stands(),
            )
            .group_by(col(Application.round_id))
        )
        return {number: (count, int(fen)) for number, count, fen in rows}

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
            row.id, row.from_on, row.until_on, row.workdays, days_left(self.today, row.until_on),
            calendar.provisional(row.until_on), row.state, cases, award_fen,
            None if letter is None else letter.id, "" if letter is None else letter.numbered,
            "" if letter is None else letter.content_sha256,
            tuple(each for each in self.objections if each.publicity == row.id),
        )  # fmt: skip


def days_left(today: datetime.date, until_on: datetime.date) -> int:
    """The working days from today to a last day, both counted; 0 when it is over."""
    count, on = 0, today
    while on <= until_on:
        count += is_workday(calendar.calendar(), on)
        on += datetime.timedelta(days=1)
    return count


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
