"""The one door out of the office: whatever a person takes away as a file goes through it.

Files are made first, under names beside their places and from one reading state, so that nobody waits for a
long one. Then the act writes its line into the log, and only then do they come into their places: where the
act is refused or a file can't be written, nothing is logged and nothing lies outside.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

import words
from casework.core.act import By, Turn, carry_out
from casework.core.change import Change
from casework.core.office import Office
from casework.core.refused import Refused
from casework.core.stored_files import stored_body
from casework.core.who_may import Who, must_hold_role
from models import Application, Content, Letter
from papers.draft_file import beside, sync
from papers.drawing.merging import merge

LETTERS = (
    "approval",
    "refusal",
    "nonacceptance",
    "correction",
    "acceptance_notice",
    "revocation",
    "void_notice",
)
"""Kinds of letters to applicants; lists of publicity are the kind `publicity`, and an answer to an objection
leaves only by who may know who objects."""

Progress = Callable[[int, int], object]


class Taken(NamedTuple):
    """What the log says of files that go out: what it is about, what it notes, and what the person is told,
    which is logged too."""

    subject: str
    noted: Mapping[str, Any]
    told: Mapping[str, Any] = MappingProxyType({})


class Tray:
    """The files of one act, until they are in their places."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._drafts: dict[Path, Path] = {}
        self._placed: dict[Path, Path | None] = {}

    def draft(self, target: Path) -> Path:
        """The name under which to make a file that will be `target`."""
        draft = self._stack.enter_context(beside(target))
        self._drafts[draft] = target
        return draft

    @property
    def name(self) -> str:
        """The name of the file that was begun last."""
        return next((target.name for target in reversed(self._drafts.values())), "")

    def sync(self) -> None:
        """See to it that all of every file is on the disk."""
        for draft in self._drafts:
            sync(draft)

    def put(self) -> None:
        """Put every file in its place, in the place of what lies there."""
        for draft, target in self._drafts.items():
            before = self._stack.enter_context(beside(target)) if target.is_file() else None
            if before is not None:
                target.replace(before)
            self._placed[target] = before
            draft.replace(target)

    def take_back(self) -> None:
        """Leave nothing outside but what lay there before."""
        for target, before in self._placed.items():
            target.unlink(missing_ok=True)
            if before is not None:
                before.replace(target)


def take_out(
    office: Office, by: str | By, make: Callable[[Session, Tray], Taken], *, act: str = "export"
) -> Change:
    """Act `export` (or the act that is named): make files and put them in their places with a line in the
    log. An office that lies where nothing can be written is read without one (the change's `seq` is 0).

    Args:
        make: makes each file as a draft of the tray, reading one state of the office.

    Raises:
        Refused: the person may not; `refused.not_written`: a file can't be written. No file is left then.
    """
    with _tray() as tray:
        with office.read() as session:
            if office.can_not_log:
                must_hold_role(Who.named(office, session, by if isinstance(by, str) else by.person), act)
            taken = make(session, tray)
        tray.sync()
        if office.can_not_log:  # a disc that can only be read: whoever has it has all that is on it
            tray.put()
            return Change(act, {}, dict(taken.told), 0)

        def body(turn: Turn) -> None:
            turn.subject = taken.subject
            turn.note(**taken.noted)
            turn.tell(**taken.told)
            turn.at_last = tray.put

        return carry_out(office, by, act, body)


@contextmanager
def _tray() -> Iterator[Tray]:
    name = ""
    try:
        with ExitStack() as stack:
            tray = Tray(stack)
            try:
                yield tray
            except BaseException:
                name = tray.name
                tray.take_back()
                raise
    except OSError as error:
        file = Path(error.filename).name if error.filename else name
        raise Refused("refused.not_written", file=file, fault=error.strerror or str(error)) from error


