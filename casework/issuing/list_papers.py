"""The paper of a publicity list (公示名单): what it says of each award, and which awards it can be kept
with."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from sqlmodel import col

from casework.cases.case_facts import current
from casework.core.act import Turn
from casework.core.office_settings import needed
from casework.core.refused import Refused
from casework.issuing import numbered_paper
from casework.issuing.letter_needs import basis
from casework.issuing.listable_awards import Awarded
from casework.rulebook import names_on_paper
from casework.rulebook.award_on_paper import tier_names
from models import Application, Decision, Publicity, Round
from papers.letters import publicity_list as paper
from rules.pack import Pack


def earliest(group: Sequence[Awarded]) -> Application:
    """The first application of a list: its days and its round are those of this one's scheme."""
    return min((each for each, _ in group), key=lambda each: each.applied_at)


class Drawn(NamedTuple):
    """A list that is not stored yet: what it says of itself, its awards and its paper. `left_out` are awards
    that its paper can't be kept with, and `fault` says why."""

    row: Publicity
    group: Sequence[Awarded]
    body: bytes
    left_out: Sequence[Awarded] = ()
    fault: str = ""


def drawn(turn: Turn, row: Publicity, group: Sequence[Awarded]) -> Drawn:
    """Draw one list. Where it can't be kept because of some of its names, these are left out of it: one
    case's paper never stops the others.

    Raises:
        Refused: `refused.not_pdfa`, where no single name is the cause; `refused.uncovered`,
            `refused.settings_missing`.
    """
    try:
        return Drawn(row, group, _paper(turn, row, group, group))
    except Refused as refused:
        if not _spoilt(refused) or not _lasts(turn, row, group, []):
            raise
        left_out = _left_out(turn, row, group, group)
        rest = [one for one in group if one not in left_out]
        body = _paper(turn, row, group, rest) if rest else b""
        return Drawn(row, rest, body, left_out, str(refused.params["fault"]))


def _left_out(
    turn: Turn, row: Publicity, whole: Sequence[Awarded], group: Sequence[Awarded]
) -> list[Awarded]:
    """Of some awards of a whole list whose paper can't be kept those that are the cause, found by halves."""
    if len(group) == 1:
        return list(group)
    halves = group[: len(group) // 2], group[len(group) // 2 :]
    return [
        one
        for half in halves
        if not _lasts(turn, row, whole, half)
        for one in _left_out(turn, row, whole, half)
    ]


def _lasts(turn: Turn, row: Publicity, whole: Sequence[Awarded], group: Sequence[Awarded]) -> bool:
    """Whether the list can be kept with these awards of the whole."""
    try:
        _paper(turn, row, whole, group, at_once=True)
    except Refused as refused:
        if _spoilt(refused):
            return False
        raise
    return True


def _spoilt(refused: Refused) -> bool:
    return refused.code == "refused.not_pdfa"


def _paper(
    turn: Turn,
    row: Publicity,
    whole: Sequence[Awarded],
    group: Sequence[Awarded],
    *,
    at_once: bool = False,
) -> bytes:
    """The list with some of its awards: round, scheme and document are the whole list's."""
    listing = _list(turn, row, whole, [decision for _, decision in group])
    return numbered_paper.draw(turn, partial(paper.draw, listing), at_once=at_once)


def _list(
    turn: Turn, row: Publicity, whole: Sequence[Awarded], decisions: Sequence[Decision]
) -> paper.PublicityList:
    """What the paper of a list says."""
    session, first = turn.session, earliest(whole)
    policy = turn.office.policy(session, whole[0][1].policy_sha256 or "")
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
