"""Publicity (公示): a list of proposed awards, its working days, and the objections to it."""

import datetime
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, insert, select, update
from sqlmodel import Session, col

from casework.award import standing_objections
from casework.award.refusals import must_not_be_proposed
from casework.award.resting_on_holds import must_not_rest_on_hold
from casework.award.standing_decision import standing_award, standing_decision
from casework.cases.case_facts import current
from casework.cases.finding_weights import must_not_forbid
from casework.core import calendar, office_fonts
from casework.core.act import Turn, act
from casework.core.office_settings import needed
from casework.core.refused import Refused, every
from casework.core.who_may import Who
from casework.issuing import numbered_paper, tax_of_base
from casework.issuing.letter_needs import basis
from casework.issuing.listable_awards import Awarded, current_award, listable, undrawn_names
from casework.rulebook import names_on_paper
from casework.rulebook.award_on_paper import tier_names
from casework.rulebook.in_force import Shelf, must_be_set
from models import Application, Decision, Objection, Publicity, PublicityItem, Round
from papers.letters import publicity_list as paper
from rules.pack import Pack
from rules.plain_text import says_nothing, word


def must_be_unopposed(who: Who, application: Application, act: str) -> None:
    """Part of the bars of `publish` and `approve`: no finding forbids it, no refusal is proposed, no money
    that is only held has cut it, and nobody objects, or was upheld without an answer.

    Raises:
        Refused: `refused.finding_open`, `refused.finding_upheld`, `refused.refusal_proposed`,
            `refused.rests_on_hold`, `refused.rested_on_hold`, `refused.objection`.
    """
    must_not_forbid(who, application, act)
    must_not_be_proposed(who, application)
    must_not_rest_on_hold(who, application, standing_award(who, application))
    if standing_objections.of_case(who.session, application.id):
        raise Refused("refused.objection", case=application.case_no, act=act)


def publishable(who: Who, application: Application) -> None:
    """Bar of `publish`: an award of the application as it is now, that no finding forbids, to a name that can
    be drawn, on a base of which it is true what the office set of its tax; and it is set how long a list runs
    and what it says of the office.

    Raises:
        Refused: `refused.not_decided`, `refused.changed_since`, `refused.finding_open`,
            `refused.finding_upheld`, `refused.refusal_proposed`, `refused.objection`,
            `refused.case_uncovered`, `refused.base_has_tax`, `refused.means_nothing`, `refused.unset`,
            `refused.settings_missing`; `refused.several` where more of the last five stand in the way.
    """
    decision = current_award(who, application)
    must_be_unopposed(who, application, "publish")
    every((
        lambda: _must_be_drawn(who, application),
        lambda: tax_of_base.must_be_true(who, application, decision),
        lambda: must_be_set(who, application, "publicity_days"),
        lambda: needed(who, "publicity"),
    ))  # fmt: skip


def _must_be_drawn(who: Who, application: Application) -> None:
    """Refuse a case whose name no font draws whole: its row would stop the whole list.

    Raises:
        Refused: `refused.case_uncovered`.
    """
    for case, characters in undrawn_names(who.session, who.office.demonstration, [application.id]).values():
        raise Refused(
            "refused.case_uncovered", case=case, characters=characters, folder=office_fonts.folder()
        )


@act("publish", bar=publishable)
def publish(turn: Turn, round_id: int | None = None, cases: Sequence[str] = ()) -> None:
    """Publish the proposed awards of a round (of these cases; of the office): one list a version of a pack,
    each under its own scheme's name and document and for its own working days.

    Raises:
        Refused: `refused.nothing_to_publish`; what `publishable` refuses of a case that is named, or of the
            first where every case of the round is kept back.
    """
    named = every(partial(turn.case, case) for case in cases)
    listed = [(each, current_award(turn, each)) for each in named] or _waiting(turn, round_id)
    if not listed:
        raise Refused("refused.nothing_to_publish")
    groups = _by_pack(turn, listed)
    asks: list[Callable[[], Any]] = [
        partial(must_be_set, turn, _earliest(group), "publicity_days") for group in groups
    ]
    asks.append(partial(needed, turn, "publicity"))
    *days, _ = every(asks)
    lists = [_publish(turn, round_id, group, run) for group, run in zip(groups, days, strict=True)]
    turn.subject = f"publicity {lists[0]['publicity']}"
    whole = {
        "until_on": max(each["until_on"] for each in lists),
        "provisional": any(each["provisional"] for each in lists),
        "cases": sum(each["cases"] for each in lists),
    }
    turn.tell(**(lists[0] if len(lists) == 1 else whole), lists=lists)


def _by_pack(turn: Turn, listed: Sequence[Awarded]) -> list[list[Awarded]]:
    """Cases with their awards, those of one version of a pack together, in the order of the decisions."""
    groups: dict[tuple[str, str], list[Awarded]] = {}
    for application, decision in sorted(listed, key=lambda pair: pair[1].seq):
        pack = turn.office.policy(turn.session, decision.policy_sha256 or "").pack
        groups.setdefault((pack.id, pack.version), []).append((application, decision))
    return list(groups.values())


