"""Files that are their owner's alone: an office and what lies beside it, drafts, settings.

They are made so (`papers.draft_file.OWN`). What an earlier version made open to others is closed by whoever
owns it. Windows leaves it to the rights of the user's profile.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def keep_private(*paths: Path) -> bool:
    """Take what others may do with these files, of those that are there and one's own. Whether that is so of
    all now."""
    left_open = [path for path in paths if not _close(path)]
    return os.name == "nt" or not left_open


def _close(path: Path) -> bool:
    try:
        now = path.stat()
        if os.name != "nt" and now.st_mode & OTHERS and now.st_uid == os.geteuid():
            with contextlib.suppress(OSError):  # a disk that can only be read
                path.chmod(stat.S_IMODE(now.st_mode) & ~OTHERS)
                now = path.stat()
    except OSError:
        return True  # not there, or not to be seen
    return not now.st_mode & OTHERS


def make_folder(folder: Path) -> None:
    """Make a folder of one's own, with those above it that are not there.

    Raises:
        OSError: it can't be made.
    """
    for each in reversed([folder, *folder.parents]):
        if not each.exists():
            each.mkdir(mode=0o700, exist_ok=True)
    keep_private(folder)


def make_file(path: Path) -> None:
    """Make an empty file of one's own in such a folder, where there is none.

    Raises:
        OSError: it can't be made.
    """
    make_folder(path.parent)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    keep_private(path)
