"""Ledgers out of the office, as they stood at the end of a day."""

import datetime
from pathlib import Path

from sqlmodel import Session

import words
from casework.core.act import By
from casework.core.files_out import Taken, Tray, mark, take_out
from casework.core.office import Office
from casework.core.office_settings import settings_of
from casework.core.refused import Refused
from casework.outgoing import beancount_ledger, voucher_ledger
from papers.ledgers.ledger_column import Sheet

KINDS = ("voucher", "beancount")


def write_ledger(
    office: Office,
    by: str | By,
    kind: str,
    path: Path,
    *,
    at: datetime.date | None = None,
    lang: str = words.DEFAULT,
) -> int:
    """Act `export`: write the ledger of a kind as it stood at the end of a day (today, where none is given):
    a workbook, or for `beancount` the text of all transactions for the days until then.

    Returns:
        The number of rows; of transactions.

    Raises:
        Refused: `refused.ledger_kind`.
    """
    if kind not in KINDS:
        raise Refused("refused.ledger_kind", kind=kind, known=KINDS)
    from papers.ledgers.ledger_workbook import write_ledger as write  # late: a page that offers it needs none

    on = at or office.today()
    written: list[int] = []

    def make(session: Session, tray: Tray) -> Taken:
        if kind == "beancount":
            written.append(_beancount(session, office, tray.draft(path), on, lang))
            return Taken(f"ledger {kind}", {"kind": kind, "at": on, "rows": written[0]})
        lines = voucher_ledger.voucher_lines(office, session, on, lang)
        columns = voucher_ledger.columns(office, session, on, lang)
        sheet = _sheet(session, office, kind, on, lang)
        written.append(write(tray.draft(path), columns, lines, sheet))
        return Taken(f"ledger {kind}", {"kind": kind, "at": on, "rows": written[0]})

    take_out(office, by, make)
    return written[0]


def _beancount(session: Session, office: Office, draft: Path, on: datetime.date, lang: str) -> int:
    """Write the books as Beancount text; how many transactions."""
    title = words.say("ledger.beancount.title", lang)
    notes = (
        words.say("ledger.office", lang, office=settings_of(session).name),
        words.say("ledger.as_of", lang, at=on),
        words.say("ledger.beancount.by_day", lang),
        mark(office, lang),
    )
    count = 0
    with draft.open("w", encoding="utf-8", newline="\n") as file:
        for piece in beancount_ledger.text(session, on, title, tuple(filter(None, notes)), lang):
            count += "\n  journal: " in piece
            file.write(piece)
    return count


def _sheet(session: Session, office: Office, kind: str, on: datetime.date, lang: str) -> Sheet:
    title = words.say(f"ledger.{kind}.title", lang)
    notes: tuple[str, ...] = (
        words.say("ledger.office", lang, office=settings_of(session).name),
        words.say("ledger.as_of", lang, at=on),
        words.say("ledger.unit", lang),
    )
    count, quota_fen = voucher_ledger.gone(session, on)
    if count:
        notes += (words.say("ledger.gone", lang, count=count, quota_fen=quota_fen),)
    made_at = datetime.datetime.combine(on, datetime.time(18))
    frozen, notice = voucher_ledger.FROZEN, mark(office, lang)
    return Sheet(title, title, made_at, notes=notes, notice=notice, frozen=frozen, lang=lang)
