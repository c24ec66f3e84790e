"""A case on one page: everything the office holds of it, read at once as plain frozen values.

Reading only, by the case's own indexes, so that it costs the same in an office of a million. What happened
and how far the case has come is put together in `casework.boards.case_story`.
"""

import datetime
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework.award import open_things, precheck
from casework.award.closed_budgets import Stopped
from casework.award.deciding_bench import Bench
from casework.award.open_things import OpenThing
from casework.award.position_in_mind import InMind
from casework.award.precheck import Precheck
from casework.boards import case_letters, case_parts, case_story
from casework.boards.case_letters import LetterView, ObjectionView, known
from casework.boards.case_parts import (
    CorrectionView,
    DecisionView,
    FindingView,
    PaperView,
    PublicityView,
    RefusalView,
    VoucherView,
)
from casework.boards.case_story import Event, Step
from casework.cases import field_history
from casework.cases.case_facts import Register, current, row_of
from casework.cases.field_history import FieldView
from casework.core import staff_names
from casework.core.act import Seen, seen_of
from casework.core.act_table import ACTS
from casework.core.blocked_cases import shown_state
from casework.core.office import SHANGHAI, Office
from casework.core.office_settings import settings_of
from casework.core.refused import Refused
from casework.core.who_may import OF_THE_TABLE, Who, found_case, why_not
from casework.issuing import delivery, letters, procedural_letters
from casework.rulebook.in_force import Shelf
from models import (
    Applicant,
    ApplicantName,
    Application,
    ApplicationVersion,
    Content,
    Round,
)
from rules.policy import Policy

SAID_WITH_A_CASE = (
    "refused.unset", "refused.settings_missing", "refused.no_budget", "refused.decided_together",
    "refused.finding_open", "refused.finding_upheld", "refused.means_nothing", "refused.digest_only",
    "refused.base_has_tax", "refused.several", "refused.refusal_proposed", "refused.objection",
    "refused.notice_stands", "refused.case_uncovered", "refused.refusal_stands",
)  # fmt: skip
"""What hinders acts that the office itself can mend: the page says it where the act would stand."""

ABOUT: Mapping[str, Callable[[Who, Application], frozenset[int]]] = {
    "void_letter": letters.voidable,
    "issue_void_notice": procedural_letters.untold,
    "record_delivery": delivery.deliverable,
    "issue_objection_answer": procedural_letters.answerable,
}
"""Acts about a letter or an objection, and what tells the numbers of those that this person may do it to."""
TOLD_ELSEWHERE = ("approve", "propose_refusal")
"""Acts of which the page says in another place why they can't be done."""

WITH_A_CASE = frozenset(("settle_objection", *ABOUT))
"""Acts that stand on a case's page though they are about something of their own."""


class CaseView(NamedTuple):
    """A case. `may` are the acts that this person may do to it now, `bar` what hinders an approval, `barred`
    the acts for which the office has something to set first, and `about` the letters and objections by the
    acts that they may do to each.

    `shown_state` is the state as people are told it (`casework.core.blocked_cases`).
    `policy` is that of the standing decision, or the one that would decide it today; `would_be` what it would
    decide, while the case can still be decided; `closed_by` who closed its budget; `open` what is open
    before it is decided, the gate; `retention` how long the office keeps a case (保管期限), where it says so.
    """

    id: int
    case: str
    state: str
    receipt_no: str | None
    round: str
    applied_at: datetime.datetime
    applicant: str
    code: str
    former_names: tuple[tuple[str, datetime.date], ...]
    seen: Seen
    may: tuple[str, ...]
    bar: Refused | None
    barred: tuple[tuple[str, Refused], ...]
    about: Mapping[str, frozenset[int]]
    shown_state: str
    policy: Policy | None
    steps: tuple[Step, ...]
    fields: tuple[FieldView, ...]
    findings: tuple[FindingView, ...]
    corrections: tuple[CorrectionView, ...]
    papers: tuple[PaperView, ...]
    decisions: tuple[DecisionView, ...]
    would_be: Precheck | None
    closed_by: Stopped | None
    publicity: PublicityView | None
    objections: tuple[ObjectionView, ...]
    letters: tuple[LetterView, ...]
    voucher: VoucherView | None
    events: tuple[Event, ...]
    refusals: tuple[RefusalView, ...]
    open: tuple[OpenThing, ...]
    retention: str

    @property
    def decision(self) -> DecisionView | None:
        """The decision that stands: the last."""
        return self.decisions[-1] if self.decisions else None

    @property
    def refusal(self) -> RefusalView | None:
        """The refusal for a fact outside the rules that stands, or waits to be confirmed."""
        return next((one for one in self.refusals if one.stands or one.state == "proposed"), None)

    @property
    def objected(self) -> bool:
        """Whether an objection was upheld, and nothing was decided since."""
        return any(one.state == "upheld" and one.stands for one in self.objections)

    def may_about(self, name: str, number: int) -> bool:
        """Whether an act of `ABOUT` may be done to a letter or an objection by its number."""
        return number in self.about.get(name, frozenset())

    def field(self, name: str) -> FieldView | None:
        """A field by its name."""
        return next((field for field in self.fields if field.field == name), None)


class Stored(NamedTuple):
    """The bytes of a paper or letter."""

    sha256: str
    media: str
    body: bytes


def view(office: Office, person: str, case: str) -> CaseView | None:
    """A case as this person may see and handle it; None where there is no such case."""
    with office.read() as session:
        row = found_case(session, case)
        return None if row is None else _view(office, session, person, row)


