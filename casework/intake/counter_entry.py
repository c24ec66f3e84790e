"""An application entered by hand: typed at the counter, or given on the command line."""

from sqlalchemy import select
from sqlmodel import col

from casework.cases import confirmed_codes, facts_in_words, said_values
from casework.cases.facts_in_words import Given
from casework.cases.oddities import must_be_storable
from casework.cases.whole_facts import must_be_whole
from casework.core import case_numbers
from casework.core.act import Turn, act
from casework.core.numbers import next_number
from casework.core.office import SHANGHAI
from casework.core.refused import Refused
from casework.intake import rounds, storing
from casework.intake.arrivals import Planner
from casework.rulebook.in_force import Shelf
from models import Application
from rules.facts import FactError, read_id
from rules.plain_text import Unprintable, visible


@act("submit")
def submit(
    turn: Turn,
    facts: Given,
    case: str = "",
    round_id: int | None = None,
    scheme: str = "",
    reason: str = "",
) -> None:
    """Enter one application by hand: facts under the names of `field_table.SAID` (money in fen, dates as
    dates); anything else is a fact that the pack declares. Without a case number one is given.

    Args:
        scheme: what is applied for; empty: what the round is for, or the usual one.
        reason: why a credit code is let in whose check character does not fit, as the licence has it.

    Raises:
        Refused: `refused.field_missing`, `refused.credit_code`, `refused.case_exists`,
            `refused.ends_before_starts`, `refused.contract_of_zero`, `refused.id_unreadable`,
            `refused.applicant_recused`, `refused.round_of_another_scheme`.
    """
    case = _number(case)
    scheme = rounds.scheme_of(turn.session, scheme, round_id)
    said = facts_in_words.facts(turn, facts, scheme)
    said.setdefault("applied_at", turn.at.astimezone(SHANGHAI).replace(tzinfo=None))
    must_be_whole(said, turn.once(Shelf).of_scheme(scheme), scheme)
    let_in = {said["applicant"]: reason.strip()} if reason.strip() else confirmed_codes.NONE
    said["applicant"] = confirmed_codes.must_be_code(said["applicant"], let_in)
    must_be_storable(said)
    number = case or f"SL{turn.today.year}{next_number(turn.session, 'receipt', turn.today.year):06d}"
    if (there := case_numbers.stored(turn.session, number)) is not None:
        raise Refused("refused.case_exists", case=there, scheme=_scheme_of(turn, there))
    arrival = said_values.split(0, number, said)
    plan = Planner(turn.session, [arrival], scheme, turn.today, turn.recused_from, round_id).plan()
    if plan.refused:
        raise Refused("refused.applicant_recused", applicant=said["applicant_name"])
    turn.subject = f"case {number}"
    storing.store(turn, plan.taken, "entry", scheme, round_id, confirmed=let_in)
    turn.tell(case=number, findings=[code for _, code, _ in plan.findings()])


def _scheme_of(turn: Turn, case: str) -> str:
    """What a case that is there is for, by its title."""
    wanted = select(col(Application.scheme)).where(col(Application.case_no) == case)
    return Shelf(turn.session).called(turn.session.execute(wanted).scalar_one())


def _number(case: str) -> str:
    """The number that a case is given by hand."""
    try:
        number = read_id(case) or ""
    except (FactError, Unprintable) as error:
        raise Refused("refused.id_unreadable", value=visible(case)) from error
    return number
