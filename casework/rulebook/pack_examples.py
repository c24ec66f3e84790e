"""The example cases of a pack as people read them: what each shows, what it expects, and whether it holds."""

import csv
from collections.abc import Iterator
from typing import NamedTuple

from casework.core.holidays import calendar
from casework.core.office import Office
from casework.rulebook.adoption import examples_of
from casework.rulebook.packs import find
from rules import money
from rules.examples import Difference, run
from rules.pack import load
from rules.policy import Policy


class Example(NamedTuple):
    """One example. `differs` names what came out otherwise, by column (empty: all as expected)."""

    number: str
    note: str
    amount_fen: int | None
    status: str
    award_fen: int | None
    why: str
    differs: tuple[str, ...]


def told(office: Office, ref: str) -> tuple[Example, ...]:
    """The examples that are kept with a pack of the office, each decided again.

    Raises:
        Refused: `refused.no_such_pack`.
    """
    with office.read() as session:
        row = find(session, ref)
        text, pack = examples_of(session, row), load(bytes(row.canonical).decode())
    return tuple(read(Policy(pack, calendar=calendar()), text)) if text else ()


def read(policy: Policy, text: str) -> Iterator[Example]:
    """The examples of a text, each decided again."""
    found: dict[int, list[Difference]] = {}
    for difference in run(policy, text):
        found.setdefault(difference.row, []).append(difference)
    reader = csv.DictReader(text.removeprefix("\ufeff").splitlines(keepends=True))
    for at, cells in enumerate(reader, 1):
        reasons = cells.get("expect_reasons") or cells.get("expect_binding") or ""
        yield Example(
            cells.get("case") or str(at),
            cells.get("note") or "",
            _fen(cells.get("contract_amount")),
            cells.get("expect_status") or "",
            _fen(cells.get("expect_award")),
            reasons,
            tuple(f"{one.column}: {one.expected} / {one.got}" for one in found.get(reader.line_num, ())),
        )


def _fen(text: str | None) -> int | None:
    try:
        return money.parse(text) if text and text.strip() else None
    except money.MoneyError:
        return None
