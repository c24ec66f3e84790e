"""An older office brought up to this program's schema, and the log's entry of it.

Nobody acts: the office does it by itself, in the transaction that changes the schema, so that the log says
from which schema to which, and which copy was laid beside it. What was used of caps under names of an earlier
version is carried over to today's, by entries.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session

from casework.core import log, row_images
from casework.core.office import Clock, utc_now
from casework.money import caps_carried
from models.upgrade import Progress, Upgraded, upgrade


def bring_up(
    where: str | Path,
    *,
    without_copy: bool = False,
    progress: Progress = lambda done, of: None,
    clock: Clock = utc_now,
) -> Upgraded:
    """Bring an office up to date, after a copy; see `models.upgrade.upgrade` for what it takes and raises."""

    def remember(connection: Connection, done: Upgraded) -> None:
        copy = None if done.copy is None else {"name": done.copy.name, "sha256": done.sha256}
        payload: dict[str, Any] = {"from": done.before, "to": done.after, "copy": copy}
        with Session(connection) as session:
            head, marks, at = log.lock_head(session), row_images.marks(session), clock()
            carried = caps_carried.bring_over(session, at)
            if carried:
                payload |= {"caps_carried": carried, "rows": row_images.since(session, marks)}
            log.append(session, head, at=at, person="", act="upgrade", subject="office", payload=payload)

    return upgrade(where, then=remember, progress=progress, without_copy=without_copy)
