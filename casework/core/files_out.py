"""The one door out of the office: whatever a person takes away as a file goes through it.

Files are made first, from one reading state, so that nobody waits for a long one, and where only their owner
can look. Beside their places room is kept for them, so that a full disk or a folder that can't be written is
told before anything is logged. Then the act writes its line into the log; and only then does the first byte
come out, under another name, and gets its own once all of it is on the disk. What lay there stays until then.
Where a file fails even after that (somebody opened the one that lies there) the line stays: the log may tell
of more than was taken, never of less.
"""

import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

import words
from casework.core.act import By, Turn, carry_out
from casework.core.change import Change
from casework.core.office import Office
from casework.core.refused import Refused, of_the_machine
from casework.core.stored_files import stored_body
from casework.core.who_may import must_do
from models import Application, Content, Letter
from papers import draft_file
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

    def say(self, turn: Turn) -> None:
        """Say it to the log and to the person."""
        turn.subject = self.subject
        turn.note(**self.noted)
        turn.tell(**self.told)


class _File(NamedTuple):
    """One file: where it is made, the room kept for it beside its place, and its place."""

    draft: Path
    room: Path
    target: Path


class Tray:
    """The files of one act, until they are in their places."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._files: list[_File] = []
        self._placed: dict[Path, Path | None] = {}

    def draft(self, target: Path, *read: Path) -> Path:
        """The name under which to make a file that will be `target`, and is made from what is `read`."""
        if not target.parent.is_dir():
            missing = Refused("office.no_folder", folder=str(target.parent))
            raise Refused("refused.not_written", file=target.name, each=(missing,))
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
        draft_file.must_be_free(target, *read)
        if all(target.parent != each.target.parent for each in self._files):
            draft_file.clear(target.parent)
        draft = self._folder / f"{len(self._files)}{target.suffix}"
        draft.touch()
        self._files.append(_File(draft, self._room(target), target))
        return draft

    def make_folder(self, folder: Path) -> None:
        """Make a folder for files, and those above it; what was made is gone again where no file comes."""
        new = [each for each in (folder, *folder.parents) if not each.exists()]

        def undone(kind: type[BaseException] | None, *rest: object) -> None:
            for each in new if kind is not None else ():
                with suppress(OSError):  # somebody else has put something there
                    each.rmdir()

        self._stack.push(undone)
        folder.mkdir(parents=True, exist_ok=True)

    def _room(self, target: Path) -> Path:
        return self._stack.enter_context(draft_file.beside(target, draft_file.OWN))

    def name(self, path: object) -> str:
        """What the person calls a file of which an error names the path; where it names none, the last."""
        last = self._files[-1].target.name if self._files else ""
        named = {str(made): target.name for *both, target in self._files for made in both}
        return named.get(str(path)) or (Path(str(path)).name if path else last)

    def keep_room(self) -> None:
        """See to it that there is room for every file, and that what lies in its place can be replaced."""
        for draft, room, target in self._files:
            with room.open("rb+") as file:
                _allot(file.fileno(), draft.stat().st_size)
            if os.name == "nt" and target.exists():
                target.open("rb+").close()  # not while somebody has it open

    def put(self) -> None:
        """Put every file in its place, in the place of what lies there."""
        for draft, room, _ in self._files:
            with draft.open("rb") as made, room.open("rb+") as file:
                shutil.copyfileobj(made, file, 1 << 20)
                file.truncate()
                file.flush()
                os.fsync(file.fileno())
            room.chmod(draft.stat().st_mode & 0o777)  # as the person's umask makes files
        for _, room, target in self._files:
            before = self._aside(target) if target.exists() else None
            room.replace(target)
            self._placed[target] = before
        for folder in {target.parent for _, _, target in self._files}:
            draft_file.sync_folder(folder)

    def _aside(self, target: Path) -> Path:
        """Another name for what lies in a file's place; it keeps its own until it is replaced."""
        kept = self._room(target)
        kept.unlink()
        try:
            os.link(target, kept)
        except OSError:  # a disk without a second name for a file
            shutil.copy2(target, kept)
        return kept

    def take_back(self) -> None:
        """Leave nothing outside but what lay there before."""
        for target, before in self._placed.items():
            if before is None:
                target.unlink(missing_ok=True)
            else:
                before.replace(target)