def _earliest(group: Sequence[Awarded]) -> Application:
    """The first application of a list: its days and its round are those of this one's scheme."""
    return min((each for each, _ in group), key=lambda each: each.applied_at)


def _publish(turn: Turn, round_id: int | None, group: Sequence[Awarded], days: int) -> dict[str, Any]:
    """Publish one list for so many working days; what the caller is told of it."""
    decisions = [decision for _, decision in group]
    first = _earliest(group)
    row = _begin(turn, round_id, days, decisions)
    listing = _list(turn, row, first, decisions)
    body = numbered_paper.draw(turn, partial(paper.draw, listing))
    letter = numbered_paper.keep(turn, "publicity", body, publicity_id=row.id)
    turn.changed("publicity", row.id)
    turn.changed("application", *(each.application_id for each in decisions))
    return {
        "publicity": row.id,
        "until_on": row.until_on,
        "provisional": calendar.provisional(row.until_on),
        "cases": len(decisions),
        "letter": letter.numbered,
    }


def _waiting(turn: Turn, round_id: int | None) -> list[Awarded]:
    """The cases of a round that can be published, without those that this person must not touch, and those
    that something keeps back, which are told: one case never stops the others."""
    found = listable(turn.office, turn.once(Shelf), turn.recused_from, round_id)
    if found.kept_back and not found.listed:
        publishable(turn, found.kept_back[0])  # says what keeps the first of them back
    if found.kept_back:
        turn.tell(kept_back=[each.case_no for each in found.kept_back])
    return found.listed


def _begin(turn: Turn, round_id: int | None, days: int, decisions: Sequence[Decision]) -> Publicity:
    """Put awards on a list that runs from today for so many working days."""
    row = Publicity(
        round_id=round_id,
        from_on=turn.today,
        until_on=calendar.after(turn.today, days),
        workdays=days,
        at=turn.at,
        person_id=turn.person.id,
    )
    turn.session.add(row)
    turn.session.flush()
    items = [{"publicity_id": row.id, "decision_seq": each.seq} for each in decisions]
    turn.session.execute(insert(PublicityItem), items)
    numbers = [each.application_id for each in decisions]
    turn.session.execute(
        update(Application).where(col(Application.id).in_(numbers)).values(state="publicity"),
        execution_options={"synchronize_session": "fetch"},
    )
    return row


def _list(
    turn: Turn, row: Publicity, first: Application, decisions: Sequence[Decision]
) -> paper.PublicityList:
    """What the paper of a list says."""
    session = turn.session
    policy = turn.office.policy(session, decisions[0].policy_sha256 or "")
    named = session.get(Round, row.round_id) if row.round_id is not None else None
    settings = needed(turn, "publicity")
    scheme = names_on_paper.scheme(policy.pack)
    return paper.PublicityList(
        office=settings.name,
        self_name=settings.self_name,
        scheme=scheme,
        round=names_on_paper.round_before(names_on_paper.round_name(first.applied_at, named), scheme),
        basis=basis(turn, policy.pack, _tiers(policy.pack, decisions)),
        rows=_rows(turn, decisions),
        from_on=row.from_on,
        until_on=row.until_on,
        workdays=row.workdays,
        objections_to=names_on_paper.objections_to(settings),
        supervision=names_on_paper.supervision(settings),
        signed_on=turn.today,
        mark=turn.office.mark,
    )


def _tiers(pack: Pack, decisions: Sequence[Decision]) -> tuple[str, ...]:
    """The sources of the tiers that awards stand under, in the order of the pack."""
    found = {name for each in decisions for name in tier_names(pack, each.tier)}
    return tuple(name for name in pack.sources() if name in found)


def _rows(turn: Turn, decisions: Sequence[Decision]) -> tuple[paper.PublicityRow, ...]:
    """What the list says of each award: to whom, by which tier, how much."""
    numbers = [each.application_id for each in decisions]
    found = turn.session.execute(current().where(col(Application.id).in_(numbers)))
    said = {row._mapping["application_id"]: row._mapping for row in found}
    return tuple(
        paper.PublicityRow(
            case=said[each.application_id]["case_no"],
            unit=said[each.application_id]["applicant_name"],
            credit_code=said[each.application_id]["applicant_code"],
            tier=names_on_paper.tiers(
                turn.office.policy(turn.session, each.policy_sha256 or "").pack, each.tier
            ),
            award_fen=each.award_fen or 0,
        )
        for each in decisions
    )


def running_list(who: Who, application: Application) -> Publicity:
    """The list that a case's award is on, still running; also the bar of `object`.

    Raises:
        Refused: `refused.publicity_over`, `refused.publicity_over.dates` where there was one.
    """
    listed = _of(who.session, application)
    if listed is None:
        raise Refused("refused.publicity_over", case=application.case_no)
    if listed.state != "running":
        raise _outside(application.case_no, listed)
    return listed


