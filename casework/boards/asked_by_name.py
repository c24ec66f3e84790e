"""What a list can be asked for by its name: where a name is not there, whoever asks is told what is.

An empty list for a name that is mistyped would look as if all were well.
"""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from casework.cases.finding_weights import weights
from casework.core.office import Office
from casework.core.refused import Refused
from casework.rulebook.in_force import Shelf
from models import Application, Decision, Finding, Round


class ThereAre(NamedTuple):
    """The schemes of packs and of cases, the rounds by name, and the kinds of finding, of the table and of
    this office."""

    schemes: tuple[str, ...]
    rounds: tuple[str, ...]
    findings: tuple[str, ...]


def there_are(office: Office) -> ThereAre:
    """The names that there are, in their order."""
    with office.read() as session:
        schemes = {pack.id for pack in Shelf(session).bare_packs()}
        schemes |= set(session.execute(select(col(Application.scheme)).distinct()).scalars())
        rounds = session.execute(select(col(Round.name)).order_by(col(Round.id))).scalars()
        found = session.execute(select(col(Finding.code)).distinct()).scalars()
        return ThereAre(
            tuple(sorted(schemes)), tuple(dict.fromkeys(rounds)), tuple(sorted({*weights().kinds, *found}))
        )


def must_be_decided(office: Office, seq: int) -> None:
    """Refuse a number that no decision has.

    Raises:
        Refused: `refused.no_such_decision`, with the last number that there is.
    """
    with office.read() as session:
        if session.get(Decision, seq) is None:
            last = session.execute(select(func.count()).select_from(Decision)).scalar_one()
            raise Refused("refused.no_such_decision", number=seq, last=last)
