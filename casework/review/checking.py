"""Checking an application: what holds, fails or can't be told, what is odd, and what the officer verified."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select, update
from sqlmodel import Session, col

from casework.cases import facts_in_words, versions
from casework.cases.case_facts import Register, facts_of, is_current, row_of
from casework.cases.facts_in_words import Given
from casework.cases.field_table import COLUMNS
from casework.cases.finding_weights import weight
from casework.cases.oddities import oddities
from casework.core.act import Turn, act
from casework.core.act_table import STAGES
from casework.core.numbers import next_number
from casework.core.refused import Refused
from casework.rulebook.in_force import Shelf
from models import (
    Applicant,
    Application,
    ApplicationVersion,
    BankAccount,
    Contract,
    Finding,
    Invoice,
)
from rules.contract_number import number_key
from rules.facts import Value
from rules.policy import Policy
from rules.predicate import Asked

JUDGED = ("cleared", "upheld")
"""What a person can find of a finding."""
OUTCOME = {True: "pass", False: "fail", None: "unknown"}


class ConditionAnswer(NamedTuple):
    """A condition of the policy, asked of a case: pass, fail or unknown, and what would settle it."""

    condition: str
    outcome: str
    evidence: str
    article: str


def conditions(policy: Policy, facts: Mapping[str, Value]) -> list[ConditionAnswer]:
    """Every condition of a policy, asked of a case; also of one that is only being typed (the pre-check)."""
    values = policy.program.values(facts)
    answers = []
    for condition, (name, judge) in zip(policy.rules.conditions, policy.program.conditions, strict=True):
        try:
            outcome = judge(values, {})
        except Asked:
            outcome = None
        article = f"{condition.source.document} {condition.source.article}".strip()
        answers.append(ConditionAnswer(name, OUTCOME[outcome], condition.evidence, article))
    return answers


# -- the officer's checks ------------------------------------------------------------------------------------


@act("accept")
def accept(turn: Turn, case: str) -> None:
    """Take an application in (受理); it gets its receipt number."""
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

    Findings that nobody has judged are replaced; a person's judgement stays while the facts stay as they are,
    and is not asked for twice. Once the facts have changed, what is found still is judged anew.
    """
    application = turn.case(case)
    row = row_of(turn.session, application.id)
    register = Register(turn.session)
    found = _asked(turn, application, facts_of(row, register))
    said = dict(row._mapping)
    found += _elsewhere(turn.session, application, said)
    found += _odd(said, register)
    judged = _judged(turn.session, application)
    for each in found:
        weight(each["code"])  # one without a line in the table is a bug, and loud
        if (each["code"], each.get("with_id"), each.get("with_text")) not in judged:
            turn.session.add(
                Finding(application_id=application.id, version=application.version, found_at=turn.at, **each)
            )
    turn.changed("finding")
    turn.tell(findings=[each["code"] for each in found if each.get("outcome") != "pass"])


Found = dict[str, Any]
"""A finding to be kept: its code, its outcome, the other thing."""


def _asked(turn: Turn, application: Application, facts: Mapping[str, Value]) -> list[Found]:
    """What each condition of the policy in force says of the facts."""
    chosen = Shelf(turn.session).policy(application.scheme, facts, turn.today)
    if chosen is None:
        return [{"code": "no_pack"}]
    return [
        {
            "code": f"condition.{each.condition}",
            "outcome": each.outcome,
            "with_kind": "field",
            "with_text": each.evidence,
        }
        for each in conditions(chosen.policy, facts)
    ]


def _judged(session: Session, application: Application) -> set[tuple[str, int | None, str | None]]:
    """What a person has judged of this version; what nobody has, or of earlier facts, is out of date now."""
    earlier = and_(col(Finding.state).in_(JUDGED), col(Finding.version) < application.version)
    replaced = update(Finding).where(
        col(Finding.application_id) == application.id, or_(col(Finding.state) == "open", earlier)
    )
    session.execute(replaced.values(state="outdated"), execution_options={"synchronize_session": False})
    judged = select(col(Finding.code), col(Finding.with_id), col(Finding.with_text)).where(
        col(Finding.application_id) == application.id,
        col(Finding.version) == application.version,
        col(Finding.state).in_(JUDGED),
    )
    return {(code, with_id, with_text) for code, with_id, with_text in session.execute(judged)}


def _odd(stored: Mapping[str, Any], register: Register) -> list[Found]:
    """Dates that don't fit, and a provider that the register does not bear out."""
    facts = {name: stored[column] for name, column in COLUMNS.items()}
    return [
        {"code": odd.code, "with_kind": odd.kind, "with_text": odd.named}
        for odd in oddities(facts, register)
        if odd.code != "net_above_gross"
    ]


