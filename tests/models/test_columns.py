"""Moments, days and answers: one stored form each, and nothing else gets in."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.exc import DatabaseError, StatementError

from models import Applicant
from models.columns import moment_of, moment_text
from models.engine import Store
from tests.models.filler import Filler

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
MOMENTS = st.datetimes(
    datetime.datetime(1949, 10, 1), datetime.datetime(9000, 1, 1), timezones=st.just(SHANGHAI)
)


@given(MOMENTS, MOMENTS)
def test_moments_sort_as_text_and_come_back(one: datetime.datetime, other: datetime.datetime) -> None:
    assert moment_of(moment_text(one)) == one
    assert (moment_text(one) < moment_text(other)) == (one < other)
    assert len(moment_text(one)) == 27


def test_a_moment_of_shanghai_is_stored_in_utc() -> None:
    at = datetime.datetime(2026, 5, 6, 9, 56, tzinfo=SHANGHAI)
    assert moment_text(at) == "2026-05-06T01:56:00.000000Z"


def _applicant(**given: Any) -> Any:
    values = {"code": "c", "name": "n", "created_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)}
    return insert(Applicant).values(**{**values, **given})


@pytest.mark.parametrize(
    "wrong",
    [
        {"created_at": datetime.datetime(2026, 1, 1)},
        {"created_at": datetime.date(2026, 1, 1)},
        {"created_at": "2026-01-01"},
        {"founded_on": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)},
        {"founded_on": "2026-01-01"},
    ],
    ids=repr,
)
def test_a_naive_moment_or_a_moment_for_a_day_is_refused(store: Store, wrong: dict[str, Any]) -> None:
    with store.write() as session, pytest.raises(StatementError):
        session.execute(_applicant(**wrong))


def test_an_answer_is_yes_no_or_nothing(fill: Filler) -> None:
    for answer in (0, 1, None):
        fill("application_version", related_party=answer, version=1, application_id=fill("application")["id"])
    with pytest.raises(DatabaseError, match="related_party_form"):
        fill("application_version", related_party=2, application_id=fill("application")["id"])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("created_at", "2026-01-01 00:00:00"),
        ("created_at", "2026-01-01T00:00:00.000000+08:00"),
        ("founded_on", "2026/01/01"),
        ("founded_on", "2026-1-1"),
    ],
)
def test_other_forms_of_time_are_refused_by_the_file(fill: Filler, column: str, value: str) -> None:
    with pytest.raises(DatabaseError, match=f"ck_applicant_{column}_form"):
        fill("applicant", **{column: value})


def test_a_hash_has_its_length(fill: Filler) -> None:
    with pytest.raises(DatabaseError, match="sha256_form"):
        fill("content", sha256="abc")
