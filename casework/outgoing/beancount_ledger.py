"""The whole ledger as Beancount text, so that other software says whether it balances.

Each transaction stands on the day that it is for. What each account stands at is asserted at the end of each
month and of the last day, by sums taken apart from the transactions: a row that were left out would be found.
"""

import datetime
import itertools
from collections.abc import Iterator
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session, col

import words
from casework.core.calendar import day_of
from casework.core.office import SHANGHAI
from casework.core.staff_names import called
from casework.money import balances
from casework.money.periods import end_of
from models import Application, Budget, LedgerEntry, Person, Voucher
from models.state_names import COUNTED
from papers.ledgers import beancount_text
from papers.ledgers.beancount_text import Posting

_DAY = datetime.timedelta(days=1)


def text(session: Session, on: datetime.date, title: str, notes: tuple[str, ...], lang: str) -> Iterator[str]:
    """The ledger until the end of a day, in pieces: a transaction is one, and tells its `journal`."""
    yield beancount_text.heading(title, notes)
    days: list[datetime.date] = []
    paths: dict[tuple[int, str], str] = {}
    found = []
    for _, lines in itertools.groupby(_entries(session, on), key=lambda row: row[0].journal):
        day, said = _transaction(list(lines), paths, lang)
        days.append(day)
        found.append((day, said))
    if not days:
        return
    yield "".join(beancount_text.opened(min(days), path) for path in sorted(paths.values())) + "\n"
    for _, said in sorted(found, key=lambda one: one[0]):
        yield said
    for day in _ends(min(days), on):
        yield from _asserted(session, day, paths)


def _entries(session: Session, on: datetime.date) -> Iterator[Any]:
    """The entries for the days until this one, with what they are about, by their transactions."""
    wanted = (
        select(LedgerEntry, col(Budget.key), col(Application.case_no), col(Voucher.code), called(Person))
        .join(Budget, col(Budget.id) == col(LedgerEntry.budget_id))
        .join(Person, col(Person.id) == col(LedgerEntry.person_id))
        .outerjoin(Application, col(Application.id) == col(LedgerEntry.application_id))
        .outerjoin(Voucher, col(Voucher.id) == col(LedgerEntry.voucher_id))
        .where(
            or_(
                col(LedgerEntry.for_day) <= on,
                col(LedgerEntry.for_day).is_(None) & (col(LedgerEntry.at) < end_of(on)),
            )
        )
        .order_by(col(LedgerEntry.journal), col(LedgerEntry.id))
        .execution_options(yield_per=500)
    )
    yield from session.execute(wanted)


def _transaction(lines: list[Any], paths: dict[tuple[int, str], str], lang: str) -> tuple[datetime.date, str]:
    """The day of a transaction, and what stands in the file; its accounts are added to `paths`."""
    first, _, case, voucher, person = lines[0]
    postings = []
    for entry, key, *_ in lines:
        path = beancount_text.account(entry.account, key, entry.budget_id)
        paths[entry.budget_id, entry.account] = path
        postings.append(Posting(path, entry.amount_fen, entry.funder))
    about = {
        "journal": first.journal,
        "act": first.act,
        "recorded": f"{first.at.astimezone(SHANGHAI):%Y-%m-%dT%H:%M:%S%z}",
        "person": person,
        "case": case,
        "decision": first.decision_seq,
        "voucher": voucher,
        "belongs": first.belongs_on,
    }
    code = f"act.{first.act}"
    says = words.say(code, lang) if words.has(code, lang) else first.act
    day = first.for_day or day_of(first.at)
    return day, beancount_text.transaction(day, says, about, postings)


def _ends(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """The last days of the months from one day to another, and that other day."""
    end = (first.replace(day=1) + 31 * _DAY).replace(day=1) - _DAY
    while end < last:
        yield end
        end = (end + 32 * _DAY).replace(day=1) - _DAY
    yield last


def _asserted(session: Session, on: datetime.date, paths: dict[tuple[int, str], str]) -> Iterator[str]:
    """What each account stands at when a day has ended."""
    numbers = {key: number for number, key in session.execute(select(col(Budget.id), col(Budget.key)))}
    for one in balances.at(session, on):
        stands = dict(zip(("available", *COUNTED), one.balance[1:], strict=True))
        stands |= dict(zip(balances.APART, one.apart, strict=True))
        stands["appropriation"] = -one.balance.appropriation_fen
        for name, fen in stands.items():
            path = paths.get((numbers[one.key], name))
            if path is not None:
                yield beancount_text.asserted(on + _DAY, path, fen)
