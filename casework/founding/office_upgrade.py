"""An older office brought up to this program's schema, and the log's entry of it.

Nobody acts: the office does it by itself, in the transaction that changes the schema, so that the log says
from which schema to which, and which copy was laid beside it. Contracts, and what was used of caps, under
names of an earlier version are carried over to today's. What was imaged before is compared first; then every
row is imaged as it is, because a step may have changed what an image holds.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session

from casework.cases import contracts_of_old
from casework.core import log, row_images, rows_compared
from casework.core.office import Clock, files_of, utc_now
from casework.money import caps_carried
from models import images
from models.engine import url_of
from models.upgrade import Progress, Stored, Upgraded, upgrade
from papers import own_files


def bring_up(
    where: str | Path,
    *,
    without_copy: bool = False,
    progress: Progress = lambda done, of: None,
    clock: Clock = utc_now,
    stored: Stored = lambda: None,
) -> Upgraded:
    """Bring an office up to date, after a copy; see `models.upgrade.upgrade` for what it takes and raises."""
    differed: list[tuple[str, Any, Any]] = []

    def look(connection: Connection, before: str) -> None:
        with Session(connection) as session:
            if before >= IMAGED_FROM or rows_compared.begun(session):
                differed.extend(rows_compared.compare(session).differ)

    def remember(connection: Connection, done: Upgraded) -> None:
        copy = None if done.copy is None else {"name": done.copy.name, "sha256": done.sha256}
        payload: dict[str, Any] = {"from": done.before, "to": done.after, "copy": copy}
        images.forget(connection)
        with Session(connection) as session:
            head, at = log.lock_head(session), clock()
            brought = {
                "contracts_joined": contracts_of_old.bring_over(session),
                "caps_carried": caps_carried.bring_over(session, at),
            }
            payload |= {name: count for name, count in brought.items() if count}
            payload |= {"images": row_images.all_rows(session), "images_of_all": True}
            if differed:
                payload["images_differed"] = differed
            log.append(session, head, at=at, person="", act="upgrade", subject="office", payload=payload)

    path = None if url_of(where) else Path(where).absolute()
    if path is not None:
        own_files.keep_private(*files_of(path))
    return upgrade(
        where, first=look, then=remember, progress=progress, without_copy=without_copy, stored=stored
    )


IMAGED_FROM = "0008"
"""The schema from which on every row has its image. Whoever has the file can write an earlier one there, but
not take the images out of the log: where it holds any, rows are compared."""