def _elsewhere(session: Session, application: Application, said: Mapping[str, Any]) -> list[Found]:
    """The same contract, invoice or account with others, and near misses."""
    return [
        *_contract_elsewhere(session, application, said["contract_no"]),
        *_invoices_elsewhere(session, application),
        *_account_elsewhere(session, application, said["bank_account_id"]),
        *_near(session, application, said),
    ]


def _other(code: str, number: int, case: str) -> Found:
    return {"code": code, "with_kind": "application", "with_id": number, "with_text": case}


def _contract_elsewhere(session: Session, application: Application, number: str | None) -> list[Found]:
    if not number:
        return []
    same = (
        select(col(Application.id), col(Application.case_no))
        .join(Contract, col(Contract.id) == col(Application.contract_id))
        .where(col(Application.id) != application.id, col(Application.state) != "withdrawn")
        .where(col(Contract.number_key) == number_key(number))
    )
    return [_other("same_contract", *row) for row in session.execute(same)]


def _invoices_elsewhere(session: Session, application: Application) -> list[Found]:
    mine = select(col(Invoice.number)).where(col(Invoice.application_id) == application.id)
    shared = (
        select(col(Application.id), col(Application.case_no))
        .join(Invoice, col(Invoice.application_id) == col(Application.id))
        .where(col(Invoice.number).in_(mine), col(Application.id) != application.id)
        .distinct()
    )
    return [_other("same_invoice", *row) for row in session.execute(shared)]


def _account_elsewhere(session: Session, application: Application, account_id: int | None) -> list[Found]:
    if account_id is None:
        return []
    mine = select(col(BankAccount.number)).where(col(BankAccount.id) == account_id).scalar_subquery()
    same = (
        select(col(BankAccount.id), col(Applicant.code))
        .join(Applicant, col(Applicant.id) == col(BankAccount.applicant_id))
        .where(col(BankAccount.number) == mine, col(BankAccount.applicant_id) != application.applicant_id)
    )
    return [
        {"code": "same_account", "with_kind": "bank_account", "with_id": number, "with_text": code}
        for number, code in session.execute(same)
    ]


def _near(session: Session, application: Application, said: Mapping[str, Any]) -> list[Found]:
    """Another contract of the same provider, amount and signing day: perhaps one contract under two
    numbers."""
    if said["provider_name"] is None or said["contract_amount_fen"] is None or said["signed_on"] is None:
        return []
    version = ApplicationVersion
    near = (
        select(col(Application.id), col(Application.case_no))
        .join(version, is_current())
        .where(
            col(version.contract_amount_fen) == said["contract_amount_fen"],
            col(version.provider_name) == said["provider_name"],
            col(version.signed_on) == said["signed_on"],
            col(Application.id) != application.id,
            col(Application.contract_id).is_distinct_from(application.contract_id),
        )
    )
    return [_other("similar_contract", *row) for row in session.execute(near)]


def judgeable(state: str, found_in: int, version: int) -> bool:
    """Whether a finding can be judged: it is about the facts as they are, and no later check replaced it."""
    return state != "outdated" and found_in == version


@act("judge_finding")
def judge_finding(turn: Turn, finding: int, outcome: str, reason: str) -> None:
    """Judge a finding: `cleared` or `upheld`, with the reason. What was judged can be judged anew; of facts
    that have changed since, only what a new check finds.

    Raises:
        Refused: `refused.no_such_finding`, `refused.no_such_outcome`, `refused.finding_outdated`.
    """
    row = turn.session.get(Finding, finding)
    if row is None:
        raise Refused("refused.no_such_finding", number=finding)
    if outcome not in JUDGED:
        raise Refused("refused.no_such_outcome", outcome=outcome)
    turn.must_say(reason)
    application = turn.take(turn.session.get_one(Application, row.application_id))
    if not judgeable(row.state, row.version, application.version):
        raise Refused("refused.finding_outdated", case=application.case_no)
    row.state, row.reason, row.judged_by_id, row.judged_at = outcome, reason, turn.person.id, turn.at
    turn.changed("finding", finding)
    turn.note(finding=finding, code=row.code, outcome=outcome, reason=reason)


@act("verify_facts")
def verify_facts(turn: Turn, case: str, facts: Given, reason: str) -> None:
    """Set down figures as the officer verified them, beside what the applicant gave: the next version."""
    application = turn.case(case)
    turn.must_say(reason)
    changed = versions.write_next(turn, application, facts_in_words.facts(turn, facts), "review", reason)
    turn.note(reason=reason)
    turn.tell(fields=[each.field for each in changed])
