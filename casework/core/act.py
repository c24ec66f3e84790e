"""An act: one person, one transaction, one entry in the log.

Write an act as a function of a `Turn` and decorate it with its name:

    @act("accept")
    def accept(turn: Turn, case: str) -> None:
        application = turn.case(case)
        application.state = "accepted"
        turn.changed("application", application.id)

Others call it `accept(office, "officer", "XLQ202600001")`, or with a request's id, so that asking again after
a crash does nothing twice: `accept(office, By("officer", request="6f1c…"), …)`. The act has its line in
`casework.core.act_table`, with the place of its function. What stands in one person's way to one case
beyond that line is its bar, `@act("accept", bar=…)`: `turn.case` asks it, and so do pages
(`casework.core.who_may`).
"""

import datetime
import functools
import hashlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Concatenate, NamedTuple, ParamSpec

from sqlalchemy import event, func, insert, select
from sqlmodel import Session, col

from casework.core import act_table, given_words, log, people_check, rested_on, row_images
from casework.core.change import Change
from casework.core.office import SHANGHAI, Entropy, Office
from casework.core.office_fonts import draw_ahead
from casework.core.refused import Refused
from casework.core.staff_names import of_account
from casework.core.who_may import Bar, Who, case_of, must, must_hold_role
from models import Application, LogEntry, Person, Request, tables_read
from models.faults import OfficeFault

P = ParamSpec("P")


class Seen(NamedTuple):
    """A case as a person had it before them: its state, its version, and the last log entry about it."""

    state: str
    version: int
    log_seq: int


class By(NamedTuple):
    """Who acts, with the id of their request and the case as they saw it (None: whatever it is now)."""

    person: str
    request: str | None = None
    seen: Seen | None = None


class _Undrawn(Exception):
    """An act has papers that are not drawn yet: it is taken back, and done again when they are."""

    def __init__(self, papers: Sequence[Callable[[Any], bytes]]) -> None:
        super().__init__()
        self.papers = papers


class _Again:
    """The same secrets for an act that is done again: a letter's code stands on its paper."""

    def __init__(self, entropy: Entropy) -> None:
        self._entropy = entropy
        self._given: list[bytes] = []
        self._at = 0

    def rewind(self) -> None:
        """Give the same once more."""
        self._at = 0

    def __call__(self, count: int) -> bytes:
        if self._at < len(self._given) and len(self._given[self._at]) != count:
            del self._given[self._at :]  # it goes another way than before
        if self._at == len(self._given):
            self._given.append(self._entropy(count))
        self._at += 1
        return self._given[self._at - 1]


