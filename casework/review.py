"""Review: what holds, fails or can't be told, what is odd, and what the applicant is asked to correct."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlmodel import Session, col

from casework import calendars, given, versions
from casework.act import Turn, act
from casework.act_table import OPEN, STAGES
from casework.arrivals import number_key
from casework.case_facts import Register, current, facts_of
from casework.given import Given
from casework.refused import Refused
from casework.shelf import Shelf
from casework.who_may import Who
from models import (
    Applicant,
    Application,
    ApplicationVersion,
    Contract,
    Correction,
    CorrectionItem,
    Finding,
    Invoice,
)
from rules.facts import Value
from rules.policy import Policy
from rules.predicate import Asked

OUTCOME = {True: "pass", False: "fail", None: "unknown"}


class Answer(NamedTuple):
    """A condition of the policy, asked of a case: pass, fail or unknown, and what would settle it."""

    condition: str
    outcome: str
    evidence: str
    article: str


class Defect(NamedTuple):
    """One thing to be corrected: a field or a kind of paper, and what is wrong with it."""

    about: str
    target: str
    defect: str
    note: str | None = None


def conditions(policy: Policy, facts: Mapping[str, Value]) -> list[Answer]:
    """Every condition of a policy, asked of a case; also of one that is only being typed (the pre-check)."""
    values = policy.program.values(facts)
    answers = []
    for condition, (name, judge) in zip(policy.rules.conditions, policy.program.conditions, strict=True):
        try:
            outcome = judge(values, {})
        except Asked:
            outcome = None
        article = f"{condition.source.document} {condition.source.article}".strip()
        answers.append(Answer(name, OUTCOME[outcome], condition.evidence, article))
    return answers


# -- the officer's checks ------------------------------------------------------------------------------------


@act("accept")
def accept(turn: Turn, case: str) -> None:
    """Take an application in (受理); it gets its receipt number."""
    from casework.numbers import next_number

    application = turn.case(case)
    if application.receipt_no is None:
        number = next_number(turn.session, "acceptance", turn.today.year)
        application.receipt_no = f"{turn.today.year}-{number:06d}"
    application.state = "accepted"
    turn.changed("application", application.id)
    turn.tell(receipt_no=application.receipt_no)


@act("review")
def review(turn: Turn, case: str, stage: str) -> None:
    """Move an application to a stage of its review."""
    application = turn.case(case)
    if stage not in STAGES:
        raise Refused("refused.no_such_stage", stage=stage, known=STAGES)
    application.state = stage
    turn.changed("application", application.id)
    turn.note(stage=stage)


@act("check")
def check(turn: Turn, case: str) -> None:
    """Ask every condition and look for the same contract, invoice or account elsewhere; what is found is
    kept.

    Findings that nobody has judged are replaced; a person's judgement stays, and is not asked for twice.
    """
    application = turn.case(case)
    session = turn.session
    row = session.execute(current().where(col(Application.id) == application.id)).one()
    facts = facts_of(row, Register(session))
    chosen = Shelf(session).policy(application.pack_id, facts, turn.today)
    found: list[dict[str, Any]] = []
    if chosen is None:
        found.append({"code": "no_pack"})
    else:
        found += [
            {
                "code": f"condition.{each.condition}",
                "outcome": each.outcome,
                "with_kind": "field",
                "with_text": each.evidence,
            }
            for each in conditions(chosen.policy, facts)
        ]
    found += _elsewhere(session, application, dict(row._mapping))
    replaced = update(Finding).where(
        col(Finding.application_id) == application.id, col(Finding.state) == "open"
    )
    session.execute(replaced.values(state="outdated"), execution_options={"synchronize_session": False})
    judged = {
        (code, with_id, with_text)
        for code, with_id, with_text in session.execute(
            select(col(Finding.code), col(Finding.with_id), col(Finding.with_text)).where(
                col(Finding.application_id) == application.id,
                col(Finding.version) == application.version,
                col(Finding.state).in_(("cleared", "upheld")),
            )
        )
    }
    for each in found:
        if (each["code"], each.get("with_id"), each.get("with_text")) in judged:
            continue
        session.add(
            Finding(application_id=application.id, version=application.version, found_at=turn.at, **each)
        )
    turn.changed("finding")
    turn.tell(findings=[each["code"] for each in found if each.get("outcome") != "pass"])


def _elsewhere(session: Session, application: Application, said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The same contract, invoice or account with others, near misses, and dates or a provider that don't
    fit."""
    found: list[dict[str, Any]] = []
    others = (
        select(col(Application.id), col(Application.case_no))
        .join(Contract, col(Contract.id) == col(Application.contract_id))
        .where(col(Application.id) != application.id, col(Application.state) != "withdrawn")
    )
    if said["contract_no"]:
        same = others.where(col(Contract.number_key) == number_key(said["contract_no"]))
        found += [_other("same_contract", *row) for row in session.execute(same)]
    invoices = select(col(Invoice.number)).where(col(Invoice.application_id) == application.id)
    shared = (
        select(col(Application.id), col(Application.case_no))
        .join(Invoice, col(Invoice.application_id) == col(Application.id))
        .where(col(Invoice.number).in_(invoices), col(Application.id) != application.id)
        .distinct()
    )
    found += [_other("same_invoice", *row) for row in session.execute(shared)]
    found += _accounts_elsewhere(session, application, said)
    found += _near(session, application, said)
    signed, founded = said["signed_on"], said["founded_on"]
    if signed is not None and founded is not None and signed < founded:
        found.append({"code": "signed_before_founding", "with_kind": "field", "with_text": "signed_on"})
    register, provider = Register(session), said["provider_name"]
    if provider and signed is not None and register.admitted(provider, said["service"], signed) is False:
        found.append({"code": "provider_not_admitted", "with_kind": "provider", "with_text": provider})
    elif provider and not register.is_empty and provider not in register:
        found.append({"code": "provider_unknown", "with_kind": "provider", "with_text": provider})
    return found