def mark(office: Office, lang: str = words.DEFAULT) -> str:
    """What every workbook of a demonstration says on top; empty where the office is none."""
    return words.say("ledger.demonstration", lang) if office.demonstration else ""


# -- papers that are kept, byte for byte -----------------------------------------------------------------


def save_paper(office: Office, by: str | By, case: str, sha256: str, path: Path) -> Change:
    """Act `export`: the very bytes that are kept under a hash.

    Raises:
        Refused: `refused.no_such_content`.
    """

    def make(session: Session, tray: Tray) -> Taken:
        row = session.get(Content, sha256)
        if row is None:
            raise Refused("refused.no_such_content", sha256=sha256[:16])
        tray.draft(path).write_bytes(row.body)
        return Taken(f"case {case}", {"file": path.name, "sha256": sha256}, {"size": row.size})

    return take_out(office, by, make)


def save_letter(office: Office, by: str | By, letter: int, path: Path) -> Change:
    """Act `export`: one letter or list as it was issued.

    Raises:
        Refused: `refused.no_such_letter`.
    """

    def make(session: Session, tray: Tray) -> Taken:
        row = session.get(Letter, letter)
        if row is None:
            raise Refused("refused.no_such_letter", letter=letter)
        tray.draft(path).write_bytes(stored_body(session, row.content_sha256))
        return Taken(f"letter {row.numbered}", {"kind": row.kind, "sha256": row.content_sha256})

    return take_out(office, by, make)


def save_letters(
    office: Office,
    by: str | By,
    folder: Path,
    *,
    decision: int | None = None,
    kinds: Sequence[str] = LETTERS,
) -> list[Path]:
    """Act `export`: the letters (those of one decision, with its number) into a folder as issued, without
    void ones."""
    written: list[Path] = []

    def make(session: Session, tray: Tray) -> Taken:
        folder.mkdir(parents=True, exist_ok=True)
        wanted = select(Letter).where(col(Letter.kind).in_(kinds), col(Letter.voided_at).is_(None))
        if decision is not None:
            wanted = wanted.where(col(Letter.decision_seq) == decision)
        for letter in list(session.execute(wanted.order_by(col(Letter.id))).scalars()):
            path = folder / f"{letter.kind}-{letter.year}-{letter.number:05d}.pdf"
            tray.draft(path).write_bytes(stored_body(session, letter.content_sha256))
            written.append(path)
        return Taken("letters", {"kinds": list(kinds), "letters": len(written)})

    take_out(office, by, make)
    return written


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
    """Act `export`: the letters of a round (of the office, without one) as one PDF for the printer.

    They stand in the order of their numbers, without void ones. The change tells `letters` and `pages`.

    Args:
        progress: told how far it is; what it raises stops, and no file is written.

    Raises:
        Refused: `refused.no_letters`.
    """

    def make(session: Session, tray: Tray) -> Taken:
        wanted = _printed(session, round_id, kinds)
        if not wanted:
            raise Refused("refused.no_letters")
        tell = None if progress is None else (lambda done: progress(done, len(wanted)))
        bodies = (stored_body(session, letter.content_sha256) for letter in wanted)
        pages = merge(bodies, tray.draft(path), two_sided=two_sided, progress=tell)
        subject = "letters" if round_id is None else f"round {round_id}"
        return Taken(subject, {"kinds": list(kinds)}, {"letters": len(wanted), "pages": pages})

    return take_out(office, by, make)


def _printed(session: Session, round_id: int | None, kinds: Sequence[str]) -> list[Letter]:
    wanted = (
        select(Letter)
        .join(Application, col(Application.id) == col(Letter.application_id))
        .where(col(Letter.kind).in_(kinds), col(Letter.voided_at).is_(None))
    )
    if round_id is not None:
        wanted = wanted.where(col(Application.round_id) == round_id)
    order = (col(Letter.kind), col(Letter.year), col(Letter.number))
    return list(session.execute(wanted.order_by(*order)).scalars())