class Turn(Who):
    """An act under way: what its function works with."""

    def __init__(
        self,
        office: Office,
        session: Session,
        person: Person,
        roles: frozenset[str],
        act: str,
        seen: Seen | None = None,
    ) -> None:
        super().__init__(office, session, person, roles)
        self.act = act
        self.seen = seen
        self.at = office.now()
        self.ids: dict[str, dict[int | str, None]] = {}
        self.facts: dict[str, Any] = {}
        self.payload: dict[str, Any] = {}
        self.subject = ""
        self.cases: set[int] = set()
        """The cases that were taken up."""
        self.later: list[Callable[[Any], bytes]] | None = None
        """Papers to be drawn once the writer's place is given back; the act is then done again with them.
        None: what was not drawn ahead is drawn at once."""
        self.looks_ahead = False
        self.entropy = office.entropy

    @property
    def today(self) -> datetime.date:
        """The day at the office's place."""
        return self.at.astimezone(SHANGHAI).date()

    def case(self, number: str) -> Application:
        """The application of this number, if this act may be done to it now by this person.

        Raises:
            Refused: `refused.no_such_case`, `refused.changed_meanwhile`, and what `who_may.must` refuses.
        """
        return self.take(case_of(self.session, number))

    def take(self, application: Application) -> Application:
        """The same for an application already at hand."""
        if self.seen is not None:
            self._as_seen(application, self.seen)
        must(self, self.act, application)
        self.cases.add(application.id)
        if not self.subject:
            self.subject = f"case {application.case_no}"
        return application

    def _as_seen(self, application: Application, seen: Seen) -> None:
        """Refuse where somebody else has changed the case since this person looked at it."""
        now = seen_of(self.session, application)
        if now != seen:
            last = self.session.get(LogEntry, now.log_seq)
            raise Refused(
                "refused.changed_meanwhile",
                case=application.case_no,
                person="" if last is None else of_account(self.session, last.person),
                act="" if last is None else last.act,
            )

    def not_by(self, preparer_id: int | None) -> None:
        """Refuse the person who prepared what this act agrees to."""
        if preparer_id == self.person.id:
            raise Refused("refused.same_person", act=self.act)

    def must_say(self, reason: str) -> None:
        """Refuse an act without its reason, and one whose reason is none.

        Raises:
            Refused: `refused.reason_missing`, `refused.no_reason`.
        """
        if not reason.strip():
            raise Refused("refused.reason_missing", act=self.act)
        if not given_words.is_reason(reason):
            raise Refused("refused.no_reason", said=reason.strip()[:60])

    def changed(self, kind: str, *ids: int | str) -> None:
        """Say that these rows of a kind changed."""
        self.ids.setdefault(kind, {}).update(dict.fromkeys(ids))

    def note(self, **said: Any) -> None:
        """Add to what the log entry says. Personal numbers only through `hidden`."""
        self.payload.update(said)

    def tell(self, **facts: Any) -> None:
        """Add to what the caller is told; what it is told is logged too."""
        self.facts.update(facts)

    def hidden(self, number: str) -> str:
        """A personal number as it may stand in the log."""
        return log.keyed(self.office.row.secret, number)

    def rows(self) -> dict[str, tuple[int | str, ...]]:
        """The rows that changed, by kind."""
        return {kind: tuple(rows) for kind, rows in self.ids.items()}

    def said(self) -> dict[str, Any]:
        """What the log entry says."""
        said = {**self.payload, "ids": self.rows()}
        return {**said, "facts": self.facts} if self.facts else said


def seen_of(session: Session, application: Application) -> Seen:
    """A case as it stands now."""
    about = select(func.max(col(LogEntry.seq))).where(col(LogEntry.subject) == f"case {application.case_no}")
    return Seen(application.state, application.version, session.execute(about).scalar() or 0)


def act(
    name: str, *, bar: Bar | None = None, before: Callable[..., object] | None = None
) -> Callable[[Callable[Concatenate[Turn, P], None]], Callable[Concatenate[Office, str | By, P], Change]]:
    """Make an act of a function of a `Turn`.

    Args:
        bar: refuses a person and a case that the act's line allows.
        before: called as the act is, ahead of its transaction: what keeps a count of its own, whatever then
            becomes of the act.
    """
    act_table.line(name)

    def make(
        body: Callable[Concatenate[Turn, P], None],
    ) -> Callable[Concatenate[Office, str | By, P], Change]:
        signature = inspect.signature(body)

        @functools.wraps(body)
        def done(office: Office, by: str | By, /, *args: P.args, **kwargs: P.kwargs) -> Change:
            said, named = given_words.read(signature, args, kwargs)
            if before is not None:
                before(office, by, *said, **named)
            asked = "" if isinstance(by, str) else _asked(signature, said, named)
            return carry_out(office, by, name, lambda turn: body(turn, *said, **named), asked=asked)

        first = [inspect.Parameter(each, inspect.Parameter.POSITIONAL_ONLY) for each in ("office", "by")]
        rest = list(signature.parameters.values())[1:]
        done.__signature__ = signature.replace(parameters=[*first, *rest])  # type: ignore[attr-defined]
        done.act, done.bar = name, bar  # type: ignore[attr-defined]
        return done

    return make


def carry_out(
    office: Office, by: str | By, name: str, body: Callable[[Turn], object], *, asked: str = ""
) -> Change:
    """Do `body` as the act `name` of a person, in one transaction with its ledger and log entries.

    Args:
        asked: what was asked for, as text; a request's id used again for something else is refused.

    Raises:
        Refused: `refused.no_such_person`, `refused.locked`, `refused.must_change`, `refused.not_allowed`,
            `refused.request_used`, and what the body refuses. Nothing is stored then.
        OfficeFault: `office.people`, and what `models.engine.Store.write` raises.
    """
    by = By(by) if isinstance(by, str) else by
    entropy = _Again(office.entropy)
    try:
        return _in_one(office, by, name, body, asked, entropy, [])
    except _Undrawn as undrawn:
        for paper in undrawn.papers:
            draw_ahead(office, paper)
    entropy.rewind()
    return _in_one(office, by, name, body, asked, entropy, None)


