"""A check that can't be done is a check that failed, with its reason; the ones beside it go on."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import NoResultFound
from sqlmodel import Session

import words
from casework.audit import one_check, verify
from casework.audit.one_check import Check, looked
from casework.core.office import Office
from models.faults import OfficeFault
from models.time_limit import TookTooLong


def ends_with(error: BaseException) -> Callable[[Session], Check]:
    def look(session: Session) -> Check:
        raise error

    return look


def deep(session: Session) -> Check:
    json.loads("[" * 100_000)
    raise AssertionError


def for_ever(session: Session) -> Check:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    session.connection().exec_driver_sql(endless).all()
    raise AssertionError


@pytest.mark.parametrize(
    ("look", "reason"),
    [
        (ends_with(MemoryError()), "too_big"),
        (ends_with(OverflowError("Python int too large to convert to SQLite INTEGER")), "number"),
        (ends_with(NoResultFound("No row was found when one was required")), "missing"),
        (ends_with(KeyError("sha256")), "missing"),
        (ends_with(UnicodeDecodeError("utf-8", b"x", 0, 1, "invalid")), "text"),
        (ends_with(ValueError("no day: '2026-02-31'")), "value"),
        (ends_with(TookTooLong("120 s")), "too_long"),
        (ends_with(OfficeFault("office.damaged", path="x")), "damaged"),
        (ends_with(RuntimeError()), "other"),
        (deep, "too_deep"),
        (lambda session: json.loads("{"), "json"),
        (lambda session: session.execute(text("SELECT * FROM nowhere")), "table"),
        (lambda session: session.execute(text("SELECT absent FROM office")), "column"),
        (
            lambda session: session.execute(text("SELECT sum(9223372036854775807) FROM sqlite_master")),
            "number",
        ),
        (lambda session: session.execute(text("SELECT json('x')")).all(), "json"),
    ],
)
def test_what_ends_a_check_is_its_reason(
    office: Office, look: Callable[[Session], Check], reason: str
) -> None:
    with office.read() as session:
        check = looked(session, "some", look)
        after = looked(session, "office", verify.CHECKS["office"])
    assert (check.name, check.ok, check.undone) == ("some", False, f"verify.why.{reason}")
    assert after.ok, "the next one goes on"
    for lang in words.LANGUAGES:
        assert check.say(lang) != check.say("en" if lang == "zh" else "zh")


def test_a_check_ends_after_its_time(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.time_limit.time_for", lambda session, least: 0.3)
    with office.read() as session:
        assert looked(session, "some", for_ever).undone == "verify.why.too_long"
        assert looked(session, "office", verify.CHECKS["office"]).ok, "the limit is its own"


def test_a_fault_of_any_length_is_shown_short_and_without_escapes() -> None:
    said = Check("rows", 1, ("\x1b[2J" + "x" * 100_000,)).say("en")
    assert len(said) < 1_000 and "\x1b" not in said


def test_a_server_that_is_gone_ends_all_of_them(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_check, "why", lambda fault: ("office.no_server", ""))
    with office.read() as session, pytest.raises(OfficeFault, match=r"office\.no_server"):
        looked(session, "some", ends_with(RuntimeError()))
