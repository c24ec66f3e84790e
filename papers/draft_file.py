"""A file that is there only when all of it is: made under a name beside its place, then renamed into it."""

from __future__ import annotations

import errno
import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NUMBERS = itertools.count(1)


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A draft of a file, with the same ending, in the same folder; what was not renamed by the end is gone.

    Raises:
        OSError: the folder is not there or can't be written; told of what was asked for, never of the draft.
    """
    if not target.parent.exists():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(target.parent))
    draft = target.with_name(f".voucher-desk-{os.getpid()}-{next(_NUMBERS)}{target.suffix}")
    try:
        draft.touch()  # a folder that can't be written is an error before the work, not after it
        yield draft
    except OSError as error:
        if error.filename == str(draft):
            error.filename = str(target)
        raise
    finally:
        draft.unlink(missing_ok=True)


def sync(draft: Path) -> None:
    """See to it that a draft's bytes are on the disk, so that its name never stands for less."""
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
