"""Contents, letters and numbers."""

import pytest
from sqlalchemy.exc import DatabaseError

from tests.models.filler import AT, Filler


def test_a_content_is_as_long_as_it_says(fill: Filler) -> None:
    with pytest.raises(DatabaseError, match="ck_content_size"):
        fill("content", size=4, body=b"abc")


def test_a_number_is_given_to_one_letter(fill: Filler) -> None:
    fill("letter", series="券", year=2026, number=1)
    with pytest.raises(DatabaseError, match="UNIQUE"):
        fill("letter", series="券", year=2026, number=1)
    fill("letter", series="券", year=2027, number=1)


def test_a_voided_letter_says_why_and_keeps_its_number(fill: Filler) -> None:
    with pytest.raises(DatabaseError, match="voided"):
        fill("letter", voided_at=AT)
    fill("letter", series="a", year=1, number=1, voided_at=AT, void_reason="misprint")
    with pytest.raises(DatabaseError, match="UNIQUE"):
        fill("letter", series="a", year=1, number=1)


def test_a_paper_points_to_a_stored_content(fill: Filler) -> None:
    fill("paper")
    with pytest.raises(DatabaseError, match="FOREIGN"):
        fill("paper", content_sha256="f" * 64)