def _allot(file: int, size: int) -> None:
    """Have a file take so much room on its disk."""
    os.truncate(file, size)
    if size and sys.platform == "linux":
        try:
            os.posix_fallocate(file, 0, size)
        except OSError as error:
            if error.errno not in (errno.EOPNOTSUPP, errno.EINVAL):  # a disk that can't be told so
                raise


def take_out(
    office: Office, by: str | By, make: Callable[[Session, Tray], Taken], *, act: str = "export"
) -> Change:
    """Act `export` (or the act that is named): make files, and put them in their places once their line
    stands in the log. An office that lies where nothing can be written is read without one (the change's
    `seq` is 0).

    Args:
        make: makes each file as a draft of the tray, reading one state of the office.

    Raises:
        Refused: the person may not; `refused.not_written`: a file can't be written. No file is left then.
    """
    with _tray() as tray:
        with office.read() as session:
            if office.can_not_log:
                must_do(office, by if isinstance(by, str) else by.person, act)
            taken = make(session, tray)
        tray.keep_room()
        if office.can_not_log or office.nobody_known:  # whoever has the file has all that is in it
            change = Change(act, {}, dict(taken.told), 0)
        else:
            change = carry_out(office, by, act, taken.say)
        tray.put()
        return change


def must_be_writable(path: Path, *read: Path) -> None:
    """Refuse a place where no file can be made, before work is done whose result is to go there; nor does it
    take the place of what is `read` for that.

    Raises:
        Refused: `refused.not_written`.
    """
    with _tray() as tray:
        tray.draft(path, *read)


@contextmanager
def _tray() -> Iterator[Tray]:
    try:
        with ExitStack() as stack:
            tray = Tray(stack.enter_context(draft_file.private_folder()), stack)
            try:
                yield tray
            except BaseException as error:
                tray.take_back()
                if isinstance(error, OSError):
                    error.filename = tray.name(error.filename)
                raise
    except OSError as error:
        file = Path(error.filename or "").name
        error.filename = file
        why = of_the_machine(error) or Refused("cli.system", file=file, what=str(error))
        raise Refused("refused.not_written", file=file, each=(why,)) from error


def mark(office: Office, lang: str = words.DEFAULT) -> str:
    """What every workbook of a demonstration says on top, and of an office whose passwords are known; empty
    where the office is neither."""
    return words.say(f"ledger.{office.mark}", lang) if office.mark else ""


# -- papers that are kept, byte for byte -----------------------------------------------------------------


def save_paper(office: Office, by: str | By, case: str, sha256: str, path: Path | None) -> Change:
    """Act `export`: the very bytes that are kept under a hash, as a file or (`None`) on a printer, for which
    the caller has them.

    Raises:
        Refused: `refused.no_such_content`.
    """

    def make(session: Session, tray: Tray) -> Taken:
        row = session.get(Content, sha256)
        if row is None:
            raise Refused("refused.no_such_content", sha256=sha256[:16])
        if path is not None:
            tray.draft(path).write_bytes(row.body)
        to = {"printed": True} if path is None else {"file": path.name}
        return Taken(f"case {case}", {**to, "sha256": sha256}, {"size": row.size})

    return take_out(office, by, make)


def save_letter(office: Office, by: str | By, letter: int, path: Path | None) -> Change:
    """Act `export`: one letter or list as it was issued, as a file or (`None`) on a printer, for which the
    caller has its bytes.

    Raises:
        Refused: `refused.no_such_letter`.
    """

    def make(session: Session, tray: Tray) -> Taken:
        row = session.get(Letter, letter)
        if row is None:
            raise Refused("refused.no_such_letter", letter=letter)
        if path is not None:
            tray.draft(path).write_bytes(stored_body(session, row.content_sha256))
        to = {"printed": True} if path is None else {}
        return Taken(f"letter {row.numbered}", {**to, "kind": row.kind, "sha256": row.content_sha256})

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
        tray.make_folder(folder)
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