def content(office: Office, sha256: str) -> Stored | None:
    """The very bytes that are kept under a hash."""
    with office.read() as session:
        row = session.get(Content, sha256)
        return None if row is None else Stored(row.sha256, row.media, bytes(row.body))


def _view(office: Office, session: Session, person: str, row: Application) -> CaseView:
    people, today, who = staff_names.by_number(session), office.today(), known(office, session, person)
    versions, publicity = _versions(session, row.id), case_parts.publicity(session, row.id, today)
    decisions = case_parts.decisions(office, session, row.id, people)
    sent, may = case_letters.letters(session, who, row.id, people), _may(who, row)
    events = case_story.events(session, row, people, versions, decisions, publicity, sent)
    return CaseView(
        id=row.id,
        case=row.case_no,
        state=row.state,
        receipt_no=row.receipt_no,
        round=_round_name(session, row),
        applied_at=row.applied_at.astimezone(SHANGHAI),
        applicant=versions[-1].applicant_name,
        code=session.get_one(Applicant, row.applicant_id).code,
        former_names=_names(session, row.applicant_id, versions[-1].applicant_name),
        seen=seen_of(session, row),
        may=may.acts,
        bar=may.bar,
        barred=may.barred,
        about=may.about,
        shown_state=shown_state(session, row),
        policy=_policy(office, session, row, decisions),
        steps=case_story.steps(row, events),
        fields=field_history.fields(session, versions, people),
        findings=case_parts.findings(session, row.id, row.version, people),
        corrections=case_parts.corrections(session, row.id, people, today),
        papers=case_parts.papers(session, row.id, people),
        decisions=decisions,
        would_be=_would_be(office, session, row),
        closed_by=_closed_by(office, session, row),
        publicity=publicity,
        objections=case_letters.objections(session, who, row.id),
        letters=sent,
        voucher=case_parts.voucher(session, row.id),
        events=events,
        refusals=case_parts.refusals(session, row, people),
        open=_open(session, row),
        retention=settings_of(session).retention,
    )


def _round_name(session: Session, row: Application) -> str:
    found = None if row.round_id is None else session.get(Round, row.round_id)
    return "" if found is None else found.name


def _versions(session: Session, application_id: int) -> list[ApplicationVersion]:
    mine = select(ApplicationVersion).where(col(ApplicationVersion.application_id) == application_id)
    return list(session.execute(mine.order_by(col(ApplicationVersion.version))).scalars())


def _names(session: Session, applicant_id: int, now: str) -> tuple[tuple[str, datetime.date], ...]:
    rows = (
        select(col(ApplicantName.name), col(ApplicantName.from_on))
        .where(col(ApplicantName.applicant_id) == applicant_id)
        .order_by(col(ApplicantName.from_on).desc())
    )
    return tuple((name, from_on) for name, from_on in session.execute(rows) if name != now)


def _policy(
    office: Office, session: Session, row: Application, decisions: tuple[DecisionView, ...]
) -> Policy | None:
    if decisions and decisions[-1].policy is not None:
        return decisions[-1].policy
    moment = row.applied_at.astimezone(SHANGHAI).replace(tzinfo=None)
    chosen = Shelf(session).policy(row.scheme, {"applied_at": moment, "signed_on": moment}, office.today())
    return None if chosen is None else chosen.policy


class _May(NamedTuple):
    acts: tuple[str, ...] = ()
    bar: Refused | None = None
    barred: tuple[tuple[str, Refused], ...] = ()
    about: Mapping[str, frozenset[int]] = MappingProxyType({})


def _may(who: Who | None, row: Application) -> _May:
    """The acts that this person may do to the case now, in the order of the table, and what hinders an
    approval that the table would let them give."""
    if who is None:
        return _May()
    about_it = [name for name, line in ACTS.items() if line.states or name in WITH_A_CASE]
    why = {name: why_not(who, name, row) for name in about_it}
    acts = tuple(name for name, refused in why.items() if refused is None)
    bar = why["approve"]
    if bar is not None and bar.code in OF_THE_TABLE:
        bar = None
    barred = tuple(
        (name, said)
        for name, said in why.items()
        if said is not None and said.code in SAID_WITH_A_CASE and name not in TOLD_ELSEWHERE
    )
    return _May(acts, bar, barred, {name: tell(who, row) for name, tell in ABOUT.items() if name in acts})


def _open(session: Session, row: Application) -> tuple[OpenThing, ...]:
    """What is open about a case that can be decided."""
    if row.state not in (*ACTS["decide"].states, *ACTS["decide_again"].states):
        return ()
    return open_things.of_case(session, row_of(session, row.id), Register(session))


def _closed_by(office: Office, session: Session, row: Application) -> Stopped | None:
    """Who closed the budget that a case which can be decided draws on."""
    if row.state not in (*ACTS["decide"].states, *ACTS["decide_again"].states):
        return None
    bench = Bench(session, InMind(session), office.today())
    return bench.closed_by(bench.case(row_of(session, row.id)))


def _would_be(office: Office, session: Session, row: Application) -> Precheck | None:
    """What would be decided now, for a case that waits for it."""
    if row.state not in (*ACTS["ask_correction"].states, "suspended"):
        return None
    facts = session.execute(current().where(col(Application.id) == row.id)).one()
    would = precheck.of_case(session, facts, office.today())
    return None if would.policy is None else would
