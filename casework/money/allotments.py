"""Finance fills the budgets: allotments (指标) under their number, raised and cut by entries, each signed.

What a pack states a year is a ceiling (`casework.money.ceilings`): what would lift a budget above it waits as
a proposal until another person of finance confirms it. Earlier versions let the first case of a year enter
what the pack states; where such an entry still stands, finance replaces it before anything else.
"""

from typing import NamedTuple

from sqlalchemy import insert
from sqlmodel import Session, col

from casework.core.act import Turn, act
from casework.core.given_words import says_something
from casework.core.refused import Refused
from casework.core.who_may import Who, must_hold_role
from casework.money import budgets, ceilings, ledger
from casework.money.allotments_entered import given_under, meant_again, silent_of
from models import Appropriation, AppropriationProposal, Budget
from models.money import MOST_FEN
from rules.money import SignedFen, capital

SETTLES = ("confirm_appropriation", "reject_appropriation")


class Wanted(NamedTuple):
    """An allotment as asked for; `replaces`: it takes the place of what no person of finance entered,
    `moved_from`: the budget that gives it."""

    budget: str
    allotment_no: str
    amount_fen: int
    reason: str = ""
    replaces: bool = False
    proposal_id: int | None = None
    moved_from: str | None = None


class Outlook(NamedTuple):
    """How a budget would stand after an allotment; `by_two`: it is above the ceiling and wants two people."""

    appropriation_fen: int
    available_fen: int
    by_two: bool


def outlook(stands: ledger.Balance, ceiling_fen: int | None, amount_fen: int, silent_fen: int = 0) -> Outlook:
    """How a budget would stand after an allotment, which takes the place of `silent_fen`."""
    after = stands.appropriation_fen - silent_fen + amount_fen
    by_two = amount_fen > 0 and ceiling_fen is not None and after > ceiling_fen
    return Outlook(after, stands.available_fen - silent_fen + amount_fen, by_two)


@act("appropriate")
def appropriate(turn: Turn, budget: str, allotment_no: str, amount_fen: SignedFen, reason: str = "") -> None:
    """Give a budget (`shenzhen-training-voucher/2026`) money under an allotment number (指标文号), or cut it
    (below zero) by what is still available; above its ceiling it is proposed to a second person of finance.

    Raises:
        Refused: `refused.allotment_missing`, `refused.amount_zero`, `refused.no_such_budget`,
            `refused.silent_budget`, `refused.allotment_again`, `refused.reason_missing` (a cut, and above the
            ceiling), `refused.cut_too_deep`, `refused.amount_too_large`.
    """
    wanted = Wanted(budget.strip(), allotment_no.strip(), amount_fen, reason.strip())
    if not says_something(wanted.allotment_no):
        raise Refused("refused.allotment_missing")
    if not amount_fen:
        raise Refused("refused.amount_zero")
    if amount_fen < 0:
        turn.must_say(wanted.reason)
    found = budgets.find(turn.session, wanted.budget)
    if amount_fen > 0 or found is None:
        ceilings.must_be_named(turn.session, wanted.budget, turn.today)
    must_hold_nothing_silent(turn, wanted.budget, found)
    _not_again(turn, found, wanted)
    _enter(turn, found, wanted)


@act("replace_appropriation")
def replace_appropriation(
    turn: Turn, budget: str, amount_fen: int, allotment_no: str = "", reason: str = ""
) -> None:
    """Put what finance was really allotted in the place of what the program had entered by itself, in one
    step: the old entries are taken back, the allotment is entered (none where the amount is zero, since all
    has been entered already).

    Raises:
        Refused: `refused.nothing_silent`, `refused.allotment_missing`, `refused.reason_missing`,
            `refused.replaced_too_low`, and as `appropriate`.
    """
    wanted = Wanted(budget.strip(), allotment_no.strip(), amount_fen, reason.strip(), replaces=True)
    found = budgets.find(turn.session, wanted.budget)
    if found is None or not silent_of(turn.session, found.id):
        raise Refused("refused.nothing_silent", budget=_called(turn, wanted.budget))
    turn.must_say(reason)
    if amount_fen < 0:
        raise Refused("refused.amount_below_zero")
    if amount_fen and not says_something(wanted.allotment_no):
        raise Refused("refused.allotment_missing")
    if amount_fen:
        _not_again(turn, found, wanted)
    _enter(turn, found, wanted)


