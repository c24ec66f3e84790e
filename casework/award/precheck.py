"""The pre-check: what would be decided of an application that is only being typed, at the present position.

It tells the applicant at the counter at once which condition fails and what is missing. Nothing is stored and
no number is taken: it is the bench of the act (`casework.award.deciding_bench`), with the counters as they
stand now.
"""

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Row
from sqlmodel import Session

from casework.award.closed_budgets import Stopped
from casework.award.deciding_bench import Answer, Bench, Case
from casework.award.position_in_mind import InMind
from casework.cases import other_support
from casework.cases.case_facts import Register, window_facts
from casework.cases.whole_facts import needed_at_counter
from casework.core.office import SHANGHAI, Office
from casework.core.refused import Refused
from casework.intake import rounds
from casework.review import checking
from casework.rulebook.in_force import Shelf
from rules import decide as rules
from rules.explain import Line, explain
from rules.facts import OF_ROUND, Fact, Value
from rules.facts_known import as_known
from rules.pack import Pack
from rules.policy import Policy
from rules.position import Position


class Scheme(NamedTuple):
    """A scheme that can be applied for: the pack in force (or the last) and the facts that it asks for.

    `asks` are the facts that its rules look at, in their order; `own` those that only this pack declares;
    `needed` the fields without which no application of it can be entered.
    """

    id: str
    pack: Pack
    in_force: bool
    asks: tuple[str, ...]
    own: tuple[Fact, ...]
    needed: tuple[str, ...]


class Precheck(NamedTuple):
    """What would come out now. `policy` is None where no version of the scheme is in force on the day.

    `bar` is what deciding the case by itself is refused for. Where it is that nothing is allotted to the
    budget yet, `decision` is what the rules give without asking it; else None, or the refusal of a case that
    fails conditions, whatever there is of money. `missing` names the facts not typed yet that the outcome
    hangs on; `admitted` what the office's own register says of the provider (None: it can't tell);
    `closed_by` who came before and closed the budget.
    """

    policy: Policy | None
    conditions: tuple[checking.ConditionAnswer, ...] = ()
    decision: rules.Decision | None = None
    lines: tuple[Line, ...] = ()
    missing: tuple[str, ...] = ()
    admitted: bool | None = None
    round: str = ""
    bar: Refused | None = None
    closed_by: Stopped | None = None


def schemes(office: Office) -> tuple[Scheme, ...]:
    """The schemes of the office, those in force today first."""
    with office.read() as session:
        shelf = Shelf(session)
        today = office.today()
        found: dict[str, Scheme] = {}
        for shelved, pack in zip(shelf.packs, shelf.bare_packs(), strict=True):
            withdrawn = shelved.withdrawn_on is not None and shelved.withdrawn_on <= today
            now = pack.in_force(today) and not withdrawn
            held = found.get(pack.id)
            if held is None or now or not held.in_force:
                policy = shelf.completed(shelved, today).policy
                own = tuple(pack.facts.values())
                needed = needed_at_counter(shelf.of_scheme(pack.id), pack.id)
                found[pack.id] = Scheme(pack.id, pack, now, policy.program.names, own, needed)
    return tuple(sorted(found.values(), key=lambda one: not one.in_force))


def of_case(session: Session, row: Row[Any], today: datetime.date) -> Precheck:
    """What would be decided now of an application that is stored (a row of `case_facts.current`)."""
    bench = Bench(session, InMind(session), today)
    return _asked(bench, bench.take(row))


def _asked(bench: Bench[Answer], case: Case) -> Precheck:
    policy = case.policy
    if policy is None:
        return Precheck(None)
    bar = None
    try:
        decision = bench.answer(case).decision
    except Refused as refused:
        bar, decision = refused, _without_budget(bench, case, policy, refused)
    return Precheck(
        policy,
        tuple(checking.conditions(policy, case.facts)),
        decision,
        () if decision is None else explain(policy, decision.witness, decision),
        _missing(policy, case.facts),
        bar=bar,
        closed_by=bench.closed_by(case),
    )


def _without_budget(bench: Bench[Answer], case: Case, policy: Policy, bar: Refused) -> rules.Decision | None:
    """What comes out of a case that the budget bars: what the rules compute, where finance has only not
    filled it yet; else the refusal of one that fails conditions, which it does whatever there is of money."""
    used = bench.positions.used(policy.cap_keys(case.facts))
    decision = rules.decide(policy, case.facts, Position(used, None))
    fails = decision.status == rules.REFUSED and not decision.binding
    return decision if fails or bar.code == "refused.no_budget" else None


def precheck(office: Office, scheme: str, said: Mapping[str, Value]) -> Precheck:
    """What the rules say of these facts now.

    Args:
        said: facts under the rules' names, as typed (money in fen, dates as dates); absent is not known.
    """
    with office.read() as session:
        now = office.now().astimezone(SHANGHAI)
        facts: dict[str, Value] = {"applied_at": now.replace(tzinfo=None), **said}
        for name in OF_ROUND:
            facts.pop(name, None)
        register = Register(session)
        named = _round(session, register, scheme, facts)
        admitted = _admitted(register, facts)
        if admitted is not None:
            facts["provider_admitted"] = admitted
        facts["other_support"] = other_support.counted(facts)
        bench = Bench(session, InMind(session), now.date())
        chosen = bench.shelf.policy(scheme, facts, now.date())
        if chosen is not None:
            facts |= dict.fromkeys(chosen.pack.officers_own)  # typed here it is the applicant's word
        as_known(facts)
        case = Case({}, facts, chosen)
        found = _asked(bench, case)
        return found._replace(admitted=admitted, round=named, bar=_without_number(found.bar))


def _without_number(bar: Refused | None) -> Refused | None:
    """What bars a case that has no number yet."""
    if bar is not None and bar.code == "refused.decided_together":
        return Refused("refused.decided_with_round", pack=bar.params["pack"])
    return bar


def _round(session: Session, register: Register, scheme: str, facts: dict[str, Value]) -> str:
    """The open round that would take the application. Its window goes into the facts; where none would, that
    of the round by which it is judged."""
    applied_at = facts.get("applied_at")
    if not isinstance(applied_at, datetime.datetime):
        return ""
    found = rounds.places(session, scheme).holding(applied_at)
    facts.update(
        window_facts(register.rounds.judging(scheme, applied_at, None if found is None else found.id))
    )
    return "" if found is None else found.name


def _admitted(register: Register, facts: Mapping[str, Value]) -> bool | None:
    """What the register of providers says; it goes before what the applicant says."""
    provider, service, signed = facts.get("provider"), facts.get("service"), facts.get("signed_on")
    on = signed if isinstance(signed, datetime.date) else None
    return register.admitted(
        None if provider is None else str(provider), None if service is None else str(service), on
    )


def _missing(policy: Policy, facts: Mapping[str, Value]) -> tuple[str, ...]:
    """The facts that the rules look at and nobody has typed; a blank that stands for something is none."""
    program = policy.program
    values = program.values(facts)
    counted = {span.name for span in program.spans}
    return tuple(
        name
        for name, fact, value in zip(program.names, program.facts, values, strict=True)
        if value is None
        and fact.default is None
        and name not in counted
        and not name.startswith(("window_", "officer_rate"))
    )
