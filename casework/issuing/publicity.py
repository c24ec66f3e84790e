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
from casework.cases.finding_weights import must_not_forbid
from casework.core import calendar, office_fonts
from casework.core.act import Turn, act
from casework.core.given_words import is_reason
from casework.core.office_settings import needed
from casework.core.refused import Refused, every
from casework.core.who_may import Who
from casework.issuing import list_papers, numbered_paper, tax_of_base
from casework.issuing.listable_awards import Awarded, current_award, listable, undrawn_names
from casework.rulebook.in_force import Shelf, must_be_set
from models import Application, Decision, Objection, Publicity, PublicityItem
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
            first where every case of the round is kept back; `refused.case_not_pdfa` likewise.
    """
    named = every(partial(turn.case, case) for case in cases)
    kept_back: list[str] = []
    listed = [(each, current_award(turn, each)) for each in named] or _waiting(turn, round_id, kept_back)
    if not listed:
        raise Refused("refused.nothing_to_publish")
    groups = _by_pack(turn, listed)
    asks: list[Callable[[], Any]] = [
        partial(must_be_set, turn, list_papers.earliest(group), "publicity_days") for group in groups
    ]
    asks.append(partial(needed, turn, "publicity"))
    *days, _ = every(asks)
    drawn = [_drawn(turn, round_id, *each) for each in zip(groups, days, strict=True)]
    left_out = [(each.case_no, one.fault) for one in drawn for each, _ in one.left_out]
    if left_out and (named or not any(one.group for one in drawn)):
        raise Refused("refused.case_not_pdfa", case=left_out[0][0], fault=left_out[0][1])
    lists = [_store(turn, one) for one in drawn if one.group]
    kept_back += [case for case, _ in left_out]
    if kept_back:
        turn.tell(kept_back=kept_back)
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


def _drawn(turn: Turn, round_id: int | None, group: Sequence[Awarded], days: int) -> list_papers.Drawn:
    """A list that runs from today for so many working days, not stored yet."""
    row = Publicity(
        round_id=round_id,
        from_on=turn.today,
        until_on=calendar.after(turn.today, days),
        workdays=days,
        at=turn.at,
        person_id=turn.person.id,
    )
    return list_papers.drawn(turn, row, group)


def _store(turn: Turn, drawn: list_papers.Drawn) -> dict[str, Any]:
    """Publish a list that is drawn; what the caller is told of it."""
    decisions = [decision for _, decision in drawn.group]
    row = drawn.row
    _begin(turn, row, decisions)
    letter = numbered_paper.keep(turn, "publicity", drawn.body, publicity_id=row.id)
    turn.changed("publicity", row.id)
    turn.changed("application", *(each.application_id for each in decisions))
    return {
        "publicity": row.id,
        "until_on": row.until_on,
        "provisional": calendar.provisional(row.until_on),
        "cases": len(decisions),
        "letter": letter.numbered,
    }


def _waiting(turn: Turn, round_id: int | None, kept_back: list[str]) -> list[Awarded]:
    """The cases of a round that can be published, without those that this person must not touch, and those
    that something keeps back, which join `kept_back`: one case never stops the others."""
    found = listable(turn.office, turn.once(Shelf), turn.recused_from, round_id)
    if found.kept_back and not found.listed:
        publishable(turn, found.kept_back[0])  # says what keeps the first of them back
    kept_back += [each.case_no for each in found.kept_back]
    return found.listed


def _begin(turn: Turn, row: Publicity, decisions: Sequence[Decision]) -> None:
    """Put awards on a list."""
    turn.session.add(row)
    turn.session.flush()
    items = [{"publicity_id": row.id, "decision_seq": each.seq} for each in decisions]
    turn.session.execute(insert(PublicityItem), items)
    numbers = [each.application_id for each in decisions]
    turn.session.execute(
        update(Application).where(col(Application.id).in_(numbers)).values(state="publicity"),
        execution_options={"synchronize_session": "fetch"},
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
    if not is_reason(grounds):
        raise Refused("refused.grounds_missing")
    publicity = running_list(turn, application)
    received = received_on or turn.today
    if not publicity.from_on <= received <= publicity.until_on:
        raise _outside(case, publicity)
    if received > turn.today:
        raise Refused("refused.received_to_come", on=received)
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


def must_have_ended(who: Who, decision: Decision) -> None:
    """Part of the bar of `approve`: the list that the decision stands on is over, and its end is recorded.

    Raises:
        Refused: `refused.publicity_running` up to the last day, `refused.publicity_to_end` after it.
    """
    listed = of_decision(who.session, decision.seq)
    if listed is None or (listed.state != "ended" and not is_over(listed.until_on, who.today)):
        raise Refused("refused.publicity_running", until_on=listed and listed.until_on)
    if listed.state != "ended":
        raise Refused("refused.publicity_to_end", until_on=listed.until_on)


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
