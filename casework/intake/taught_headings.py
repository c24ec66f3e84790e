"""What headings of a portal's files mean, as the office has taught it."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlmodel import Session, col

from casework.core.act import Turn, act
from casework.core.refused import Refused
from models import ColumnMap
from papers.reading.portal_headings import taught_fields, vocabulary
from papers.reading.unreadable import Unreadable

UNITS = ("元", "万元", "亿元")
"""In what an amount can be meant."""


@act("teach_column")
def teach_column(turn: Turn, heading: str, field: str, unit: str | None = None) -> None:
    """Teach what a heading of a portal's file means, for the files to come.

    Raises:
        Refused: `refused.no_such_field`, `refused.no_such_unit`.
    """
    if unit is not None and unit not in UNITS:
        raise Refused("refused.no_such_unit", unit=unit, known=UNITS)
    teach(turn, {heading: field}, unit)
    turn.subject = "columns"


def teach(turn: Turn, meant: Mapping[str, str], unit: str | None = None) -> None:
    """Keep what headings mean, within an act.

    Raises:
        Refused: `refused.no_such_field`.
    """
    for heading, field in meant.items():
        try:
            taught_fields({heading: field})
        except Unreadable as fault:  # stored, it would keep every later file from being read
            raise Refused("refused.no_such_field", field=field, known=tuple(vocabulary().fields)) from fault
    for heading, field in meant.items():
        row = turn.session.execute(select(ColumnMap).where(col(ColumnMap.heading) == heading)).scalar()
        if row is None:
            row = ColumnMap(heading=heading, field=field, unit=unit, at=turn.at, person_id=turn.person.id)
            turn.session.add(row)
        else:
            row.field, row.unit, row.at, row.person_id = field, unit, turn.at, turn.person.id
    turn.note(columns=dict(meant))


def taught(session: Session) -> dict[str, str]:
    """Heading → field, and behind it the unit that was taught with it (`contract_amount 万元`)."""
    rows = session.execute(select(col(ColumnMap.heading), col(ColumnMap.field), col(ColumnMap.unit)))
    return {heading: f"{field} {unit}" if unit else field for heading, field, unit in rows}
