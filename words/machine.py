"""What the machine did to a file: the code of the sentence that says it, and what to do.

Disks fill, are taken out, can only be read; files are moved away or belong to others. None of that is a bug,
wherever it happens: the command line and the window say it by these.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

_CODES = {
    errno.ENOENT: "cli.no_file",
    errno.ENOTDIR: "cli.no_file",
    errno.EISDIR: "cli.is_folder",
    errno.EACCES: "cli.no_permission",
    errno.EPERM: "cli.no_permission",
    errno.EEXIST: "cli.file_exists",
    errno.EROFS: "cli.read_only_disk",
    errno.ENOSPC: "cli.disk_full",
    errno.EDQUOT: "cli.disk_full",
    errno.EFBIG: "cli.file_too_large",
    errno.EBUSY: "cli.file_in_use",
    errno.ETXTBSY: "cli.file_in_use",
    errno.ENAMETOOLONG: "cli.name_too_long",
    errno.EINVAL: "cli.bad_name",
}
_IN_USE = (32, 33)
"""Windows: another process has the file open, or a part of it locked."""


def read_bytes(file: Path, most: int) -> bytes:
    """A file that somebody named, whole.

    Raises:
        OSError: it can't be read, or is longer than `most` bytes (EFBIG): a device has no end.
    """
    with file.open("rb") as opened:
        found = opened.read(most + 1)
    if len(found) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(file))
    return found


def fault(error: OSError) -> tuple[str, dict[str, str]] | None:
    """A code and its parameters; None for one that the machine did not raise (it has no number).

    `what` is its number and name: the machine's own words are in a language of its own.
    """
    if error.errno is None:
        return None
    code = getattr(error, "code", None) or _CODES.get(error.errno, "cli.system")
    if getattr(error, "winerror", None) in _IN_USE:
        code = "cli.file_in_use"
    if error.filename is None:
        code = "cli.disk_full_here" if code == "cli.disk_full" else "cli.machine"
    name = errno.errorcode.get(error.errno, "")
    return code, {"file": str(error.filename or ""), "what": f"{error.errno} {name}".strip()}