@act("move_appropriation")
def move_appropriation(
    turn: Turn, budget: str, to_budget: str, allotment_no: str, amount_fen: int, reason: str
) -> None:
    """Move what is still available of one budget to another, under the allotment number (指标文号) that says
    so; above the other's ceiling it is proposed to a second person of finance.

    Raises:
        Refused: `refused.moved_to_itself`, `refused.moved_amount`, and as `appropriate` for either budget.
    """
    wanted = Wanted(
        to_budget.strip(), allotment_no.strip(), amount_fen, reason.strip(), moved_from=budget.strip()
    )
    if not says_something(wanted.allotment_no):
        raise Refused("refused.allotment_missing")
    if amount_fen <= 0:
        raise Refused("refused.moved_amount")
    turn.must_say(reason)
    if wanted.moved_from == wanted.budget:
        raise Refused("refused.moved_to_itself", budget=_called(turn, wanted.budget))
    found = budgets.find(turn.session, wanted.budget)
    ceilings.must_be_named(turn.session, wanted.budget, turn.today)
    source = _source(turn, wanted)
    must_hold_nothing_silent(turn, wanted.budget, found)
    _not_again(turn, source, wanted._replace(budget=wanted.moved_from or "", amount_fen=-amount_fen))
    _not_again(turn, found, wanted)
    _enter(turn, found, wanted)


@act("confirm_appropriation")
def confirm_appropriation(turn: Turn, proposal: int) -> None:
    """The second person of finance agrees to what lifts a budget above its ceiling, and it is entered.

    Raises:
        Refused: as `may_settle`; `refused.proposal_no_budget`: no confirmed pack names the budget any more;
            and as `appropriate` where the budget has changed meanwhile.
    """
    row = find_proposal(turn.session, proposal)
    may_settle(turn, turn.act, row)
    if not row.replaces and ceilings.of_budget(turn.session, row.budget, turn.today) is None:
        raise Refused("refused.proposal_no_budget", budget=row.budget, act="reject_appropriation")
    wanted = Wanted(
        row.budget, row.allotment_no, row.amount_fen, row.reason, row.replaces, row.id, row.from_budget
    )
    found = budgets.find(turn.session, row.budget)
    silent = [] if found is None else silent_of(turn.session, found.id)
    if row.replaces and not silent:
        raise Refused("refused.nothing_silent", budget=_called(turn, row.budget))
    if not row.replaces:
        must_hold_nothing_silent(turn, row.budget, found)
    _source(turn, wanted)
    stands = ledger.NOTHING_YET if found is None else ledger.balance_of(found)
    after = outlook(stands, None, row.amount_fen, _sum(silent))
    must_cover(turn, stands, wanted, after)
    must_be_kept(after)
    _settled(turn, row, "confirmed", None)
    _give(turn, found, wanted)


@act("reject_appropriation")
def reject_appropriation(turn: Turn, proposal: int, reason: str) -> None:
    """Turn down what would lift a budget above its ceiling, with the reason; whoever proposed it may too."""
    row = find_proposal(turn.session, proposal)
    may_settle(turn, turn.act, row)
    turn.must_say(reason)
    _settled(turn, row, "rejected", reason.strip())
    turn.subject = f"budget {row.budget}"
    turn.note(proposal=row.id, reason=reason.strip())
    turn.tell(budget=row.budget, proposal=row.id, amount_fen=row.amount_fen, state="rejected")


def find_proposal(session: Session, number: int) -> AppropriationProposal:
    """A proposal by its number. Raises `Refused`: `refused.no_such_proposal`."""
    row = session.get(AppropriationProposal, number, populate_existing=True)
    if row is None:
        raise Refused("refused.no_such_proposal", number=number)
    return row


