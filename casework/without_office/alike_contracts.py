"""Contracts of one applicant in a file that is calculated without an office which share a cap as one contract
and may be two: ``HT-1-11`` and ``HT-11-1``. In an office the finding `same_contract` asks about them.
"""

from collections.abc import Mapping, Sequence

from rules.contract_number import may_be_two, number_key
from rules.facts import Value
from rules.pack import Pack

MOST_NAMED = 20
"""So many pairs are named."""


class AlikeContracts:
    """The contracts of a file as its rows stream by; none where no cap is one of a contract."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self.counted = any("contract" in cap.per for pack in packs for cap in pack.caps)
        self.first: dict[tuple[Value, str], str] = {}
        self.pairs: dict[str, None] = {}

    def take(self, facts: Mapping[str, Value]) -> None:
        """The contract of one row."""
        number = facts.get("contract_no")
        if not isinstance(number, str):
            return
        first = self.first.setdefault((facts.get("applicant"), number_key(number)), number)
        if first != number and len(self.pairs) < MOST_NAMED and may_be_two(first, number):
            self.pairs[f"{first} / {number}"] = None
