"""Vouchers."""

import pytest
from sqlalchemy.exc import DatabaseError

from tests.models.filler import Filler


def test_no_more_is_used_than_the_quota(fill: Filler) -> None:
    fill("voucher", quota_fen=100, used_fen=100)
    with pytest.raises(DatabaseError, match="quota"):
        fill.connection.exec_driver_sql("UPDATE voucher SET used_fen = 101")


def test_one_voucher_a_decision_and_a_code(fill: Filler) -> None:
    row = fill("voucher")
    with pytest.raises(DatabaseError, match="UNIQUE"):
        fill("voucher", decision_seq=row["decision_seq"])
    other = fill("decision")["seq"]
    with pytest.raises(DatabaseError, match="UNIQUE"):
        fill("voucher", decision_seq=other, code=row["code"])
    fill("voucher", decision_seq=other)


def test_a_voucher_is_valid_from_its_issue(fill: Filler) -> None:
    with pytest.raises(DatabaseError, match="valid"):
        fill("voucher", issued_on="2026-06-01", valid_until="2026-05-31")