def may_settle(who: Who, act_name: str, row: AppropriationProposal) -> None:
    """Refuse where this person can't confirm or turn down a proposal: one answer, for the acts and the page.

    Raises:
        Refused: `refused.not_allowed`; `refused.not_proposed`: it does not wait any more;
            `refused.same_person`: the one who proposed it does not confirm it.
    """
    must_hold_role(who, act_name)
    if row.state != "proposed":
        raise Refused("refused.not_proposed", what=row.allotment_no or row.budget, proposal=row.state)
    if act_name == "confirm_appropriation" and row.proposed_by_id == who.person.id:
        raise Refused("refused.same_person", act=act_name)


def _not_again(turn: Turn, found: Budget | None, wanted: Wanted) -> None:
    """Ask before a number is used a second time for one budget."""
    before = meant_again(
        given_under(turn.session, found, wanted.budget, wanted.allotment_no), wanted.amount_fen, wanted.reason
    )
    if before is not None:
        budget = _called(turn, wanted.budget)
        said = {"number": wanted.allotment_no, "amount_fen": before.amount_fen, "at": before.at}
        raise Refused("refused.allotment_again", budget=budget, **said)


def _source(turn: Turn, wanted: Wanted) -> Budget | None:
    """The budget that gives what is moved; None where nothing is moved. Refuses one that can't give it."""
    if wanted.moved_from is None:
        return None
    found = budgets.find(turn.session, wanted.moved_from)
    if found is None:
        ceilings.must_be_named(turn.session, wanted.moved_from, turn.today)
    must_hold_nothing_silent(turn, wanted.moved_from, found)
    stands = ledger.NOTHING_YET if found is None else ledger.balance_of(found)
    given = wanted._replace(budget=wanted.moved_from, amount_fen=-wanted.amount_fen)
    must_cover(turn, stands, given, outlook(stands, None, given.amount_fen))
    return found


def _enter(turn: Turn, found: Budget | None, wanted: Wanted) -> None:
    """Enter an allotment, or propose it where it would lift the budget above its ceiling."""
    ceiling = ceilings.of_budget(turn.session, wanted.budget, turn.today)
    limit = None if ceiling is None else ceiling.ceiling_fen
    silent = _sum(silent_of(turn.session, found.id)) if found is not None and wanted.replaces else 0
    stands = ledger.NOTHING_YET if found is None else ledger.balance_of(found)
    after = outlook(stands, limit, wanted.amount_fen, silent)
    must_be_kept(after)
    must_cover(turn, stands, wanted, after)
    if after.by_two:
        _propose(turn, stands, wanted, limit, after)
    else:
        _give(turn, found, wanted)


def _propose(turn: Turn, stands: ledger.Balance, wanted: Wanted, limit: int | None, after: "Outlook") -> None:
    turn.must_say(wanted.reason)
    values = {
        "budget": wanted.budget,
        "allotment_no": wanted.allotment_no,
        "amount_fen": wanted.amount_fen,
        "replaces": wanted.replaces,
        "reason": wanted.reason,
        "state": "proposed",
        "proposed_at": turn.at,
        "proposed_by_id": turn.person.id,
        "from_budget": wanted.moved_from,
    }
    made = insert(AppropriationProposal).values(**values).returning(col(AppropriationProposal.id))
    number = int(turn.session.execute(made).scalar_one())
    turn.subject = f"budget {wanted.budget}"
    turn.changed("budget")
    turn.note(allotment_no=wanted.allotment_no, reason=wanted.reason or None)
    turn.tell(
        budget=wanted.budget,
        proposal=number,
        waits_for="confirm_appropriation",
        **told_amount(wanted.amount_fen),
        ceiling_fen=limit,
        would_be_fen=after.appropriation_fen,
        appropriation_fen=stands.appropriation_fen,
        available_fen=stands.available_fen,
    )


