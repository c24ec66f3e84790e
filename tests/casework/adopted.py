"""A pack put in force for a test, as if the office had begun with it."""

import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

import models
from casework.core.act import by_itself
from casework.core.office import Office
from casework.money import allotments, ceilings
from casework.rulebook import packs
from rules.pack import load


def adopt(office: Office, text: str, allotted: bool = True) -> str:
    """Put the pack in force, with its budgets filled unless said otherwise; returns its ref."""
    pack = load(text)

    def body(session: Session, at: datetime.datetime) -> dict[str, Any]:
        values = packs.row_of(pack) | {"state": "confirmed", "proposed_at": at, "confirmed_at": at}
        session.execute(insert(models.Pack).values(**values))
        return {"packs": [[pack.ref, pack.sha256]]}

    by_itself(office, "ship_packs", "packs", body)
    with office.read() as session:
        named = ceilings.keys(session, office.today())
        found = [ceilings.of_budget(session, key, office.today()) for key in named]
    for one in found:
        now = one is not None and (one.key == pack.id or f"/{office.today().year}" in one.key)
        if allotted and now and one is not None and pack.id in one.schemes and one.ceiling_fen:
            allotments.appropriate(office, "finance", one.key, "财指〔2026〕8号", one.ceiling_fen)
    return pack.ref
