"""What one carrier of an invoice says, before carriers are put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from papers.invoices import values
from papers.invoices.invoice import NOWHERE, Line, Place, Value

READ = {
    "kind": values.kind, "code": values.number, "number": values.number, "issued_on": values.day,
    "red": values.plain, "original": values.original, "buyer": values.name, "buyer_id": values.party_id,
    "seller": values.name, "seller_id": values.party_id, "net": values.amount, "tax": values.tax,
    "gross": values.amount, "remark": values.plain, "words": values.in_words,
}  # fmt: skip
"""How each field is read, the total in capital characters (`words`) among them."""


@dataclass(slots=True)
class Carrier:
    """Values by field, as this carrier says them; the first that can be read counts."""

    name: str
    values: dict[str, Value] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    codes: list[tuple[str, Place]] = field(default_factory=list)
    """Texts of square codes that it holds."""
    again: list[tuple[str, Any]] = field(default_factory=list)
    """Leaves that say a field once more."""
    denied: list[tuple[str, Value]] = field(default_factory=list)
    """What it says otherwise in a second place of its own."""

    def say(self, field: str, text: str, place: Place = NOWHERE) -> None:
        """Take a value as it is written, unless there is one or it can't be read as that field."""
        if field not in self.values and (read := READ[field](text)):
            self.values[field] = Value(read, "words" if field == "words" else self.name, place)

    def put(self, field: str, read: str, place: Place = NOWHERE) -> None:
        """Take a value that is read already."""
        if read:
            self.values.setdefault(field, Value(read, self.name, place))

    def text(self, field: str) -> str:
        """What it says of a field, or empty."""
        return self.values[field].text if field in self.values else ""

    @property
    def is_invoice(self) -> bool:
        """Whether it says enough for one: a number, and a sum or a day."""
        return "number" in self.values and bool({"gross", "net", "issued_on"} & self.values.keys())
