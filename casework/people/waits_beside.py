"""Wrong passwords for an office that can't be written, counted in the user's own data on this computer.

So one waits there too when the program is begun anew for each try. What is kept is the office's mark, the
account as a word that only this office can tell, how many and when. Whoever takes the file away waits no
more: they have the office's file too, and guess without the program.
"""

import contextlib
import datetime
import hashlib
import json
from pathlib import Path

from platformdirs import user_data_dir

from casework.core import log
from casework.core.office import Office, Waits
from papers import own_files
from papers.draft_file import OWN, beside


def kept(office: Office, name: str) -> Waits | None:
    """The wrong passwords in a row under a name: those of the office that is open, or of earlier ones where
    they are later."""
    here = office.waits_here.get(name)
    failures, at = _read(_file(office)).get(_word(office, name), (0, None))
    if at is None or (here is not None and (here.failed_at is None or here.failed_at >= at)):
        return here
    return Waits(failures, at)


def keep(office: Office, name: str, waits: Waits) -> None:
    """Keep them; where this computer can't, as long as the office is open."""
    office.waits_here[name] = waits
    path = _file(office)
    said = _read(path)
    if waits.failed_at is not None:
        said[_word(office, name)] = (waits.failures, waits.failed_at)
    elif said.pop(_word(office, name), None) is None:
        return
    with contextlib.suppress(OSError):
        own_files.make_folder(path.parent)
        with beside(path, OWN) as draft:
            draft.write_text(json.dumps(said, default=datetime.datetime.isoformat), encoding="utf-8")
            draft.replace(path)


def _file(office: Office) -> Path:
    name = hashlib.sha256(office.row.uid.encode()).hexdigest()[:32]
    return Path(user_data_dir("voucher-desk", appauthor=False)) / "waits" / f"{name}.json"


def _word(office: Office, name: str) -> str:
    return log.keyed(office.row.secret, name)


def _read(path: Path) -> dict[str, tuple[int, datetime.datetime]]:
    """What is kept; nothing where it is not as it was written."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return {
            word: (max(0, int(failures)), datetime.datetime.fromisoformat(at).astimezone(datetime.UTC))
            for word, (failures, at) in said.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
