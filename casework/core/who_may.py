"""Who may do what to a case now: one answer, for the act itself and for every page that offers it.

Asked are the person's roles, the state of the case, conflicts of interest and who prepared what is agreed to,
all by `casework.core.act_table`; and last the bar that an act may carry beside its line: a function of a
person and a case that raises `Refused`, as `casework.issuing.approval.ready` does for `approve`.
"""

import datetime
import functools
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from sqlalchemy import select
from sqlmodel import Session, col

from casework.core import act_table, case_numbers
from casework.core.blocked_cases import shown_state
from casework.core.office import Office
from casework.core.prepared_by import prepared_by
from casework.core.refused import Refused, of_the_machine
from models import Application, Person, PersonRole, Recusal
from rules.plain_text import is_whole, visible

T = TypeVar("T")

OF_THE_TABLE = (
    "refused.only_read",
    "refused.state",
    "refused.not_allowed",
    "refused.recused",
    "refused.same_person",
)
"""What is refused before an act's own bar is asked."""


class Who:
    """A person at work in an open office, with the roles they hold now."""

    def __init__(self, office: Office, session: Session, person: Person, roles: frozenset[str]) -> None:
        self.office = office
        self.session = session
        self.person = person
        self.roles = roles
        self._read: dict[Callable[[Session], Any], Any] = {}

    @classmethod
    def named(cls, office: Office, session: Session, name: str) -> "Who":
        """The person of an account.

        Raises:
            Refused: `refused.no_such_person`, `refused.locked`.
        """
        wanted = select(Person).where(col(Person.name) == name)
        person: Person | None = session.execute(wanted).scalar() if is_whole(name) else None
        if person is None:
            raise Refused("refused.no_such_person", person=visible(name))
        if person.locked:
            raise Refused("refused.locked", person=name)
        return cls(office, session, person, roles_of(session, person.id))

    def once(self, read: Callable[[Session], T]) -> T:
        """What is read once, however many cases are asked about (the register of providers)."""
        if read not in self._read:
            self._read[read] = read(self.session)
        found: T = self._read[read]
        return found

    @property
    def today(self) -> datetime.date:
        """The day at the office's place."""
        return self.office.today()

    @functools.cached_property
    def recused_from(self) -> frozenset[int]:
        """The applicants that this person declared a conflict of interest with."""
        return recused_from(self.session, self.person.name)


Bar = Callable[[Who, Application], object]
"""Raises `Refused` where something about this person and this case stands in the way of an act."""


def roles_of(session: Session, person_id: int) -> frozenset[str]:
    """The roles a person holds now."""
    held = select(col(PersonRole.role)).where(
        col(PersonRole.person_id) == person_id, col(PersonRole.ended_at).is_(None)
    )
    return frozenset(session.execute(held).scalars())


def recused_from(session: Session, person: str) -> frozenset[int]:
    """The applicants, by number, whose cases a person (by account) is out of (回避)."""
    declared = (
        select(col(Recusal.applicant_id))
        .join(Person, col(Person.id) == col(Recusal.person_id))
        .where(col(Person.name) == person, col(Recusal.ended_at).is_(None))
    )
    return frozenset(session.execute(declared).scalars())


def case_of(session: Session, number: str) -> Application:
    """The application of a case number.

    Raises:
        Refused: `refused.no_such_case`.
    """
    found = found_case(session, number)
    if found is None:
        raise Refused("refused.no_such_case", case=number)
    return found


def found_case(session: Session, number: str) -> Application | None:
    """The same, or None where the office has no such case."""
    wanted = select(Application).where(col(Application.case_no) == number)
    found: Application | None = session.execute(wanted).scalar()
    if found is None and (written := case_numbers.stored(session, number)) is not None:
        wanted = select(Application).where(col(Application.case_no) == written)
        found = session.execute(wanted).scalar()
    return found


def must_hold_role(who: Who, act: str) -> None:
    """Refuse a person whose roles don't do this act, and everybody where the office can only be read (but for
    what only leaves its line in the log, where nothing can be written, `files_out`)."""
    why = of_the_machine(who.office.only_read) if who.office.only_read is not None else None
    if why is not None and not (act in act_table.ONLY_LOGGED and who.office.can_not_log):
        raise Refused("refused.only_read", each=(why,))
    if not act_table.held_by(act, who.roles):
        roles = act_table.line(act).roles
        raise Refused("refused.not_allowed", person=who.person.called, act=act, role=roles)


def must_look(office: Office, person: str, what: str) -> None:
    """Refuse a person whose roles are not shown something that changes nothing (`act_table.LOOKS`).

    Raises:
        Refused: `refused.no_such_person`, `refused.locked`, `refused.may_not_look`.
    """
    if office.nobody_known:
        return
    with office.read() as session:
        who = Who.named(office, session, person)
    if not who.roles.intersection(act_table.LOOKS[what]):
        raise Refused("refused.may_not_look", person=who.person.called, role=act_table.LOOKS[what])


def must_do(office: Office, person: str, act: str) -> None:
    """Refuse a person whose roles don't do this act, before anything is read for it.

    Raises:
        Refused: `refused.no_such_person`, `refused.locked`, `refused.not_allowed`.
    """
    if office.nobody_known:
        return
    with office.read() as session:
        must_hold_role(Who.named(office, session, person), act)


def must(who: Who, act: str, application: Application) -> None:
    """Refuse where this person can't do this act to this case now.

    Raises:
        Refused: one of `OF_THE_TABLE`, or what the act's own bar says.
    """
    line = act_table.line(act)
    must_hold_role(who, act)
    if line.states and application.state not in line.states:
        raise _in_this_state(who, act, application)
    if application.applicant_id in who.recused_from:
        raise Refused("refused.recused", case=application.case_no)
    if line.not_preparer and who.person.id in prepared_by(who.session, application):
        raise Refused("refused.same_person", act=act)
    bar: Bar | None = getattr(act_table.function(act), "bar", None)
    if bar is not None:
        bar(who, application)


def _in_this_state(who: Who, act: str, application: Application) -> Refused:
    """That an act is for other states: in which this case is, and what leads on from it, by this person if
    their roles do any of it, else by others."""
    leads_on = [
        line for line in act_table.ACTS.items() if line[1].leads_to and application.state in line[1].states
    ]
    own = tuple(name for name, line in leads_on if who.roles.intersection(line.roles))
    if own:
        then = Refused("refused.state_own", act=own)
    elif leads_on:
        then = Refused("refused.state_others", act=tuple(name for name, _ in leads_on))
    else:
        then = Refused("refused.state_over")
    state = shown_state(who.session, application)
    return Refused("refused.state", case=application.case_no, state=state, act=act, each=(then,))


def why_not(who: Who, act: str, application: Application) -> Refused | None:
    """What stands in the way of an act; None where nothing does."""
    try:
        must(who, act, application)
    except Refused as refused:
        return refused
    return None


def hindrances(office: Office, person: str, act: str, cases: Iterable[str]) -> dict[str, Refused | None]:
    """What stands in the way of an act on each of some cases, read at once and without doing it."""
    found: dict[str, Refused | None] = {}
    with office.read() as session:
        who = Who.named(office, session, person)
        for case in cases:
            try:
                must(who, act, case_of(session, case))
                found[case] = None
            except Refused as refused:
                found[case] = refused
    return found
