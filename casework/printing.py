"""Papers out of the office as files: one as it was issued, or many letters as one file for the printer."""

from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import select
from sqlmodel import Session, col

from casework import letters
from casework.act import By, Turn, carry_out
from casework.change import Change
from casework.office import Office
from casework.refused import Refused
from models import Application, Letter
from papers.merging import merge

KINDS = ("approval", "refusal", "correction")

Progress = Callable[[int, int], object]


def save_letter(office: Office, by: str | By, letter: int, path: Path) -> Change:
    """Act `export`: write a stored paper to a file, byte for byte as it was issued.

    Raises:
        Refused: `refused.no_such_letter`.
    """

    def body(turn: Turn) -> None:
        row = turn.session.get(Letter, letter)
        if row is None:
            raise Refused("refused.no_such_letter", letter=letter)
        path.write_bytes(letters.stored(turn.session, letter))
        turn.subject = f"letter {row.numbered}"
        turn.note(kind=row.kind, sha256=row.content_sha256)

    return carry_out(office, by, "export", body)


def print_letters(
    office: Office,
    by: str | By,
    path: Path,
    *,
    round_id: int | None = None,
    kinds: Sequence[str] = ("approval",),
    two_sided: bool = False,
    progress: Progress | None = None,
) -> Change:
    """Act `export`: write the letters of a round (of the office, without one) to one PDF.

    They stand in the order of their numbers, without void ones. The change tells `letters` and `pages`.

    Args:
        progress: told how far it is; what it raises stops, and no file is written.

    Raises:
        Refused: `refused.no_letters`.
    """

    def body(turn: Turn) -> None:
        wanted = _letters(turn.session, round_id, kinds)
        if not wanted:
            raise Refused("refused.no_letters")
        bodies = (letters.stored(turn.session, number) for number in wanted)
        tell = None if progress is None else (lambda done: progress(done, len(wanted)))
        pages = merge(bodies, path, two_sided=two_sided, progress=tell)
        turn.subject = "letters" if round_id is None else f"round {round_id}"
        turn.tell(letters=len(wanted), pages=pages)
        turn.note(kinds=list(kinds))

    return carry_out(office, by, "export", body)


def _letters(session: Session, round_id: int | None, kinds: Sequence[str]) -> list[int]:
    wanted = (
        select(col(Letter.id))
        .join(Application, col(Application.id) == col(Letter.application_id))
        .where(col(Letter.kind).in_(kinds), col(Letter.voided_at).is_(None))
    )
    if round_id is not None:
        wanted = wanted.where(col(Application.round_id) == round_id)
    order = (col(Letter.kind), col(Letter.year), col(Letter.number))
    return list(session.execute(wanted.order_by(*order)).scalars())
