"""What was in force: packs kept once by their bytes, supplements, and the policies of both."""

import datetime

from sqlalchemy import Index, text

from models.columns import day, key, moment, raw, ref, sha256
from models.table import Table, check, one_of


def _one(*columns: str, state: str) -> Index:
    """No two packs in this state have the same columns."""
    where = text(f"state = '{state}'")
    return Index(f"uq_pack_{state}", *columns, unique=True, sqlite_where=where, postgresql_where=where)


class Pack(Table, table=True):
    """A policy pack (政策包): its canonical bytes, never changed once confirmed.

    Of one version several rows may be kept, of which one is confirmed: a mended text (a grade, a title, an
    article) takes the place of the one before it, which is `replaced` and kept for what was decided under it.
    In force for legal dates from `in_force_from` until `in_force_until` (not included), or until
    `withdrawn_on` (not included) where it was withdrawn earlier. Its example cases are kept beside it as a
    content, so that anyone can run them again.
    """

    __table_args__ = (
        *(_one("scheme", "version", state=state) for state in ("confirmed", "proposed")),
        one_of("state", ("proposed", "confirmed", "replaced", "rejected")),
        check("two_people", "confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id"),
        check("confirmed", "(state IN ('confirmed', 'replaced')) = (confirmed_at IS NOT NULL)"),
        check("interval", "in_force_until IS NULL OR in_force_until > in_force_from"),
    )
    id: int = key()
    scheme: str
    version: str
    title: str
    canonical: bytes = raw()
    examples_sha256: str | None = sha256(None, target="content.sha256")
    sha256: str = sha256(unique=True)
    in_force_from: datetime.date = day()
    in_force_until: datetime.date | None = day(None)
    withdrawn_on: datetime.date | None = day(None)
    state: str = "proposed"
    proposed_by_id: int | None = ref("person.id", None, index=False)
    proposed_at: datetime.datetime = moment()
    confirmed_by_id: int | None = ref("person.id", None, index=False)
    confirmed_at: datetime.datetime | None = moment(None)
    reason: str | None = None


class Supplement(Table, table=True):
    """What the office has set where a pack leaves a parameter unset (补充规定), from a day until another.

    In force on days from `from_on` until `until_on`, or until `revoked_from_on` where it was revoked (neither
    included). What was decided under it before stays as it was.
    """

    __table_args__ = (
        one_of("state", ("proposed", "confirmed", "rejected", "revoked")),
        check("two_people", "confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id"),
        check("confirmed", "(state IN ('confirmed', 'revoked')) = (confirmed_at IS NOT NULL)"),
        check("interval", "until_on IS NULL OR until_on > from_on"),
        check("revoked", "(state = 'revoked') = (revoked_from_on IS NOT NULL)"),
    )
    id: int = key()
    pack_id: int = ref("pack.id")
    parameter: str
    value: str
    from_on: datetime.date = day()
    until_on: datetime.date | None = day(None)
    source: str
    canonical: bytes = raw()
    sha256: str = sha256()
    state: str = "proposed"
    proposed_by_id: int | None = ref("person.id", None, index=False)
    proposed_at: datetime.datetime = moment()
    confirmed_by_id: int | None = ref("person.id", None, index=False)
    confirmed_at: datetime.datetime | None = moment(None)
    revoked_by_id: int | None = ref("person.id", None, index=False)
    revoked_at: datetime.datetime | None = moment(None)
    revoked_from_on: datetime.date | None = day(None)


class Policy(Table, table=True):
    """A pack with the supplements that stood beside it when a case was decided, in their order.

    `supplements` lists their numbers, separated by spaces; `sha256` is over the pack's canonical bytes and
    theirs, so that replay finds the very policy of a decision by this hash.
    """

    sha256: str = sha256(primary_key=True)
    pack_id: int = ref("pack.id")
    supplements: str = ""
    first_used_at: datetime.datetime = moment()