def _other(code: str, number: int, case: str) -> dict[str, Any]:
    return {"code": code, "with_kind": "application", "with_id": number, "with_text": case}


def _accounts_elsewhere(
    session: Session, application: Application, said: Mapping[str, Any]
) -> list[dict[str, Any]]:
    from models import BankAccount

    if said["bank_account_id"] is None:
        return []
    mine = (
        select(col(BankAccount.number))
        .where(col(BankAccount.id) == said["bank_account_id"])
        .scalar_subquery()
    )
    same = (
        select(col(BankAccount.id), col(Applicant.code))
        .join(Applicant, col(Applicant.id) == col(BankAccount.applicant_id))
        .where(col(BankAccount.number) == mine, col(BankAccount.applicant_id) != application.applicant_id)
    )
    return [
        {"code": "same_account", "with_kind": "bank_account", "with_id": number, "with_text": code}
        for number, code in session.execute(same)
    ]


def _near(session: Session, application: Application, said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Another contract of the same provider, amount and signing day: perhaps one contract under two
    numbers."""
    if said["provider_name"] is None or said["contract_amount_fen"] is None or said["signed_on"] is None:
        return []
    version = ApplicationVersion
    near = (
        select(col(Application.id), col(Application.case_no))
        .join(
            version,
            (col(version.application_id) == col(Application.id))
            & (col(version.version) == col(Application.version)),
        )
        .where(
            col(version.contract_amount_fen) == said["contract_amount_fen"],
            col(version.provider_name) == said["provider_name"],
            col(version.signed_on) == said["signed_on"],
            col(Application.id) != application.id,
            col(Application.contract_id).is_distinct_from(application.contract_id),
        )
    )
    return [_other("similar_contract", *row) for row in session.execute(near)]


@act("judge_finding")
def judge_finding(turn: Turn, finding: int, outcome: str, reason: str) -> None:
    """Judge a finding: `cleared` or `upheld`, with the reason."""
    row = turn.session.get(Finding, finding)
    if row is None:
        raise Refused("refused.no_such_finding", finding=finding)
    if outcome not in ("cleared", "upheld"):
        raise Refused("refused.no_such_outcome", outcome=outcome)
    turn.must_say(reason)
    turn.take(turn.session.get_one(Application, row.application_id))
    row.state, row.reason, row.judged_by_id, row.judged_at = outcome, reason, turn.person.id, turn.at
    turn.changed("finding", finding)
    turn.note(finding=finding, code=row.code, outcome=outcome, reason=reason)


@act("verify_facts")
def verify_facts(turn: Turn, case: str, facts: Given, reason: str) -> None:
    """Set down figures as the officer verified them, beside what the applicant gave: the next version."""
    application = turn.case(case)
    turn.must_say(reason)
    changed = versions.write_next(turn, application, given.facts(turn, facts), "review", reason)
    turn.note(reason=reason)
    turn.tell(fields=[each.field for each in changed])


# -- corrections ---------------------------------------------------------------------------------------------


@act("ask_correction")
def ask_correction(turn: Turn, case: str, defects: Sequence[Defect | tuple[str, str, str] | str]) -> None:
    """Ask the applicant to correct (补正): one list of defects, each tied to a field or a paper.

    It is due after the office's working days for corrections, counted from tomorrow.
    """
    application = turn.case(case)
    if not defects:
        raise Refused("refused.no_defects")
    days = Shelf(turn.session).term(
        application.pack_id, "correction_days", calendars.day_of(application.applied_at), turn.today
    )
    row = Correction(
        application_id=application.id,
        round_no=1 + _rounds(turn.session, application.id),
        version=application.version,
        due_on=calendars.after(turn.today, days),
        asked_at=turn.at,
        asked_by_id=turn.person.id,
    )
    turn.session.add(row)
    turn.session.flush()
    for defect in map(_defect, defects):
        if defect.about not in ("field", "paper"):
            raise Refused("refused.no_such_defect", about=defect.about)
        turn.session.add(CorrectionItem(correction_id=row.id, **defect._asdict()))
    application.resumes = application.state if application.state in OPEN else "accepted"
    application.state = "correction"
    turn.changed("application", application.id)
    turn.changed("correction", row.id)
    turn.note(round=row.round_no, due_on=row.due_on, defects=[list(_defect(each)) for each in defects])
    turn.tell(due_on=row.due_on, provisional=calendars.provisional(row.due_on), round=row.round_no)


def _defect(said: Defect | tuple[str, str, str] | str) -> Defect:
    """A defect; in words it is `field:related_party:what is wrong`."""
    parts = said.split(":", 2) if isinstance(said, str) else said
    if len(parts) < 3:
        raise Refused("refused.no_such_defect", about=str(said))
    return Defect(*parts)


def open_correction(who: Who, application: Application) -> Correction:
    """The list of defects that a case is to answer; also the bar of acts on it.

    Raises:
        Refused: `refused.no_correction`.
    """
    wanted = select(Correction).where(
        col(Correction.application_id) == application.id, col(Correction.state) == "open"
    )
    row: Correction | None = who.session.execute(wanted).scalar()
    if row is None:
        raise Refused("refused.no_correction", case=application.case_no)
    return row


def _rounds(session: Session, application_id: int) -> int:
    rows = select(col(Correction.round_no)).where(col(Correction.application_id) == application_id)
    return max(session.execute(rows).scalars(), default=0)


@act("answer_correction", bar=open_correction)
def answer_correction(turn: Turn, case: str, facts: Given) -> None:
    """Take in the applicant's answer: a new version of the application; the earlier one stays.

    A correction that asks for papers can be answered by papers alone: then nothing of the facts changes.
    """
    application = turn.case(case)
    row = open_correction(turn, application)
    asked = select(CorrectionItem).where(col(CorrectionItem.correction_id) == row.id)
    items = list(turn.session.execute(asked).scalars())
    answer = given.facts(turn, facts)
    by_papers = not answer and any(item.about == "paper" for item in items)
    changed = [] if by_papers else versions.write_next(turn, application, answer, "correction")
    row.state, row.answered_at, row.answered_version = "answered", turn.at, application.version
    fields = {each.field for each in changed}
    for item in items:
        if item.about == "paper" or item.target in fields:
            item.settled_at = turn.at
    application.state = "accepted"
    application.resumes = None
    turn.changed("application", application.id)
    turn.changed("correction", row.id)
    turn.tell(version=application.version, late=is_late(row.due_on, turn.today), fields=sorted(fields))


def is_late(due_on: datetime.date, today: datetime.date) -> bool:
    """Whether the last day for an answer is past."""
    return today > due_on


def due(session: Session, on: datetime.date) -> list[tuple[str, datetime.date]]:
    """Cases whose correction is open, by due date, the overdue first."""
    rows = (
        select(col(Application.case_no), col(Correction.due_on))
        .join(Application, col(Application.id) == col(Correction.application_id))
        .where(col(Correction.state) == "open", col(Correction.due_on) <= on)
        .order_by(col(Correction.due_on), col(Application.id))
    )
    return [(case, due_on) for case, due_on in session.execute(rows)]
