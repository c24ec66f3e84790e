"""Packs and supplements: two people, and what confirming means."""

import pytest
from sqlalchemy.exc import DatabaseError

from tests.models.filler import AT, Filler


@pytest.mark.parametrize("table", ["pack", "supplement"])
def test_who_proposed_can_not_confirm(fill: Filler, table: str) -> None:
    one, other = fill("person")["id"], fill("person")["id"]
    given = {"state": "confirmed", "confirmed_at": AT, "proposed_by_id": one}
    with pytest.raises(DatabaseError, match="two_people"):
        fill(table, confirmed_by_id=one, **given)
    fill(table, confirmed_by_id=other, **given)


@pytest.mark.parametrize("table", ["pack", "supplement"])
def test_confirmed_means_that_it_says_when(fill: Filler, table: str) -> None:
    with pytest.raises(DatabaseError, match="confirmed"):
        fill(table, state="confirmed")
    with pytest.raises(DatabaseError, match="confirmed"):
        fill(table, state="proposed", confirmed_at=AT)


def test_a_pack_is_stored_once_by_its_bytes_and_one_text_of_a_version_is_in_force(fill: Filler) -> None:
    fill("pack", scheme="a", version="1", sha256="1" * 64)
    with pytest.raises(DatabaseError, match="UNIQUE"):
        fill("pack", scheme="a", version="2", sha256="1" * 64)
    with pytest.raises(DatabaseError, match="UNIQUE"):
        fill("pack", scheme="a", version="1", sha256="2" * 64)
    for number, state in ((3, "confirmed"), (4, "replaced"), (5, "replaced")):
        fill("pack", scheme="a", version="1", sha256=f"{number}" * 64, state=state, confirmed_at=AT)
    with pytest.raises(DatabaseError, match="UNIQUE"):
        fill("pack", scheme="a", version="1", sha256="6" * 64, state="confirmed", confirmed_at=AT)


def test_intervals_are_half_open_and_not_empty(fill: Filler) -> None:
    with pytest.raises(DatabaseError, match="interval"):
        fill("pack", in_force_from="2026-01-01", in_force_until="2026-01-01")
    with pytest.raises(DatabaseError, match="revoked"):
        fill("supplement", state="revoked", confirmed_at=AT)