_ANONYMOUS = re.compile(
    r"\(?(?:匿名|不具名|未署名|不署名|无名|佚名|某)(?:群众|人士|者|人|举报人?|市民|企业)?\)?|anonymous"
)
"""What stands for the name of who gives none."""


def _outside(case: str, listed: Publicity) -> Refused:
    return Refused(
        "refused.publicity_over.dates", case=case, from_on=listed.from_on, until_on=listed.until_on
    )


@act("object", bar=running_list)
def take_objection(
    turn: Turn, case: str, objector: str, grounds: str, received_on: datetime.date | None = None
) -> None:
    """Take an objection (异议) in: in writing and signed. Anonymous ones are not taken, nor late ones."""
    application = turn.case(case)
    if not objector.strip() or says_nothing(objector.strip()) or _ANONYMOUS.fullmatch(word(objector)):
        raise Refused("refused.anonymous")
    if not grounds.strip():
        raise Refused("refused.grounds_missing")
    publicity = running_list(turn, application)
    received = received_on or turn.today
    if not publicity.from_on <= received <= publicity.until_on:
        raise _outside(case, publicity)
    row = Objection(
        publicity_id=publicity.id,
        application_id=application.id,
        objector=objector,
        grounds=grounds,
        received_on=received,
        at=turn.at,
        person_id=turn.person.id,
    )
    turn.session.add(row)
    turn.session.flush()
    turn.changed("objection", row.id)
    turn.note(objector=turn.hidden(objector))
    turn.tell(objection=row.id)


def handled_by(person_id: int, objection: Objection) -> bool:
    """Whether a person took an objection in or settled it: only they may know who objects."""
    return person_id in (objection.person_id, objection.closed_by_id)


def open_objection(who: Who, application: Application) -> None:
    """Bar of `settle_objection`: somebody objects to the case and has no answer yet.

    Raises:
        Refused: `refused.no_open_objection`.
    """
    unsettled = select(col(Objection.id)).where(
        col(Objection.application_id) == application.id, col(Objection.state) == "open"
    )
    if who.session.execute(unsettled.limit(1)).first() is None:
        raise Refused("refused.no_open_objection", case=application.case_no)


SETTLED = ("upheld", "dismissed")
"""How an objection can be settled."""


@act("settle_objection", bar=open_objection)
def settle_objection(turn: Turn, objection: int, outcome: str, reason: str) -> None:
    """Settle an objection: `upheld` or `dismissed`, with the reason."""
    row = turn.session.get(Objection, objection)
    if row is None or row.state != "open":
        raise Refused("refused.no_such_objection", objection=objection)
    if outcome not in SETTLED:
        raise Refused("refused.no_such_outcome", outcome=outcome, known=SETTLED)
    turn.must_say(reason)
    turn.take(turn.session.get_one(Application, row.application_id))
    row.state, row.outcome, row.closed_at, row.closed_by_id = outcome, reason, turn.at, turn.person.id
    turn.changed("objection", objection)
    turn.note(objection=objection, outcome=outcome, reason=reason)


@act("end_publicity")
def end_publicity(turn: Turn, publicity: int) -> None:
    """End a publicity whose last day is over."""
    row = turn.session.get(Publicity, publicity)
    if row is None or row.state != "running":
        raise Refused("refused.no_such_publicity", publicity=publicity)
    if not is_over(row.until_on, turn.today):
        raise Refused("refused.publicity_running", until_on=row.until_on)
    row.state = "ended"
    turn.subject = f"publicity {publicity}"
    turn.changed("publicity", publicity)


def first_day(from_on: datetime.date) -> datetime.date:
    """The first day of a list, as its paper says it: that after the day on which it was published."""
    return from_on + datetime.timedelta(days=1)


def is_over(until_on: datetime.date, today: datetime.date) -> bool:
    """Whether the last day of a list is past, so that it can be ended."""
    return today > until_on


def _of(session: Session, application: Application) -> Publicity | None:
    """The publicity on whose list the case's standing decision is."""
    decision = standing_decision(session, application.id)
    return None if decision is None else of_decision(session, decision.seq)


def of_decision(session: Session, seq: int) -> Publicity | None:
    """The last list that a decision stands on."""
    found: Publicity | None = session.execute(last_list(col(Decision.seq) == seq)).scalar()
    return found


def last_list(whose: ColumnElement[bool]) -> Select[Any]:
    """The last list, of those not cancelled, with a `Decision` of which this is true."""
    return (
        select(Publicity)
        .join(PublicityItem, col(PublicityItem.publicity_id) == col(Publicity.id))
        .join(Decision, col(Decision.seq) == col(PublicityItem.decision_seq))
        .where(whose, col(Publicity.state) != "cancelled")
        .order_by(col(Publicity.id).desc())
        .limit(1)
    )