def _give(turn: Turn, found: Budget | None, wanted: Wanted) -> None:
    """Enter an allotment; where it replaces, it comes first and then what it replaces goes."""
    silent = silent_of(turn.session, found.id) if found is not None and wanted.replaces else []
    budget_id = budgets.opened(turn, wanted.budget)
    source = _source(turn, wanted)
    given = None
    if source is not None:
        given = post(turn, source.id, wanted._replace(amount_fen=-wanted.amount_fen))
    if wanted.amount_fen:
        post(turn, budget_id, wanted, moved_with_id=given)
    for row in silent:
        back = Wanted(wanted.budget, row.allotment_no, -row.amount_fen, wanted.reason)
        post(turn, budget_id, back, replaces_id=row.id)
    turn.subject = f"budget {wanted.budget}"
    turn.note(allotment_no=wanted.allotment_no, reason=wanted.reason or None, proposal=wanted.proposal_id)
    stands = ledger.balance(turn.session, budget_id)
    turn.tell(
        budget=wanted.budget,
        **({"from_budget": wanted.moved_from} if source is not None else {}),
        **told_amount(wanted.amount_fen),
        **({"replaced_fen": _sum(silent)} if silent else {}),
        appropriation_fen=stands.appropriation_fen,
        available_fen=stands.available_fen,
    )


def must_hold_nothing_silent(turn: Turn, budget: str, found: Budget | None) -> None:
    """Refuse a budget in which the program entered something by itself: that is replaced first."""
    fen = 0 if found is None else _sum(silent_of(turn.session, found.id))
    if fen:
        called = _called(turn, budget)
        raise Refused("refused.silent_budget", budget=called, amount_fen=fen, act="replace_appropriation")


def _called(turn: Turn, budget: str) -> str:
    return ceilings.called(turn.session, budget, turn.today)


def must_cover(turn: Turn, stands: ledger.Balance, wanted: Wanted, after: "Outlook") -> None:
    """Refuse what would leave less than is used; the sentence says how far it can go."""
    if after.available_fen >= 0:
        return
    budget = _called(turn, wanted.budget)
    if wanted.replaces:
        used = stands.appropriation_fen - stands.available_fen
        least = wanted.amount_fen - after.available_fen
        raise Refused("refused.replaced_too_low", budget=budget, used_fen=used, least_fen=least)
    raise Refused("refused.cut_too_deep", budget=budget, most_fen=stands.available_fen)


def must_be_kept(after: "Outlook") -> None:
    """Refuse a budget above the most that an amount can be."""
    if after.appropriation_fen > MOST_FEN:
        raise Refused("refused.amount_too_large")


def post(
    turn: Turn,
    budget_id: int,
    wanted: Wanted,
    replaces_id: int | None = None,
    moved_with_id: int | None = None,
) -> int:
    """Enter it. Returns the entry's number."""
    journal = ledger.appropriate(turn, budget_id, wanted.amount_fen)
    made = turn.session.execute(
        insert(Appropriation)
        .values(
            budget_id=budget_id,
            allotment_no=wanted.allotment_no,
            amount_fen=wanted.amount_fen,
            journal=journal,
            reason=wanted.reason or None,
            at=turn.at,
            person_id=turn.person.id,
            replaces_id=replaces_id,
            proposal_id=wanted.proposal_id,
            moved_with_id=moved_with_id,
        )
        .returning(col(Appropriation.id))
    )
    number = int(made.scalar_one())
    turn.changed("appropriation", number)
    return number


def _settled(turn: Turn, row: AppropriationProposal, state: str, reason: str | None) -> None:
    row.state, row.settled_at, row.settled_by_id, row.settled_reason = state, turn.at, turn.person.id, reason
    turn.session.add(row)
    turn.session.flush()
    turn.changed("budget")


def _sum(rows: list[Appropriation]) -> int:
    return sum(row.amount_fen for row in rows)


def in_capitals(amount_fen: int) -> str:
    """An amount in capital characters (大写), with 负 before one that is taken away."""
    return ("负" if amount_fen < 0 else "") + capital(abs(amount_fen))


def told_amount(amount_fen: int) -> dict[str, object]:
    """An amount as an act tells it, in figures and in capitals."""
    return {"amount_fen": amount_fen, "amount_in_capitals": in_capitals(amount_fen)}
