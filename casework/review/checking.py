"""Checking an application: what holds, fails or can't be told, what is odd, and what the officer verified."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import and_, func, or_, select, update
from sqlmodel import Session, col

from casework.cases import facts_in_words, looking, versions
from casework.cases.case_facts import Register, facts_of, row_of
from casework.cases.facts_in_words import Given
from casework.cases.judged_of import still_counts
from casework.cases.looked_for import AGAIN, is_looked_for
from casework.cases.looking import JUDGED, Key
from casework.core.act import Turn, act
from casework.core.act_table import STAGES
from casework.core.numbers import next_number
from casework.core.refused import Refused
from casework.rulebook.in_force import Chosen, Shelf
from models import Application, Finding, LogEntry
from rules.facts import Value
from rules.policy import Policy
from rules.predicate import Asked

OUTCOME = {True: "pass", False: "fail", None: "unknown"}


class ConditionAnswer(NamedTuple):
    """A condition of the policy, asked of a case: pass, fail or unknown, and what would settle it."""

    condition: str
    outcome: str
    evidence: str
    article: str


def conditions(policy: Policy, facts: Mapping[str, Value]) -> list[ConditionAnswer]:
    """Every condition of a policy, asked of a case; also of one that is only being typed (the pre-check).
    A fact that must be known is one too, with its own name, and no article of its own."""
    values = policy.program.full(policy.program.values(facts))
    written = {condition.id: condition for condition in policy.rules.conditions}
    answers = []
    for name, judge in policy.program.conditions:
        try:
            outcome = judge(values, {})
        except Asked:
            outcome = None
        condition = written.get(name)
        evidence, article = "", ""
        if condition is not None:
            evidence = condition.evidence
            article = f"{condition.source.document} {condition.source.article}".strip()
        answers.append(ConditionAnswer(name, OUTCOME[outcome], evidence, article))
    return answers


# -- the officer's checks ------------------------------------------------------------------------------------


@act("accept")
def accept(turn: Turn, case: str) -> None:
    """Take an application in (受理); it gets its receipt number."""
    application = turn.case(case)
    application.state = "accepted"
    turn.changed("application", application.id)
    turn.tell(receipt_no=taken_in(turn, application))


def taken_in(turn: Turn, application: Application) -> str:
    """The receipt number (受理号) of an application that is taken in; it gets one where it has none yet."""
    if application.receipt_no is None:
        number = next_number(turn.session, "acceptance", turn.today.year)
        application.receipt_no = f"{turn.today.year}-{number:06d}"
    return application.receipt_no


@act("review")
def review(turn: Turn, case: str, stage: str) -> None:
    """Move an application to a stage of its review; what was not accepted before is by that.

    Raises:
        Refused: `refused.no_such_stage`; `refused.nothing_changed`: it was moved there before.
    """
    application = turn.case(case)
    if stage not in STAGES:
        raise Refused("refused.no_such_stage", stage=stage, known=STAGES)
    if application.state == stage and _reviewed(turn.session, application):
        raise Refused("refused.nothing_changed", case=case)
    application.state = stage
    turn.changed("application", application.id)
    turn.note(stage=stage, receipt_no=taken_in(turn, application))


def _reviewed(session: Session, application: Application) -> bool:
    """Whether the case was ever reviewed: one that an approver sent back may stand at a stage unread."""
    about = col(LogEntry.subject) == f"case {application.case_no}"
    done = select(col(LogEntry.seq)).where(about, col(LogEntry.act) == "review").limit(1)
    return session.execute(done).first() is not None


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
    facts = facts_of(row, register)
    chosen = Shelf(turn.session).policy(application.scheme, facts, turn.today)
    asked = _asked(chosen, facts)
    looked = looking.seen(turn.session, row, register, chosen)
    judged = _judged(turn.session, application)
    new = [each for each in asked if (each["code"], None, each.get("with_text")) not in judged]
    new += [each._asdict() for each in looked if not any(looking.is_same(each, key) for key in judged)]
    for each in new:
        looking.keep(turn, application, each)
    turn.changed("finding")
    told = [each["code"] for each in asked if each.get("outcome") != "pass"]
    turn.tell(findings=[*told, *(each.code for each in looked)], numbers=_to_judge(turn.session, application))


def _to_judge(session: Session, application: Application) -> list[int]:
    """The numbers of the findings that wait, by which `judge_finding` takes them."""
    session.flush()
    waiting = select(col(Finding.id)).where(
        col(Finding.application_id) == application.id,
        col(Finding.state) == "open",
        func.coalesce(col(Finding.outcome), "") != "pass",
    )
    return list(session.execute(waiting.order_by(col(Finding.id))).scalars())


def _asked(chosen: Chosen | None, facts: Mapping[str, Value]) -> list[dict[str, Any]]:
    """What each condition of the policy in force says of the facts, as findings to be kept."""
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


def _judged(session: Session, application: Application) -> set[Key]:
    """What a person has judged of this version, with what the other case said then; what nobody has, or of
    earlier facts, is out of date now, but for what no check looks for (what a reader told of the file)."""
    earlier = and_(col(Finding.state).in_(JUDGED), col(Finding.version) < application.version)
    replaced = update(Finding).where(
        col(Finding.application_id) == application.id,
        or_(col(Finding.state) == "open", earlier),
        or_(col(Finding.code).in_(AGAIN), col(Finding.code).startswith("condition.")),
    )
    session.execute(replaced.values(state="outdated"), execution_options={"synchronize_session": False})
    judged = select(Finding).where(
        col(Finding.application_id) == application.id,
        col(Finding.version) == application.version,
        col(Finding.state).in_(JUDGED),
    )
    keys = set()
    for one in session.execute(judged).scalars():
        if still_counts(session, application, one):
            keys.add(looking.key_of(one))
        elif is_looked_for(one.code):
            one.state = "outdated"
    return keys


def judgeable(code: str, state: str, found_in: int, version: int) -> bool:
    """Whether a finding can be judged: it is about the facts as they are, and no later check replaced it; one
    that no check looks for can be judged at any time."""
    return state != "outdated" and (found_in == version or not is_looked_for(code))


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
        raise Refused("refused.no_such_outcome", outcome=outcome, known=tuple(JUDGED))
    turn.must_say(reason)
    application = turn.take(turn.session.get_one(Application, row.application_id))
    if not judgeable(row.code, row.state, row.version, application.version):
        raise Refused("refused.finding_outdated", case=application.case_no)
    row.state, row.reason, row.judged_by_id, row.judged_at = outcome, reason, turn.person.id, turn.at
    turn.changed("finding", finding)
    if outcome == "cleared":
        turn.session.flush()
        looking.again(turn, application)
    turn.note(finding=finding, code=row.code, outcome=outcome, reason=reason)


@act("verify_facts")
def verify_facts(turn: Turn, case: str, facts: Given, reason: str) -> None:
    """Set down figures as the officer verified them, beside what the applicant gave: the next version."""
    application = turn.case(case)
    turn.must_say(reason)
    held = versions.held(turn.session, application)
    verified = facts_in_words.facts(turn, facts, application.scheme, held)
    changed = versions.write_next(turn, application, verified, "review", reason)
    turn.note(reason=reason)
    turn.tell(fields=[each.field for each in changed])
