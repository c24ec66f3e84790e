"""What money rests on: rows that an act read and did not write, as they were when it moved money.

Who changes a row, lets an act happen and changes it back leaves every row as its last image has it. So the
entry of an act that decides or moves money also holds a hash over the rows that such an act rests on: those
of its cases, of their applicants and contracts, of the person who acts, and the office's registers. `verify`
holds that they were then what the log says of them (`casework.core.rows_compared`): a provider's admission
planted for one decision, an objection that was away for one approval, a role lent for an hour are found.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlmodel import Session

from casework.core.row_images import Images, over
from models import images, metadata
from models.guards import UNDELETED
from models.images import Key

MONEY = ("approval", "decision", "ledger_entry", "voucher")
"""Tables: an act that adds a row to one of them decides or moves money."""

REGISTERS = ("admission", "pack", "provider", "round", "supplement")
"""Tables that a decision rests on as a whole."""

_OF_CASE = tuple(table for table in UNDELETED if "application_id" in metadata.tables[table].columns)


class Part(NamedTuple):
    """Rows of some tables: those whose column has one of the values; without a column, all."""

    column: str
    values: tuple[int, ...]
    tables: tuple[str, ...]


def parts(session: Session, found: Images, said: Mapping[str, Any], person_id: int | None) -> list[Part]:
    """What an act rests on that left these images; nothing where it moved no money."""
    if person_id is None or not any("added" in found.get(table, ()) for table in MONEY):
        return []
    cases = {key for key, _, _ in found.get("application", {}).get("changed", ())}
    cases |= {int(number) for number in said.get("ids", {}).get("application", ())}
    whole = ("publicity", *(REGISTERS if "decision" in found else ()))
    rested = [Part("id", (person_id,), ("person",)), Part("person_id", (person_id,), ("person_role",))]
    if cases:
        listed = ", ".join(map(str, sorted(cases)))
        sql = f"SELECT applicant_id, contract_id FROM application WHERE id IN ({listed})"
        rows = session.connection().exec_driver_sql(sql).all()
        applicants = tuple(sorted({applicant for applicant, _ in rows}))
        contracts = tuple(sorted({contract for _, contract in rows if contract is not None}))
        rested += [
            Part("application_id", tuple(sorted(cases)), _OF_CASE),
            Part("applicant_id", applicants, ("recusal",)),
            Part("id", applicants, ("applicant",)),
            Part("id", contracts, ("contract",)),
        ]
    return [*rested, Part("", (), whole)]


Rests = list[tuple[str, tuple[int, ...], dict[str, str]]]


def taken(session: Session, rested: Sequence[Part], secret: bytes) -> Rests:
    """The hashes over these rows, as they stand in the log's entry: for each part its column, its values, and
    of each table the hash; "" of none."""
    tables = images.of(session.connection())
    digests: dict[tuple[int, str], dict[Key, bytes]] = {}
    wanted = [
        (place, name, part.column, part.values) for place, part in enumerate(rested) for name in part.tables
    ]
    for place, name, key, image in images.read_together(session.connection(), wanted):
        digests.setdefault((place, name), {})[key] = tables[name].digests(secret, [image])[0]
    return [
        (part.column, part.values, {name: hashed(digests.get((place, name), {})) for name in part.tables})
        for place, part in enumerate(rested)
    ]


def hashed(digests: Mapping[Key, bytes]) -> str:
    """One hash over rows, by their keys, at the length that a row's digest has."""
    return over(digests[key] for key in sorted(digests))[: 2 * images.DIGEST] if digests else ""
