"""An application entered by hand: typed at the counter, or given on the command line."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from casework.cases import facts_in_words, said_values
from casework.cases.facts_in_words import Given
from casework.cases.field_table import NEEDED
from casework.cases.oddities import must_be_storable
from casework.core.act import Turn, act
from casework.core.numbers import next_number
from casework.core.office import SHANGHAI
from casework.core.refused import Refused
from casework.intake import rounds, storing
from casework.intake.arrivals import Planner
from casework.rulebook import shipped_packs
from models import Application
from rules import creditcode


@act("submit")
def submit(
    turn: Turn,
    facts: Given,
    case: str = "",
    round_id: int | None = None,
    scheme: str = shipped_packs.DEFAULT,
) -> None:
    """Enter one application by hand: facts under the names of `field_table.SAID` (money in fen, dates as
    dates); anything else is a fact that the pack declares. Without a case number one is given.

    Raises:
        Refused: `refused.field_missing`, `refused.credit_code`, `refused.case_exists`,
            `refused.ends_before_starts`.
    """
    said = facts_in_words.facts(turn, facts)
    said.setdefault("applied_at", turn.at.astimezone(SHANGHAI).replace(tzinfo=None))
    said["applicant"] = _applicant(said)
    must_be_storable(said)
    number = case or f"SL{turn.today.year}{next_number(turn.session, 'receipt', turn.today.year):06d}"
    if turn.session.execute(select(col(Application.id)).where(col(Application.case_no) == number)).first():
        raise Refused("refused.case_exists", case=number)
    arrival = said_values.split(0, number, said)
    scheme = rounds.scheme_of(turn.session, scheme, round_id)
    plan = Planner(turn.session, [arrival], scheme, turn.today).plan()
    turn.subject = f"case {number}"
    storing.store(turn, plan.taken, "entry", scheme, round_id)
    turn.tell(case=number, findings=[code for _, code, _ in plan.findings()])


def _applicant(said: Mapping[str, Any]) -> str:
    """The code of who applies, where nothing is missing that an application can't be without."""
    for name in NEEDED:
        if said.get(name) in (None, ""):
            raise Refused("refused.field_missing", field=name)
    code = creditcode.normalise(said["applicant"])
    if creditcode.fault(code) is not None:
        raise Refused("refused.credit_code", credit_code=code)
    return code
