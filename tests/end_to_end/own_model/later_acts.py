"""What people do besides taking in and deciding, each act booked in the model where the office takes it."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from casework.award import refusals
from casework.core.office import SHANGHAI
from casework.issuing import approval, publicity, vouchers, withdraw_suspend_revoke
from casework.money import allotments
from casework.review import checking
from casework.rulebook import supplements
from models import AppropriationProposal, Finding, Pack
from models import Supplement as Set
from tests.end_to_end.own_model.books import version

if TYPE_CHECKING:
    from tests.end_to_end.own_model.walk import Walk

CEILINGS = {
    "shenzhen-training-voucher": 500_000_000,
    "shenzhen-corpus": 50_000_000,
    "shenzhen-model-voucher": 100_000_000,
    "henan-compute-voucher": 50_000_000,
}
"""What a budget may be given a year without a second person of finance, in yuan; one without stands open."""
PROGRAMMES = (*CEILINGS, "qingyang-compute-voucher")
OPEN_READINGS = {
    "shenzhen-training-voucher@2026": {
        "startup_reference_date": ("applied_at", "signed_on"),
        "startup_ceiling": ("50", "60"),
        "budget_exceeded": ("rest", "nothing"),
    },
    "shenzhen-training-voucher@2025": {
        "startup_definition": ("12", "60"),
        "budget_exceeded": ("rest", "nothing"),
    },
    "shenzhen-corpus-voucher@2025": {"budget_exceeded": ("rest", "nothing")},
    "shenzhen-model-voucher@2025": {"budget_exceeded": ("rest", "nothing")},
    "henan-compute-voucher@2025": {"budget_exceeded": ("rest", "nothing")},
    "qingyang-compute-voucher@2024": {"applicant_year_limit": ("2000000", "none")},
}
REASON, MINUTES = "走访核实", "湾科创纪要〔2026〕7号"


def one(walk: Walk) -> None:
    """One of them."""
    act = walk.chance.choice((
        publish, publish, publish, approve, approve, approve, send_back, issue, issue, withdraw, revoke,
        suspend, resume, allot, allot, allot, settle_proposal, settle_reading, settle_reading, revoke_reading,
        change_its_mind, refuse_outside, judge, judge, pass_days,
    ))  # fmt: skip
    walk.done[-1] = act.__name__
    act(walk)


def publish(walk: Walk) -> None:
    """A list of some that wait, and its end."""
    case = walk.pick("calculated")
    if case is None:
        return
    change = walk.attempt(publicity.publish, walk.office, "officer", None, (case,))
    if change is None or walk.chance.random() < 0.1:
        return
    last: datetime.date = change.facts["until_on"]
    noon = datetime.time(9)
    walk.clock.at = max(
        walk.clock.at, datetime.datetime.combine(last + datetime.timedelta(days=1), noon, SHANGHAI)
    )
    for each in change.facts["lists"]:
        walk.attempt(publicity.end_publicity, walk.office, "officer", each["publicity"])


def approve(walk: Walk) -> None:
    case = walk.pick("publicity")
    who = walk.chance.choice(("approver", "approver2", "officer"))
    if case and walk.attempt(approval.approve, walk.office, who, case, MINUTES):
        assert who != "officer"
        walk.books.approve(case)


def send_back(walk: Walk) -> None:
    case = walk.pick("calculated", "publicity")
    if case and walk.attempt(approval.send_back, walk.office, "approver", case, REASON):
        walk.books.give_back(case)


def issue(walk: Walk) -> None:
    """A voucher moves no money: it was committed before."""
    case = walk.pick("approved")
    if case:
        walk.attempt(vouchers.issue_voucher, walk.office, "officer", case)


def withdraw(walk: Walk) -> None:
    case = walk.pick("submitted", "calculated", "publicity", "suspended", "approved")
    if case and walk.attempt(withdraw_suspend_revoke.withdraw, walk.office, "officer", case, REASON):
        walk.books.give_back(case)


def revoke(walk: Walk) -> None:
    case = walk.pick("approved", "issued")
    if case and walk.attempt(withdraw_suspend_revoke.revoke, walk.office, "approver2", case, REASON):
        walk.books.give_back(case)


def suspend(walk: Walk) -> None:
    """Put aside; what is reserved for it stays reserved."""
    case = walk.pick("submitted", "accepted", "calculated", "eligibility")
    if case:
        walk.attempt(withdraw_suspend_revoke.suspend, walk.office, "officer", case, REASON)


def resume(walk: Walk) -> None:
    case = walk.pick("suspended")
    if case:
        walk.attempt(withdraw_suspend_revoke.resume, walk.office, "officer", case)


def allot(walk: Walk) -> None:
    """Finance gives a budget some, more than its ceiling, or cuts it; above the ceiling nothing moves yet."""
    programme = walk.chance.choice(PROGRAMMES)
    key = f"{programme}/{walk.chance.choice((2026, 2026, 2025))}"
    sheet = walk.books.sheets[key]
    yuan = walk.chance.choice((1_000_000, 5_000_000, 20_000_000, 600_000_000, -1, -3_000_000, -(10**9)))
    fen = yuan * 100 + walk.chance.choice((0, 0, 1))
    walk.numbered += 1
    number = f"财指〔2026〕{walk.numbered}号"
    change = walk.attempt(allotments.appropriate, walk.office, "finance", key, number, fen, REASON)
    ceiling = CEILINGS.get(programme)
    above = fen > 0 and ceiling is not None and sheet.allotted + fen > ceiling * 100
    assert (change is None) == (fen < 0 and -fen > sheet.left), (key, fen, sheet)
    if change is not None and not above:
        sheet.allotted += fen


def settle_proposal(walk: Walk) -> None:
    """The second person of finance says yes or no; the first can't say yes."""
    with walk.office.read() as session:
        wanted = select(AppropriationProposal).where(col(AppropriationProposal.state) == "proposed")
        row = session.execute(wanted).scalars().first()
    if row is None:
        return
    act = allotments.confirm_appropriation
    assert walk.attempt(act, walk.office, "finance", row.id) is None, "two people"
    if walk.chance.random() < 0.3:
        walk.attempt(allotments.reject_appropriation, walk.office, "finance2", row.id, REASON)
    elif walk.attempt(act, walk.office, "finance2", row.id):
        walk.books.sheets[row.budget].allotted += row.amount_fen


