"""Applicants and providers."""

import pytest
from sqlalchemy.exc import DatabaseError

from tests.models.filler import Filler


def test_one_applicant_a_code(fill: Filler) -> None:
    fill("applicant", code="91440300MA50050230")
    with pytest.raises(DatabaseError, match="UNIQUE"):
        fill("applicant", code="91440300MA50050230")


def test_an_admission_ends_after_it_begins(fill: Filler) -> None:
    with pytest.raises(DatabaseError, match="interval"):
        fill("admission", from_on="2026-05-01", until_on="2026-05-01")
    fill("admission", from_on="2026-05-01", until_on=None)


def test_an_account_number_is_text_and_keeps_its_zeros(fill: Filler) -> None:
    fill("bank_account", number="0045003")
    assert fill.connection.exec_driver_sql("SELECT number FROM bank_account").scalar() == "0045003"