def _in_one(
    office: Office,
    by: By,
    name: str,
    body: Callable[[Turn], object],
    asked: str,
    entropy: _Again,
    later: list[Callable[[Any], bytes]] | None,
) -> Change:
    """The act in one transaction; nothing of it where papers are left to be drawn (`later`)."""
    fingerprint = hashlib.sha256(asked.encode()).hexdigest()
    with office.write() as session:
        head = _head(office, session)
        people_check.must_hold(office, session, head.seq)
        who = Who.named(office, session, by.person)
        before = _carried_out(session, by, who.person, name, fingerprint)
        if before is not None:
            return before
        if who.person.must_change and name != "change_password":
            raise Refused("refused.must_change", person=who.person.name)
        must_hold_role(who, name)
        turn = Turn(office, session, who.person, who.roles, name, by.seen)
        turn.entropy, turn.later = entropy, later
        marks = row_images.begin(session)
        body(turn)
        if turn.later:
            raise _Undrawn(turn.later)
        change = Change(name, turn.rows(), turn.facts, head.seq + 1)
        if by.request is not None:
            _remember(session, turn, by.request, fingerprint, change)
        said = _recorded(office, session, marks, turn.said(), turn)
        person, subject = who.person.name, turn.subject
        log.append(session, head, at=turn.at, person=person, act=name, subject=subject, payload=said)
        event.listen(session, "after_commit", lambda session: setattr(office, "stored", change), once=True)
        return change


def by_itself(
    office: Office,
    name: str,
    subject: str,
    body: Callable[[Session, datetime.datetime], Mapping[str, Any] | None],
) -> Mapping[str, Any] | None:
    """What the office does without a person: being founded, shipping its packs, counting wrong passwords.

    `body` gets the session and the moment and returns what the log says, or None where nothing was to be
    done; then nothing is logged.
    """
    with office.write() as session:
        head = _head(office, session)
        marks = row_images.begin(session)
        at = office.now()
        payload = body(session, at)
        if payload is not None:
            said = _recorded(office, session, marks, payload, None)
            log.append(session, head, at=at, person="", act=name, subject=subject, payload=said)
        return payload


def _head(office: Office, session: Session) -> log.Head:
    """The writer's place. Where the log has lost its one head while the office was open, it takes no act.

    Raises:
        OfficeFault: `office.broken`.
    """
    try:
        return log.lock_head(session)
    except LookupError as fault:
        office.store.is_broken()
        raise OfficeFault("office.broken", path=office.store.name) from fault


def _recorded(
    office: Office, session: Session, marks: row_images.Marks, payload: Mapping[str, Any], turn: Turn | None
) -> Mapping[str, Any]:
    """What the log says of what was done in this transaction, with the images of the rows that it touched
    and, where a person did it, of those that it rests on."""
    session.flush()
    read, secret = tables_read.of(session.connection()), office.row.secret
    images = row_images.taken(session, marks, secret)
    said = {**payload, "images": images} if images else payload
    rested = [] if turn is None else rested_on.parts(session, images, read, turn.cases)
    office.must_find(session, rested_on.seen_by_index(rested))
    return {**said, "rests": rested_on.taken(session, rested, secret)} if rested else said


def _asked(signature: inspect.Signature, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """What was asked for, as text; passwords leave no trace in it."""
    given = signature.bind(None, *args, **kwargs).arguments
    return repr(sorted((name, value) for name, value in list(given.items())[1:] if "password" not in name))


def _carried_out(session: Session, by: By, person: Person, name: str, fingerprint: str) -> Change | None:
    if by.request is None:
        return None
    row = session.get(Request, by.request)
    if row is None:
        return None
    if (row.person_id, row.act, row.asked_sha256) != (person.id, name, fingerprint):
        raise Refused("refused.request_used", request=by.request)
    return Change.again(row.change)


def _remember(session: Session, turn: Turn, request: str, fingerprint: str, change: Change) -> None:
    session.execute(
        insert(Request).values(
            id=request,
            person_id=turn.person.id,
            act=turn.act,
            asked_sha256=fingerprint,
            change=change.text(),
            at=turn.at,
        )
    )
