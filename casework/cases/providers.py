"""The register of admitted service institutions (入库服务机构): who was admitted for what, from when until
when."""

import datetime

from sqlalchemy import select
from sqlmodel import col

from casework.core.act import Turn, act
from casework.core.calendar import must_be_interval
from casework.core.given_words import says_something
from casework.core.refused import Refused
from models import Admission, Provider
from rules.plain_text import name_key


@act("admit_provider")
def admit_provider(
    turn: Turn,
    name: str,
    batch: str,
    service: str,
    source: str,
    from_on: datetime.date | None = None,
    until_on: datetime.date | None = None,
) -> None:
    """Enter an admission: a provider, its batch, one service, from a day until another (not included)."""
    if not says_something(name):
        raise Refused("refused.provider_missing")
    if not says_something(source):
        raise Refused("refused.source_missing")
    must_be_interval(from_on, until_on)
    provider_id = _provider(turn, name)
    same = select(Admission).where(
        col(Admission.provider_id) == provider_id,
        col(Admission.batch) == batch,
        col(Admission.service) == service,
    )
    row = turn.session.execute(same).scalar()
    if row is None:
        row = Admission(provider_id=provider_id, batch=batch, service=service, source=source)
        turn.session.add(row)
    row.from_on, row.until_on, row.source = from_on, until_on, source
    turn.session.flush()
    turn.subject = f"provider {provider_id}"
    turn.changed("provider", provider_id)
    turn.note(name=name, batch=batch, service=service, from_on=from_on, until_on=until_on, source=source)


def _provider(turn: Turn, name: str) -> int:
    """The number of a provider, entered where it is new; blanks and the width of brackets make no other."""
    held = select(col(Provider.name), col(Provider.id)).order_by(col(Provider.id).desc())
    by_key = {name_key(known): number for known, number in turn.session.execute(held)}
    found: int | None = by_key.get(name_key(name))
    if found is not None:
        return found
    provider = Provider(name=name)
    turn.session.add(provider)
    turn.session.flush()
    return provider.id
