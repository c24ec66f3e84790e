"""What a calculation came to, in counts and in what a person should look at."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from casework.cases.confirmed_codes import Confirmed
from rules import creditcode
from rules.money import yuan

MOST_ROWS = 100
"""Rows that can't be read and are named; the others are counted."""


class UnreadableRow(NamedTuple):
    """A row with cells that can't be read: its place among the rows, its case, the columns' headings."""

    row: int
    case: str
    columns: list[str]


@dataclass(slots=True)
class Summary:
    """What a calculation came to. ``unreadable`` counts the blocked rows with a cell that can't be read,
    ``hidden`` are the rows of the input that a filter or a hand hides, ``unknown`` the headings that no rule
    of the scheme knows, ``unit_unsaid`` headings of amounts that name no unit, where other amounts of the
    file are no yuan.

    ``unread`` are headings that are known and that no rule asks, ``lacking`` the pack's own facts that no
    column tells, by their titles, ``unknown_years`` those in which working days were asked for and whose
    holidays the calendar does not have.
    ``far_out`` says by heading in how many rows an amount looks like yuan under a heading in 万元;
    ``alike`` are pairs of contracts that share a cap as one and may be two.
    ``confirmed`` are the codes that a person let in, with the reasons; ``by_code`` in how many rows each is.
    ``unreadable_rows`` are the first of those rows, each with its place among the rows, its case and the
    headings of the columns that can't be read; ``to_confirm`` codes whose check character alone does not fit.
    """

    rows: int = 0
    awarded: int = 0
    refused: int = 0
    blocked: int = 0
    unreadable: int = 0
    award_fen: int = 0
    seconds: float = 0.0
    unreadable_rows: list[UnreadableRow] = field(default_factory=list)
    to_confirm: dict[str, None] = field(default_factory=dict)
    hidden: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()
    unit_unsaid: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    unknown_years: set[int] = field(default_factory=set)
    far_out: dict[str, int] = field(default_factory=dict)
    alike: tuple[str, ...] = ()
    confirmed: Confirmed = field(default_factory=dict)
    by_code: Counter[str] = field(default_factory=Counter)

    def not_read(self, said: Mapping[str, str], columns: Mapping[str, str]) -> None:
        """Counts the row at hand as one that can't be read.

        Args:
            said: its case and applicant as they stand there, where the file has them.
            columns: the facts that can't be read, with their headings.
        """
        self.unreadable += 1
        code = said.get("applicant", "") if "applicant" in columns else ""
        if creditcode.fault(creditcode.normalise(code)) == "check_digit":
            self.to_confirm[code] = None
        if len(self.unreadable_rows) < MOST_ROWS:
            row = UnreadableRow(self.rows, said.get("case", ""), list(columns.values()))
            self.unreadable_rows.append(row)

    def as_json(self) -> dict[str, Any]:
        """For programs; the sum of all awards in yuan."""
        counts = {
            name: getattr(self, name) for name in ("rows", "awarded", "refused", "blocked", "unreadable")
        }
        told = {**counts, "award": yuan(self.award_fen), "seconds": round(self.seconds, 3)}
        let_in = [
            {"applicant": code, "rows": self.by_code[code], "reason": reason}
            for code, reason in self.confirmed.items()
        ]
        told |= {"confirmed": let_in} if let_in else {}
        if self.unreadable_rows:
            told["unreadable_rows"] = [one._asdict() for one in self.unreadable_rows]
        told |= {"to_confirm": list(self.to_confirm)} if self.to_confirm else {}
        told |= {"unknown": list(self.unknown)} if self.unknown else {}
        told |= {"unit_unsaid": list(self.unit_unsaid)} if self.unit_unsaid else {}
        told |= {"unread": list(self.unread)} if self.unread else {}
        told |= {"lacking": list(self.lacking)} if self.lacking else {}
        told |= {"unknown_years": sorted(self.unknown_years)} if self.unknown_years else {}
        told |= {"far_out": self.far_out} if self.far_out else {}
        told |= {"contracts_alike": list(self.alike)} if self.alike else {}
        return told | ({"hidden": list(self.hidden)} if self.hidden else {})
