"""Packs and supplements: put in force by two people, kept by their bytes, withdrawn from a day.

The packs that come with the program are in force from the office's first day. Whatever a pack leaves unset is
set by a supplement (补充规定): one person proposes it, another confirms it. What was decided before stays
as it was, since each decision names the bytes it was decided under.
"""

import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session, col

import models
from casework import shipped
from casework.act import Turn, act, by_itself
from casework.adoption import adoptable, keep_examples, must_not_overlap
from casework.office import Office
from casework.refused import Refused
from rules.faults import PackFaults
from rules.pack import Pack, load
from rules.policy import Policy, Supplement, settled_value


def put_in_force(office: Office) -> tuple[str, ...]:
    """Put the shipped packs that the office does not have yet in force: part of making it. Returns their
    refs."""

    def insert_new(session: Session, at: datetime.datetime) -> dict[str, Any] | None:
        held = set(session.execute(select(col(models.Pack.sha256))).scalars())
        new = [pack for pack in shipped.shipped() if pack.sha256 not in held]
        for pack in new:
            examples = keep_examples(session, shipped.shipped_examples().get(pack.sha256))
            values = row_of(pack, examples) | {"state": "confirmed", "proposed_at": at, "confirmed_at": at}
            session.execute(insert(models.Pack).values(**values))
        return {"packs": [[pack.ref, pack.sha256] for pack in new]} if new else None

    said = by_itself(office, "ship_packs", "packs", insert_new)
    return tuple(ref for ref, _ in said["packs"]) if said else ()


def row_of(pack: Pack, examples_sha256: str | None = None) -> dict[str, Any]:
    """A pack as its row, without who put it there."""
    return {
        "examples_sha256": examples_sha256,
        "scheme": pack.id,
        "version": pack.version,
        "title": pack.title,
        "canonical": pack.canonical,
        "sha256": pack.sha256,
        "in_force_from": pack.in_force_from,
        "in_force_until": pack.in_force_until,
    }


def find(session: Session, ref: str) -> models.Pack:
    """The row of a pack by `id@version`.

    Raises:
        Refused: `refused.no_such_pack`.
    """
    scheme, _, version = ref.partition("@")
    row: models.Pack | None = session.execute(
        select(models.Pack).where(col(models.Pack.scheme) == scheme, col(models.Pack.version) == version)
    ).scalar()
    if row is None:
        raise Refused("refused.no_such_pack", pack=ref)
    return row


@act("propose_pack")
def propose_pack(turn: Turn, text: str, examples: str = "") -> None:
    """Propose a pack, given as its TOML with the CSV of its example cases; another person confirms it.

    Raises:
        Refused: what `adoption.adoptable` finds against it; nothing of it is taken.
    """
    pack = adoptable(turn.session, text, examples)
    kept = keep_examples(turn.session, examples)
    row = models.Pack(**row_of(pack, kept), proposed_by_id=turn.person.id, proposed_at=turn.at)
    turn.session.add(row)
    turn.session.flush()
    turn.subject = f"pack {pack.ref}"
    turn.changed("pack", row.id)
    turn.note(examples_sha256=kept)
    turn.tell(pack=pack.ref, sha256=pack.sha256)


@act("confirm_pack")
def confirm_pack(turn: Turn, pack: str) -> None:
    """Put a proposed pack in force: by another person, and only where no other version holds at the same
    time."""
    row = find(turn.session, pack)
    _must_be_proposed(row, pack)
    turn.not_by(row.proposed_by_id)
    must_not_overlap(turn.session, load(bytes(row.canonical).decode()))
    row.state, row.confirmed_by_id, row.confirmed_at = "confirmed", turn.person.id, turn.at
    turn.subject = f"pack {pack}"
    turn.changed("pack", row.id)
    turn.note(sha256=row.sha256)


@act("reject_pack")
def reject_pack(turn: Turn, pack: str, reason: str) -> None:
    """Turn a proposed pack down, with the reason; what comes instead is a new version."""
    row = find(turn.session, pack)
    _must_be_proposed(row, pack)
    turn.must_say(reason)
    row.state, row.reason = "rejected", reason
    turn.subject = f"pack {pack}"
    turn.changed("pack", row.id)
    turn.note(reason=reason)


