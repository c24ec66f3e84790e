"""A pack put in force for a test, as if the office had begun with it."""

import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

import models
from casework.core.act import by_itself
from casework.core.office import Office
from casework.rulebook import packs
from rules.pack import load


def adopt(office: Office, text: str) -> str:
    """Put the pack in force; returns its ref."""
    pack = load(text)

    def body(session: Session, at: datetime.datetime) -> dict[str, Any]:
        values = packs.row_of(pack) | {"state": "confirmed", "proposed_at": at, "confirmed_at": at}
        session.execute(insert(models.Pack).values(**values))
        return {"packs": [[pack.ref, pack.sha256]]}

    by_itself(office, "ship_packs", "packs", body)
    return pack.ref
