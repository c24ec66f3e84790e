"""Which awards can be listed for publicity (公示) now, and which something keeps back."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlmodel import Session, col

from casework.award import open_things
from casework.award.resting_on_holds import resting
from casework.award.standing_decision import standing_award, stands
from casework.cases.case_facts import current
from casework.cases.oddities import undrawn
from casework.core import many_rows
from casework.core.office import Office
from casework.core.refused import Refused
from casework.core.who_may import Who
from casework.issuing import tax_of_base
from casework.rulebook.in_force import Shelf
from models import Application, Decision
from rules.decide import AWARDED

Awarded = tuple[Application, Decision]
"""A case with its award."""


def current_award(who: Who, application: Application) -> Decision:
    """The award that stands, of the application as it is now.

    Raises:
        Refused: `refused.not_decided`, `refused.changed_since`.
    """
    decision = standing_award(who, application)
    if decision.version != application.version:
        raise Refused("refused.changed_since", case=application.case_no)
    return decision


def undrawn_names(
    session: Session, demonstration: bool, numbers: Sequence[int]
) -> dict[int, tuple[str, tuple[str, ...]]]:
    """Those of some cases whose name no font draws whole, by number: the case and the characters."""
    found = {}
    for some in many_rows.chunks(numbers):
        for row in session.execute(current().where(col(Application.id).in_(some))):
            said = row._mapping
            characters = undrawn(said["applicant_name"], demonstration)
            if characters:
                found[said["application_id"]] = said["case_no"], tuple(characters)
    return found


class Listable(NamedTuple):
    """What publishing would list now, and the cases that something keeps back."""

    listed: list[Awarded]
    kept_back: list[Application]


def listable(
    office: Office, shelf: Shelf, recused: Collection[int] = (), round_id: int | None = None
) -> Listable:
    """What publishing a round (the office, without one) would list, for a person who is recused from these
    applicants: whatever counts what can be published counts this."""
    wanted = (
        select(Application, Decision)
        .outerjoin(Decision, and_(col(Decision.application_id) == col(Application.id), stands()))
        .where(col(Application.state) == "calculated")
        .order_by(col(Application.id))
    )
    if round_id is not None:
        wanted = wanted.where(col(Application.round_id) == round_id)
    session = shelf.session
    found = [(each, award) for each, award in session.execute(wanted) if each.applicant_id not in recused]
    numbers = [each.id for each, _ in found]
    hold = {each.id: (each, award) for each, award in found if _holds(each, award)}
    against = {
        *open_things.opposed(session, numbers),
        *undrawn_names(session, office.demonstration, numbers),
        *tax_of_base.untrue(office, shelf, [*hold.values()]),
    }
    listed, kept_back = [], []
    for each, award in found:
        if each.id in hold and each.id not in against and resting(office, session, award) is None:
            listed.append((each, award))
        else:  # something is against it, its facts were changed since, or it is to be decided anew
            kept_back.append(each)
    return Listable(listed, kept_back)


def _holds(application: Application, award: Decision | None) -> bool:
    """Whether there is an award, of the application as it is now."""
    return award is not None and award.status == AWARDED and award.version == application.version