@act("withdraw_pack")
def withdraw_pack(turn: Turn, pack: str, on: datetime.date, reason: str) -> None:
    """Withdraw a pack: from this day on it applies to no case."""
    row = find(turn.session, pack)
    if row.state != "confirmed" or row.withdrawn_on is not None:
        raise Refused("refused.not_in_force", pack=pack)
    turn.not_by(row.proposed_by_id)
    turn.must_say(reason)
    row.withdrawn_on, row.reason = on, reason
    turn.subject = f"pack {pack}"
    turn.changed("pack", row.id)
    turn.note(on=on, reason=reason)


@act("propose_supplement")
def propose_supplement(
    turn: Turn,
    pack: str,
    parameter: str,
    value: str,
    source: str,
    from_on: datetime.date | None = None,
    until_on: datetime.date | None = None,
) -> None:
    """Propose what an unset parameter of a pack (`id@version`) is set to, from a day (today, where none is
    given).

    `value` is the id of a reading or a value of the parameter's kind; `source` says which act of the
    office, with its date, it rests on.
    """
    row = find(turn.session, pack)
    if not source.strip():
        raise Refused("refused.source_missing")
    grade = "made-up" if turn.office.demonstration else "office"
    starts = from_on or turn.today
    if until_on is not None and until_on <= starts:
        raise Refused("refused.interval", from_on=starts, until_on=until_on)
    stated = Supplement(row.scheme, parameter, value, starts, until_on, source, grade)
    _must_fit(load(bytes(row.canonical).decode()), stated)
    made = models.Supplement(
        pack_id=row.id,
        parameter=parameter,
        value=value,
        from_on=starts,
        until_on=until_on,
        source=source,
        canonical=stated.canonical,
        sha256=stated.sha256,
        proposed_by_id=turn.person.id,
        proposed_at=turn.at,
    )
    turn.session.add(made)
    turn.session.flush()
    turn.subject = f"pack {pack}"
    turn.changed("supplement", made.id)
    turn.note(parameter=parameter, value=value, sha256=made.sha256)
    turn.tell(supplement=made.id)


def _must_fit(pack: Pack, stated: Supplement) -> None:
    parameter = pack.parameter(stated.parameter)
    if parameter is None:
        known = tuple(each.id for each in pack.unset)
        raise Refused("refused.no_such_parameter", parameter=stated.parameter, pack=pack.ref, known=known)
    try:
        settled_value(parameter, stated.value)
        Policy(pack, [stated])
    except PackFaults as fault:
        readings = tuple(reading.id for reading in parameter.readings)
        raise Refused(
            "refused.no_such_value", parameter=parameter.id, value=stated.value, readings=readings
        ) from fault


@act("confirm_supplement")
def confirm_supplement(turn: Turn, supplement: int) -> None:
    """Put a proposed supplement in force: by another person. It takes the place of an earlier one."""
    row = _supplement(turn, supplement)
    _must_be_proposed(row, str(supplement))
    turn.not_by(row.proposed_by_id)
    row.state, row.confirmed_by_id, row.confirmed_at = "confirmed", turn.person.id, turn.at
    turn.note(parameter=row.parameter, value=row.value, sha256=row.sha256)


@act("reject_supplement")
def reject_supplement(turn: Turn, supplement: int, reason: str) -> None:
    """Turn a proposed supplement down, with the reason."""
    row = _supplement(turn, supplement)
    _must_be_proposed(row, str(supplement))
    turn.must_say(reason)
    row.state = "rejected"
    turn.note(parameter=row.parameter, value=row.value, reason=reason)


@act("revoke_supplement")
def revoke_supplement(turn: Turn, supplement: int, reason: str, from_on: datetime.date | None = None) -> None:
    """Revoke a supplement from a day (today, where none is given): the parameter is unset again."""
    row = _supplement(turn, supplement)
    if row.state != "confirmed":
        raise Refused("refused.not_in_force", pack=str(supplement))
    turn.not_by(row.proposed_by_id)
    turn.must_say(reason)
    row.state, row.revoked_by_id, row.revoked_at = "revoked", turn.person.id, turn.at
    row.revoked_from_on = from_on or turn.today
    turn.note(reason=reason, from_on=row.revoked_from_on)


def _must_be_proposed(row: models.Pack | models.Supplement, what: str) -> None:
    if row.state != "proposed":
        raise Refused("refused.not_proposed", what=what)


def _supplement(turn: Turn, number: int) -> models.Supplement:
    row = turn.session.get(models.Supplement, number)
    if row is None:
        raise Refused("refused.no_such_supplement", supplement=number)
    pack = turn.session.get_one(models.Pack, row.pack_id)
    turn.subject = f"pack {pack.scheme}@{pack.version}"
    turn.changed("supplement", row.id)
    return row