def settle_reading(walk: Walk) -> None:
    """Two people set what the rules leave open; it takes the place of what was set before."""
    pack = walk.chance.choice((*OPEN_READINGS, *[next(iter(OPEN_READINGS))] * 5))
    parameter = walk.chance.choice(tuple(OPEN_READINGS[pack]))
    value = walk.chance.choice(OPEN_READINGS[pack][parameter])
    _set(walk, pack, parameter, value)


def _set(walk: Walk, pack: str, parameter: str, value: str) -> None:
    said = supplements.propose_supplement(walk.office, "officer", pack, parameter, value, "局长办公会纪要")
    supplements.confirm_supplement(walk.office, "approver", said.facts["supplement"])
    walk.books.settled[pack][parameter] = value


def change_its_mind(walk: Walk) -> None:
    """The office sets a reading, sets another in its place, takes that back as well, and decides."""
    case = walk.pick("calculated", "suspended", "refused", "submitted", "eligibility")
    if case is None:
        return
    facts = walk.books.cases[case].facts
    pack = f"{facts.scheme}@{version(facts)}"
    for parameter, values in OPEN_READINGS[pack].items():
        for value in values:
            _set(walk, pack, parameter, value)
    for _ in OPEN_READINGS[pack]:
        revoke_reading(walk)
    walk.decide_case(case)


def revoke_reading(walk: Walk) -> None:
    """What was set is taken back: the rules are open again, whatever had been set before it."""
    with walk.office.read() as session:
        terms = col(Set.parameter).in_({name for each in OPEN_READINGS.values() for name in each})
        rows = session.execute(select(Set).where(col(Set.state) == "confirmed", terms)).scalars().all()
    if not rows:
        return
    set_often = Counter((each.pack_id, each.parameter) for each in rows)
    twice = {key for key, count in set_often.items() if count > 1}
    row = max(rows, key=lambda each: ((each.pack_id, each.parameter) in twice, each.confirmed_at, each.id))
    with walk.office.read() as session:
        shelved = session.get_one(Pack, row.pack_id)
        pack = f"{shelved.scheme}@{shelved.version}"
    if walk.attempt(supplements.revoke_supplement, walk.office, "approver2", row.id, REASON):
        walk.books.settled[pack].pop(row.parameter, None)


def refuse_outside(walk: Walk) -> None:
    """Two people refuse a case for a fact that no rule asks for: what it holds is free again."""
    case = walk.pick("accepted", "eligibility", "calculated", "publicity", "suspended")
    if case is None:
        return
    said = (case, "合同系伪造", "材料虚假", "深工信规〔2024〕13号", "第十条")
    if walk.attempt(refusals.propose_refusal, walk.office, "officer", *said) is None:
        return
    if walk.chance.random() < 0.5:
        walk.attempt(refusals.reject_refusal, walk.office, "officer", case, REASON)
    elif walk.attempt(refusals.confirm_refusal, walk.office, "approver", case):
        walk.books.give_back(case)


def judge(walk: Walk) -> None:
    """A finding is judged; that moves no money."""
    with walk.office.read() as session:
        row = session.execute(select(Finding).where(col(Finding.state) == "open")).scalars().first()
    if row is not None:
        outcome = walk.chance.choice(("cleared", "cleared", "upheld"))
        walk.attempt(checking.judge_finding, walk.office, "officer", row.id, outcome, REASON)


def pass_days(walk: Walk) -> None:
    """Time goes by, and a new year may begin: budgets and caps are those of the application's year."""
    walk.clock.at += datetime.timedelta(days=walk.chance.choice((1, 30)))
