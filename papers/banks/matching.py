"""Which payment each line of an answer is about, and what has become of it.

By our reference, alone in its column or among other words where account and amount agree; where the bank
gave none back, by account, amount and purpose together, if one payment alone has them; what is less certain
is proposed to a person and changes nothing by itself. A line about a payment that another amount or account
was told of is a mismatch, whatever its status: somebody looks before a book is touched.
"""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from papers.banks import answer_values
from papers.banks.answer_line import AnswerLine
from papers.banks.payment import Payment
from rules.plain_text import narrowed

Outcome = Literal["paid", "failed", "pending", "returned", "mismatch", "twice", "unknown"]
By = Literal["reference", "account", "person", ""]
_TOKEN = re.compile(r"[0-9A-Za-z][0-9A-Za-z_/-]*")


class Matched(NamedTuple):
    """A line with its payment (None: not ours, or nobody can tell), what has become of it, how it was found,
    and the code of what a person should know of it (empty: nothing), with its parameters."""

    line: AnswerLine
    payment: Payment | None
    outcome: Outcome
    by: By
    remark: str = ""
    params: Mapping[str, object] = {}


class _Reported(NamedTuple):
    """What an earlier line said of a payment, and where."""

    file: str
    row: int
    outcome: str


def match(payments: Sequence[Payment], lines: Sequence[AnswerLine]) -> list[Matched]:
    """Every line with its payment, in the order given."""
    matcher = _Matcher(payments, lines)
    return [matcher.matched(line) for line in lines]


def unanswered(payments: Sequence[Payment], matched: Sequence[Matched]) -> list[Payment]:
    """The payments that no line tells of for certain: they are asked about, never sent again."""
    told = {each.payment.ref for each in matched if each.payment is not None and each.by != "person"}
    return [payment for payment in payments if payment.ref not in told]


def _key(text: str) -> str:
    return "".join(narrowed(text).split()).casefold()


class _Matcher:
    def __init__(self, payments: Sequence[Payment], lines: Sequence[AnswerLine]) -> None:
        self._by_ref: dict[str, list[Payment]] = defaultdict(list)
        self._by_account: dict[str, list[Payment]] = defaultdict(list)
        for payment in payments:
            self._by_ref[_key(payment.ref)].append(payment)
            self._by_account[answer_values.account(payment.account)].append(payment)
        named = [found[0] for line in lines if len(found := self._by_ref.get(_key(line.ref), [])) == 1]
        self._named = {payment.ref for payment in named}
        self._reported: dict[str, list[_Reported]] = defaultdict(list)
        self._guessed: set[str] = set()

    def matched(self, line: AnswerLine) -> Matched:
        payment, by = self._found(line)
        if payment is None:
            return Matched(line, None, "unknown", "", "not_ours")
        outcome, remark, params = self._outcome(line, payment, by)
        if by == "person":
            self._guessed.add(payment.ref)
        else:
            self._reported[payment.ref].append(_Reported(line.file, line.row, outcome))
        return Matched(line, payment, outcome, by, remark, params)

    # -- which payment -----------------------------------------------------------------------------------

    def _found(self, line: AnswerLine) -> tuple[Payment | None, By]:
        exact = self._by_ref.get(_key(line.ref), []) if line.ref else []
        if len(exact) == 1:
            return exact[0], "reference"
        within = self._within(line)
        if len(within) == 1:
            said = self._within(dataclasses.replace(line, purpose=""))
            return within[0], "reference" if said and _agrees(line, within[0]) else "person"
        return self._by_what_it_says(line)

    def _within(self, line: AnswerLine) -> list[Payment]:
        """Payments whose reference stands within other words of the line: of its reference or purpose."""
        said = _TOKEN.findall(narrowed(f"{line.ref} {line.purpose}"))
        found = {payment.ref: payment for word in said for payment in self._by_ref.get(_key(word), ())}
        return list(found.values())

    def _by_what_it_says(self, line: AnswerLine) -> tuple[Payment | None, By]:
        """By account, amount and purpose; certain only where all three are said, one payment alone has them,
        and the line names no other reference."""
        near = [each for each in self._of_account(line) if each.ref not in self._named]
        same = [each for each in near if each.amount_fen == line.amount_fen]
        whole = [each for each in same if line.purpose and _key(each.purpose) == _key(line.purpose)]
        if len(whole) == 1 and not line.ref and line.account and "*" not in line.account:
            return whole[0], "account"
        for found in (whole, same, near):
            left = [each for each in found if each.ref not in self._guessed]
            if left and (found is not near or len(near) == 1):
                return left[0], "person"
        return None, ""

    def _of_account(self, line: AnswerLine) -> list[Payment]:
        if not line.account:
            return []
        if "*" not in line.account:
            return self._by_account.get(line.account, [])
        return [
            each
            for account, found in self._by_account.items()
            if _fits(line.account, account)
            for each in found
        ]

    # -- what has become of it ---------------------------------------------------------------------------

    def _outcome(self, line: AnswerLine, payment: Payment, by: By) -> tuple[Outcome, str, dict[str, object]]:
        if remark := _differs(line, payment):
            return "mismatch", *remark
        if (first := self._already(line, payment)) is not None:
            return "twice", "twice", {"first_file": first.file, "first_row": first.row}
        if not line.outcome:
            return "unknown", "status", {"status": line.status}
        if by == "person":
            return line.outcome, "proposed", {}  # type: ignore[return-value]
        return line.outcome, "", {}  # type: ignore[return-value]

    def _already(self, line: AnswerLine, payment: Payment) -> _Reported | None:
        """The earlier line that this one says again, or that it can't follow."""
        known = [told for told in self._reported[payment.ref] if told.outcome in _FOLLOWED]
        if not known:
            return None
        last = known[-1]
        may_follow = _FOLLOWED[last.outcome] if last.file != line.file else _IN_ONE_FILE[last.outcome]
        return None if line.outcome in (*may_follow, "") else last


