"""A file that is there only when all of it is: made under a name beside its place, then renamed into it.

A draft's name tells who makes it: the machine, the process and the run. So what a killed program left can be
told from what another one is making, and is cleared away by the next that comes by (`clear`).
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import itertools
import os
import platform
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARK = ".voucher-desk-"
"""How the names of drafts begin; those of private folders without the dot."""
PAPER, OWN = 0o666, 0o600
"""Rights of a paper that somebody takes along, less what their umask takes; of what is its owner's alone."""
OFFICE = b"VOUC"
"""What an office's file carries in its header (`models.sqlite.APPLICATION_ID`)."""
JOURNALS = ("-wal", "-shm", "-journal")
BESIDE = (*JOURNALS, *(f".search{end}" for end in ("", *JOURNALS)), ".window")
"""How the names end of what the program lays beside an office: journals, words to search by, a window's
lock."""
DAY = 86_400
_MACHINE = hashlib.sha256(platform.node().encode()).hexdigest()[:6]
_RUN = secrets.token_hex(3)
_NUMBERS = itertools.count(1)


@contextmanager
def beside(target: Path, mode: int = PAPER) -> Iterator[Path]:
    """A draft of a file, with the same ending, in the same folder; what was not renamed by the end is gone.

    Raises:
        OSError: the folder is not there or can't be written; told of what was asked for, never of the draft.
    """
    if not target.parent.exists():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(target.parent))
    draft = target.with_name(f"{MARK}{_who()}-{next(_NUMBERS)}{target.suffix}")
    try:
        # a folder that can't be written is an error before the work, not after it
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
        try:
            yield draft
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        if error.filename == str(draft):
            error.filename = str(target)
        raise


class Taken(FileExistsError):
    """What lies in a file's place must stay: `code` says why."""

    def __init__(self, code: str, file: Path) -> None:
        super().__init__(errno.EEXIST, os.strerror(errno.EEXIST), str(file))
        self.code = code


def must_be_free(target: Path, *read: Path) -> None:
    """Refuse a place where a file is not to be replaced, though one may: an office or what lies beside it,
    what is `read` for the new file, and what is no file.

    Raises:
        Taken: `cli.place_of_office`, `calculate.same_file`.
        OSError: EINVAL: a device or a pipe.
    """
    for end in filter(target.name.endswith, BESIDE):  # also where nothing lies: it would be taken for that
        if end != target.name and _is_office(target.with_name(target.name.removesuffix(end))):
            raise Taken("cli.place_of_office", target)
    if not target.exists():
        return
    if not target.is_file() and not target.is_dir():
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(target))
    if any(each.exists() and target.samefile(each) for each in read):
        raise Taken("calculate.same_file", target)
    if _is_office(target):
        raise Taken("cli.place_of_office", target)


def _is_office(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        header = file.read(100)
    return header[:16] == b"SQLite format 3\0" and header[68:72] == OFFICE


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A draft of a file, which is in its place once the block is done: all of it, and on the disk.

    Raises:
        OSError: as `must_be_free` and `beside`.
    """
    must_be_free(target)
    with beside(target) as draft:
        yield draft
        sync(draft)
        draft.replace(target)
        sync_folder(target.parent)


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder that only its owner can look into, gone at the end: for what is no paper of anybody's yet."""
    clear(Path(tempfile.gettempdir()), MARK[1:])
    with tempfile.TemporaryDirectory(prefix=f"{MARK[1:]}{_who()}-", ignore_cleanup_errors=True) as made:
        yield Path(made)


def sync(draft: Path) -> None:
    """See to it that a draft's bytes are on the disk, so that its name never stands for less."""
    with draft.open("rb+") as file:
        os.fsync(file.fileno())


def place_new(draft: Path, target: Path) -> None:
    """Give a draft that is whole and on the disk its name, where nothing may lie in that place.

    Raises:
        FileExistsError: something does.
    """
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except (OSError, AttributeError):  # a disk without a second name for a file
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        draft.rename(target)
    draft.unlink(missing_ok=True)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk too, where a folder can be told so."""
    if os.name == "nt":
        return
    with contextlib.suppress(PermissionError):  # one may put a file there and not list the others
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


# -- what a killed program left --------------------------------------------------------------------------


def clear(folder: Path, mark: str = MARK) -> None:
    """Take away the drafts in a folder that nobody is making any more. Another machine's, in a folder that
    several share, must have lain there for a day."""
    with contextlib.suppress(OSError), os.scandir(folder) as there:
        left = [Path(one.path) for one in there if one.name.startswith(mark)]
        for path in left:
            with contextlib.suppress(OSError):
                if _is_left(path, path.name.removeprefix(mark)):
                    _remove(path)


def _who() -> str:
    return f"{_MACHINE}-{os.getpid()}-{_RUN}"


def _is_left(path: Path, name: str) -> bool:
    machine, _, rest = name.partition("-")
    process, _, rest = rest.partition("-")
    if not process.isdecimal():
        return False  # no draft
    if machine != _MACHINE:
        return time.time() - path.stat().st_mtime > DAY
    if int(process) == os.getpid():
        return not rest.startswith(f"{_RUN}-")  # of a run that had the same number
    return not _lives(int(process))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    """Whether there is a process of this number now."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        opened = kernel.OpenProcess(0x1000, False, process)  # PROCESS_QUERY_LIMITED_INFORMATION
        if opened:
            kernel.CloseHandle(opened)
        return bool(opened) or kernel.GetLastError() == 5  # somebody else's
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass  # somebody else's
    return True
