"""What an application says: as it is stored, and by what it is known again."""

import pytest

from casework.cases.field_table import COLUMNS
from casework.cases.field_table import SAID as SAID_FIELDS
from casework.cases.said_values import HASHED, Arrival, fingerprint, stored
from tests.casework.said import FULL, SAID


def test_a_row_is_stored_as_the_tables_hold_it() -> None:
    row = dict(zip(COLUMNS.values(), stored(SAID), strict=True))
    assert row["applied_at"] == "2026-05-20T01:30:00.000000Z"
    assert (row["contract_amount_fen"], row["related_party"], row["provider_admitted"]) == (100, 0, None)
    assert row["applicant_code"] == "91440300MA50050230"


@pytest.mark.parametrize(
    "change", [{"phone": "1"}, {"contract_amount": 101}, {"related_party": None}, {"bank": "x"}]
)
def test_any_other_word_is_another_fingerprint(change: dict[str, object]) -> None:
    other = {**SAID, **change}
    prints = {fingerprint(Arrival(1, "A", said), stored(said)) for said in (SAID, other)}
    assert len(prints) == 2
    extra = Arrival(1, "A", SAID, {"model_filed": True})
    assert fingerprint(extra, stored(SAID)) != fingerprint(Arrival(9, "B", SAID), stored(SAID))


def test_a_fingerprint_is_what_offices_keep_of_their_files() -> None:
    """It must never change: every row of the next file would be a new version of its case."""
    assert fingerprint(Arrival(1, "A", SAID), stored(SAID)) == (
        "70cfcf87211c6a87ef137df476256dcb895fa77adc69af035e363bf24de86d35"
    )
    assert fingerprint(Arrival(1, "A", FULL, {"model_filed": True}), stored(FULL)) == (
        "46fd63e29c5da28d3d8e2d627dcada88b35127a4a2f39955dbfcd96d1ae5c2e3"
    )
    assert set(HASHED) <= set(SAID_FIELDS)