_FOLLOWED: Mapping[str, tuple[str, ...]] = {
    "pending": ("pending", "paid", "failed", "returned"),
    "failed": ("pending", "paid", "failed", "returned"),  # it may have been sent again
    "paid": ("returned",),
    "returned": ("pending", "paid", "failed"),
}
"""What a later answer may say of a payment after what an earlier one said; anything else is said twice."""
_IN_ONE_FILE: Mapping[str, tuple[str, ...]] = {
    "pending": ("paid", "failed", "returned"),
    "failed": (),
    "paid": ("returned",),
    "returned": (),
}


def _fits(masked: str, account: str) -> bool:
    """Whether an account is one that a bank shows with stars."""
    parts = [re.escape(part) for part in re.split(r"\*+", masked)]
    return re.fullmatch(".*".join(parts), account) is not None and sum(map(len, parts)) >= 4


def _agrees(line: AnswerLine, payment: Payment) -> bool:
    """Whether account and amount are both said and are the payment's."""
    account = answer_values.account(payment.account)
    return line.account == account and line.amount_fen == payment.amount_fen


def _differs(line: AnswerLine, payment: Payment) -> tuple[str, dict[str, object]] | None:
    """What a line says otherwise than the payment it is about."""
    if line.amount_fen is None:
        return "amount_unread", {}
    if abs(line.amount_fen) != payment.amount_fen or (line.amount_fen < 0 and line.outcome != "returned"):
        return "amount", {"asked_fen": payment.amount_fen, "told_fen": line.amount_fen}
    if line.done_fen and abs(line.done_fen) != payment.amount_fen:
        return "amount", {"asked_fen": payment.amount_fen, "told_fen": line.done_fen}
    ours = answer_values.account(payment.account)
    masked = "*" in line.account and _fits(line.account, ours)
    if line.account and line.account != ours and not masked:
        return "account", {"asked": payment.account, "told": line.account}
    return None
