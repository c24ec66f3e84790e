"""Packs: put in force by two people, kept by their bytes, withdrawn from a day.

The packs that come with the program are in force from the office's first day. Where a later program brings
a mended text of the same version, the office keeps what it has until two people adopt it. What was decided
before stays as it was, since each decision names the bytes it was decided under.
"""

import datetime
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session, col

import models
from casework.core.act import Turn, act, by_itself
from casework.core.office import Office
from casework.core.refused import Refused
from casework.rulebook import second_person, shipped_packs
from casework.rulebook.adoption import adoptable, keep_examples, must_award_alike, must_not_overlap
from casework.rulebook.rule_titles import pack_called
from rules.pack import Pack, load


def put_in_force(office: Office, only: Sequence[str] = ()) -> tuple[str, ...]:
    """Put the shipped packs that the office does not have yet in force: part of making it. Returns their
    refs.

    Args:
        only: those packs alone, each by its id (all its versions) or as `id@version`; without one all.

    Raises:
        Refused: `refused.no_such_pack`: the program brings none of that name.
    """
    wanted = [pack for pack in shipped_packs.shipped() if not only or {pack.id, pack.ref} & set(only)]
    for name in only:
        if not any(name in (pack.id, pack.ref) for pack in wanted):
            raise Refused("refused.no_such_pack", pack=name)

    def insert_new(session: Session, at: datetime.datetime) -> dict[str, Any] | None:
        held = {f"{row.scheme}@{row.version}" for row in session.execute(select(models.Pack)).scalars()}
        new = [pack for pack in wanted if pack.ref not in held]
        for pack in new:
            examples = keep_examples(session, shipped_packs.shipped_examples().get(pack.sha256))
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


STANDS = ("confirmed", "proposed", "replaced", "rejected")
"""Which row of a version is meant where it has several: the one in force before all."""
WAITS = ("proposed", "confirmed", "replaced", "rejected")
"""The same for those who agree to a proposal or turn it down."""
FEWEST_DIGITS = 16
"""Digits of a fingerprint that name a text: as many as papers and screens show."""


def find(session: Session, ref: str, first: Sequence[str] = STANDS) -> models.Pack:
    """The row of a pack by `id@version`: of several, the newest of the first of these states.

    Raises:
        Refused: `refused.no_such_pack`.
    """
    scheme, _, version = ref.partition("@")
    table = models.Pack
    rows = select(table).where(col(table.scheme) == scheme, col(table.version) == version)
    held: Sequence[models.Pack] = session.execute(rows).scalars().all()
    found = sorted(held, key=lambda row: (first.index(row.state), -row.id))
    if not found:
        raise Refused("refused.no_such_pack", pack=ref)
    return found[0]


@act("propose_pack")
def propose_pack(turn: Turn, text: str, examples: str = "") -> None:
    """Propose a pack, given as its TOML with the CSV of its example cases; another person confirms it.

    Raises:
        Refused: what `adoption.adoptable` finds against it; nothing of it is taken.
    """
    _propose(turn, text, examples)


@act("renew_pack")
def renew_pack(turn: Turn, pack: str) -> None:
    """Propose the mended text of a version in force that the program brings; another person confirms it.

    Raises:
        Refused: `refused.no_newer_text`, and what `adoption.adoptable` finds.
    """
    held = load(bytes(find(turn.session, pack).canonical).decode())
    found = shipped_packs.mended_text(held)
    if found is None:
        raise Refused("refused.no_newer_text", pack=pack_called(held))
    examples = shipped_packs.shipped_examples().get(found.sha256, "")
    _propose(turn, found.canonical.decode(), examples)


def _propose(turn: Turn, text: str, examples: str) -> None:
    pack = adoptable(turn.session, text, examples)
    kept = keep_examples(turn.session, examples)
    row = models.Pack(**row_of(pack, kept), proposed_by_id=turn.person.id, proposed_at=turn.at)
    turn.session.add(row)
    turn.session.flush()
    turn.subject = f"pack {pack.ref}"
    turn.changed("pack", row.id)
    turn.note(examples_sha256=kept)
    turn.tell(pack=pack.ref, sha256=pack.sha256)


def _waiting(session: Session, pack: str, sha256: str) -> models.Pack:
    """The row that somebody agrees to or turns down.

    Args:
        sha256: of the text that they read, or its first sixteen digits; empty: whatever waits.

    Raises:
        Refused: `refused.other_text`: what waits is another text, proposed under the same version since.
    """
    row = find(session, pack, WAITS)
    read = sha256.strip().lower()
    if read and (len(read) < FEWEST_DIGITS or not row.sha256.startswith(read)):
        called = pack_called(load(bytes(row.canonical).decode()))
        raise Refused("refused.other_text", pack=called, sha256=row.sha256[:FEWEST_DIGITS])
    return row


@act("confirm_pack")
def confirm_pack(turn: Turn, pack: str, sha256: str = "") -> None:
    """Put a proposed pack in force: by another person, and only where no other version holds at the same
    time. A mended text of a version in force takes the place of the one before it.

    Args:
        sha256: of the text that was read, so that no other is agreed to (`_waiting`).
    """
    row = _waiting(turn.session, pack, sha256)
    proposed = load(bytes(row.canonical).decode())
    second_person.must(turn, turn.act, row, pack_called(proposed))
    must_not_overlap(turn.session, proposed)
    before = must_award_alike(turn.session, proposed)
    if before is not None:
        before.state, row.withdrawn_on = "replaced", before.withdrawn_on
        turn.session.flush()
        turn.changed("pack", before.id)
        turn.note(replaces=before.sha256)
    row.state, row.confirmed_by_id, row.confirmed_at = "confirmed", turn.person.id, turn.at
    turn.subject = f"pack {pack}"
    turn.changed("pack", row.id)
    turn.note(sha256=row.sha256)


@act("reject_pack")
def reject_pack(turn: Turn, pack: str, reason: str, sha256: str = "") -> None:
    """Turn a proposed pack down, with the reason; what comes instead is another text. `sha256` is that of the
    text that was read (`_waiting`)."""
    row = _waiting(turn.session, pack, sha256)
    second_person.must(turn, turn.act, row, pack_called(load(bytes(row.canonical).decode())))
    turn.must_say(reason)
    row.state, row.reason = "rejected", reason
    turn.subject = f"pack {pack}"
    turn.changed("pack", row.id)
    turn.note(reason=reason)


@act("withdraw_pack")
def withdraw_pack(turn: Turn, pack: str, on: datetime.date, reason: str) -> None:
    """Withdraw a pack: from this day on it applies to no case."""
    row = find(turn.session, pack)
    second_person.must(turn, turn.act, row, pack_called(load(bytes(row.canonical).decode())))
    turn.must_say(reason)
    row.withdrawn_on, row.reason = on, reason
    turn.subject = f"pack {pack}"
    turn.changed("pack", row.id)
    turn.note(on=on, reason=reason)
