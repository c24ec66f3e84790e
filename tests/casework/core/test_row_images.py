"""Images: each entry of the log says what its transaction did to every row, however it was done."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from casework.core import log, row_images
from casework.core.act import By, Turn, by_itself
from casework.core.office import Office
from casework.money import cap_counters, ledger
from models import images
from tests.casework.books import do, open_budget


def last(office: Office) -> dict[str, Any]:
    """The images of the last entry of the log."""
    with office.read() as session:
        *_, (*_, payload) = log._stored(session)
    said: dict[str, Any] = json.loads(payload).get("images", {})
    return said


def test_an_act_says_what_it_added_and_what_it_changed(office: Office) -> None:
    budget = open_budget(office, 1000)
    do(office, lambda turn: ledger.reserve(turn, budget, 7))
    said = last(office)
    assert said.keys() == {"budget", "ledger_entry"}
    (changed,) = said["budget"]["changed"]
    assert changed[0] == budget
    assert len(changed[1]) == len(changed[2]) == 2 * images.DIGEST
    assert changed[1] != changed[2]
    assert said["ledger_entry"]["added"][:2] == [3, 4]


def test_rows_under_names_are_told_one_by_one(office: Office) -> None:
    do(office, lambda turn: cap_counters.use_caps(turn, ["b", "a"], 400), By("finance", request="r"))
    said = last(office)
    assert [(key, before) for key, before, _ in said["cap_use"]["changed"]] == [("a", ""), ("b", "")]
    assert [key for key, _, _ in said["request"]["changed"]] == ["r"]
    do(office, lambda turn: cap_counters.use_caps(turn, ["a"], 1))
    assert last(office)["cap_use"]["changed"][0][1] == said["cap_use"]["changed"][0][2]


@pytest.mark.parametrize(
    ("sql", "changed"),
    [
        ("UPDATE provider SET code = 'x'", {1, 2, 3}),
        ("UPDATE provider SET code = code", set()),
        ("DELETE FROM provider WHERE id > 1", {2, 3}),
        ("DELETE FROM provider", {1, 2, 3}),
        ("REPLACE INTO provider (id, name) VALUES (2, 'b2')", {2}),
        ("INSERT INTO provider (id, name) VALUES (3, 'c') ON CONFLICT DO UPDATE SET code = 'y'", {3}),
        ("INSERT OR REPLACE INTO provider (id, name) VALUES (9, 'a')", {1}),
        ("UPDATE OR REPLACE provider SET name = 'b' WHERE id = 1", {1, 2}),
    ],
)
def test_statements_in_bulk_are_seen(office: Office, sql: str, changed: set[int]) -> None:
    for name in "abc":
        given = {"name": name}
        do(office, lambda turn, given=given: run(turn, "INSERT INTO provider (name) VALUES (:name)", **given))  # type: ignore[misc]
    do(office, lambda turn: run(turn, sql))
    assert {key for key, _, _ in last(office).get("provider", {}).get("changed", ())} == changed


def run(turn: Turn, sql: str, **given: Any) -> None:
    turn.session.execute(text(sql), given)


def test_only_the_first_image_of_a_row_counts(office: Office) -> None:
    do(office, lambda turn: run(turn, "INSERT INTO provider (name) VALUES ('a')"))

    def there_and_back(turn: Turn) -> None:
        run(turn, "UPDATE provider SET name = 'b'")
        run(turn, "UPDATE OR REPLACE provider SET name = 'c'")
        run(turn, "DELETE FROM provider")
        run(turn, "INSERT INTO provider (id, name) VALUES (1, 'a')")

    do(office, there_and_back)
    assert last(office) == {}
    do(office, lambda turn: run(turn, "DELETE FROM provider"))
    assert last(office)["provider"]["changed"][0][2] == ""


def test_what_a_refused_act_touched_is_forgotten(office: Office) -> None:
    do(office, lambda turn: run(turn, "INSERT INTO provider (name) VALUES ('a')"))

    def broken(turn: Turn) -> None:
        run(turn, "UPDATE provider SET name = 'b'")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        do(office, broken)
    do(office, lambda turn: None)
    assert last(office) == {}


def test_nothing_in_an_image_is_in_clear_nor_can_be_guessed(office: Office) -> None:
    """The same contact in two offices has two digests; the same decision would have one."""
    sql = (
        "INSERT INTO applicant (code, name, created_at) VALUES ('91440300MA5T000001', '甲', "
        "'2026-01-01T00:00:00.000000Z')"
    )
    do(office, lambda turn: run(turn, sql))
    assert "91440300MA5T000001" not in json.dumps(last(office))
    with office.read() as session:
        tables = images.of(session.connection())
    one, other = b"1" * 32, b"2" * 32
    for table in tables.values():
        same = table.digests(one, [b"[1]"]) == table.digests(other, [b"[1]"])
        assert same == (table.name in images.OPEN), table.name


def test_what_the_office_changes_by_itself_is_imaged_too(office: Office) -> None:
    def count(session: Any, at: Any) -> dict[str, Any]:
        session.execute(text("UPDATE person SET failures = 1 WHERE name = 'officer'"))
        return {}

    by_itself(office, "sign_in_failed", "person officer", count)
    assert last(office).keys() == {"person"}


def test_all_rows_are_imaged_at_once(office: Office) -> None:
    with office.read() as session:
        found = row_images.all_rows(session)
    assert found["person"]["all"][0] == 9
    assert found["voucher"]["all"] == (0, row_images.over([]))
    assert found.keys().isdisjoint(images.LEFT_OUT)
