"""What a file holds besides one of its rows, and the office before it: read once for all rows.

Of several others that claim the same thing a row is told the first; the check of a case finds them all.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter

from sqlmodel import Session

from casework.cases.far_out import MONEY, middle_of
from casework.cases.looked_for import Other, Subject
from casework.cases.said_values import Arrival, day_text
from casework.core import many_rows
from casework.rulebook.in_force import Shelf
from rules.case_number import near_key
from rules.contract_number import number_key
from rules.plain_text import account_key, name_key

_Similar = tuple[str, int, str]
_Mine = tuple[str, int]
"""An applicant and an amount."""
_First = tuple[int | None, str]
"""The application that named a thing first, as `Other` has it: most rows name what no other does."""
_FIGURE = re.compile(r"\d")
_AMOUNTS = itemgetter(*MONEY)


class InFile:
    """The rows of a file and what the office knows of the things that they name."""

    def __init__(self, session: Session, arrivals: Sequence[Arrival], amounts: Sequence[str] = MONEY) -> None:
        self.session = session
        self.arrivals = arrivals
        self.applicants: dict[str, tuple[int | None, str]] = dict(self._applicants())
        self.accounts: dict[str, tuple[int | None, str]] = dict(self._accounts())
        stored = not many_rows.is_empty(session, "application")
        self.contracts: dict[str, _First] = dict(self._contracts()) if stored else {}
        self.similar: dict[_Similar, tuple[_First, str, str]] = dict(self._similar()) if stored else {}
        self.mine: dict[_Mine, dict[tuple[str, str], _First]] = {}
        self.near: dict[tuple[str, str], _First] = {}
        if stored:
            self._take_mine()
        self.middle = self._middle([name for name in amounts if name not in MONEY])

    # -- what is there already -----------------------------------------------------------------------

    def _applicants(self) -> Iterator[tuple[str, tuple[int, str]]]:
        sql = "SELECT code, id, name FROM applicant WHERE code IN {values}"
        for code, number, name in many_rows.look_up(self.session, sql, self._each("applicant")):
            yield code, (number, name)

    def _accounts(self) -> Iterator[tuple[str, tuple[int, str]]]:
        """Whose an account is: the first applicant that named it. Most are stored as their key is; the others
        are too few to matter, and read at once."""
        sql = (
            "SELECT b.number, b.id, p.code FROM bank_account b JOIN applicant p ON p.id = b.applicant_id "
            "WHERE b.number IN {values}"
        )
        found = many_rows.look_up(self.session, sql, map(account_key, self._each("account")))
        written = sql.removesuffix("b.number IN {values}") + "b.number <> UPPER(REPLACE(b.number, '-', ''))"
        rows = (*found, *many_rows.read(self.session, written))
        for account, number, code in sorted(rows, key=itemgetter(1), reverse=True):
            yield account_key(account), (number, code)

    def _contracts(self) -> Iterator[tuple[str, _First]]:
        """Who claims a contract already: the first case."""
        sql = (
            "SELECT c.number_key, a.id, a.case_no FROM contract c JOIN application a ON a.contract_id = c.id "
            "WHERE c.number_key IN {values} AND a.state <> 'withdrawn' ORDER BY a.id DESC"
        )
        keys = map(number_key, self._each("contract_no"))
        for key, number, case in many_rows.look_up(self.session, sql, keys):
            yield key, (number, case)

    def _take_mine(self) -> None:
        """What the applicants have already: their first case of a number's letters and figures, and of each
        amount the first case of a signing day and a contract's key."""
        sql = (
            "SELECT p.code, v.contract_amount_fen, v.signed_on, a.id, a.case_no, v.contract_no "
            "FROM applicant p JOIN application a ON a.applicant_id = p.id JOIN application_version v "
            "ON v.application_id = a.id AND v.version = a.version WHERE p.code IN {values} "
            "AND a.state <> 'withdrawn' ORDER BY a.id"
        )
        for code, fen, day, number, case, contract in many_rows.look_up(
            self.session, sql, self._each("applicant")
        ):
            self.near.setdefault((code, near_key(case)), (number, case))
            if fen is None:
                continue
            mine = self.mine.setdefault((code, fen), {})
            mine.setdefault((day or "", number_key(contract or "")), (number, case))

    def _similar(self) -> Iterator[tuple[_Similar, tuple[_First, str, str]]]:
        """Who has a contract of a provider, amount and signing day: the first case, its contract's key and
        its applicant."""
        sql = (
            "SELECT v.provider_name, v.contract_amount_fen, v.signed_on, a.id, a.case_no, v.contract_no, "
            "v.applicant_code FROM application a JOIN application_version v "
            "ON v.application_id = a.id AND v.version = a.version "
            "WHERE v.provider_name IN {values} AND a.state <> 'withdrawn' "
            "AND v.contract_amount_fen IS NOT NULL AND v.signed_on IS NOT NULL ORDER BY a.id DESC"
        )
        for provider, fen, day, number, case, contract, code in many_rows.look_up(
            self.session, sql, self._each("provider")
        ):
            yield (name_key(provider), fen, day), ((number, case), number_key(contract or ""), code)

    def _middle(self, own: Sequence[str]) -> dict[str, int]:
        """Of each amount the middle one above zero, where enough rows say one; `own` are those that packs
        alone declare."""
        said = [_AMOUNTS(arrival.said) for arrival in many_rows.ticking(self.session, self.arrivals)]
        columns: dict[str, Iterable[int | None]] = dict(zip(MONEY, zip(*said, strict=True), strict=False))
        columns |= {name: [arrival.extra.get(name) for arrival in self.arrivals] for name in own}
        found = {}
        for name, amounts in columns.items():
            many_rows.look(self.session)
            middle = middle_of(sorted(filter(None, amounts)))
            if middle is not None:
                found[name] = middle
        return found

    def _each(self, name: str) -> Iterator[str]:
        return (value for arrival in self.arrivals if (value := arrival.said[name]))

    # -- what is asked -------------------------------------------------------------------------------

    def name_of(self, applicant: str) -> tuple[int | None, str] | None:
        """The applicant of a code, as the office or the first row of the file names it."""
        return self.applicants.get(applicant)

    def near_case_no(self, one: Subject) -> Sequence[Other]:
        """The first of the same applicant whose number has the same letters and figures, and other marks."""
        first = self.near.setdefault((one.values["applicant"], near_key(one.case)), (None, one.case))
        return () if first[1] == one.case else (Other(*first),)

    def same_contract(self, one: Subject) -> Sequence[Other]:
        """The first that claims the same contract."""
        key = number_key(one.values["contract_no"] or "")
        if not key:
            return ()
        first = self.contracts.setdefault(key, (None, one.case))
        return () if first[1] == one.case else (Other(*first),)

    def same_invoice(self, one: Subject) -> Sequence[Other]:
        """Invoices come later than applications."""
        return ()

    def same_paper(self, one: Subject) -> Sequence[Other]:
        """Papers come later than applications."""
        return ()

    def same_account(self, one: Subject) -> Sequence[tuple[int | None, str]]:
        """The first applicant that named the same account."""
        account = one.values["account"]
        if not account:
            return ()
        first = self.accounts.setdefault(account_key(account), (None, one.values["applicant"]))
        return () if first[1] == one.values["applicant"] else (first,)

    def likely_same_contract(self, one: Subject) -> Sequence[Other]:
        """The first of the same applicant with the same amount and another number, or both with none, that no
        signing day tells apart."""
        values = one.values
        fen, day = values["contract_amount"], values["signed_on"]
        if fen is None:
            return ()
        written, key = "" if day is None else day_text(day), number_key(values["contract_no"] or "")
        mine = self.mine.setdefault((values["applicant"], fen), {})
        alike = (
            first
            for (on, other), first in mine.items()
            if first[1] != one.case and not (other == key != "") and (not on or not written or on == written)
        )
        found = next(alike, None)
        mine.setdefault((written, key), (None, one.case))
        return () if found is None else (Other(*found),)

    def similar_contract(self, one: Subject) -> Sequence[Other]:
        """The first of another applicant with another contract of the same provider, amount and signing day.

        Two numbers of one series (HT-2026-001 and HT-2026-002) are two contracts of a standard offer as
        often as not: a file of them is not told by itself, the check of a case finds them.
        """
        values = one.values
        provider, fen, day = values["provider"], values["contract_amount"], values["signed_on"]
        if not provider or fen is None or day is None:
            return ()
        key = number_key(values["contract_no"] or "")
        what = name_key(provider), fen, day_text(day)
        mine = (None, one.case), key, values["applicant"]
        first, other_key, applicant = self.similar.setdefault(what, mine)
        own = first[1] == one.case or applicant == values["applicant"]
        return () if own or _series(other_key) == _series(key) else (Other(*first),)

    def mostly_below(self, one: Subject, field: str, fen: int) -> bool:
        """Whether most amounts of this field in the file are so low."""
        return fen >= self.middle.get(field, fen + 1)

    def name(self, one: Subject) -> None:
        """An applicant that is new is called as its first row calls it."""
        self.applicants.setdefault(one.values["applicant"], (None, one.values["applicant_name"]))


def _series(key: str) -> str:
    """What the numbers of one series have in common: all but their figures."""
    return _FIGURE.sub("0", key)


def stated_budget(
    shelf: Shelf, scheme: str, today: datetime.date
) -> Callable[[datetime.datetime, datetime.date | None], int | None]:
    """The year's budget of a scheme as its pack states it, by when a case applied and when it signed."""
    known: dict[tuple[datetime.date, datetime.date | None], int | None] = {}
    by_signing = any(pack.chosen_by != "applied_at" for pack in shelf.bare_packs() if pack.id == scheme)

    def of(applied_at: datetime.datetime, signed_on: datetime.date | None) -> int | None:
        key = applied_at.date(), signed_on if by_signing else None
        if key not in known:
            chosen = shelf.policy(scheme, {"applied_at": applied_at, "signed_on": signed_on}, today)
            known[key] = None if chosen is None else chosen.policy.budget_amount_fen
        return known[key]

    return of
