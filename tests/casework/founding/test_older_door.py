"""Who brings an office of an earlier version up: one of its people, read from its tables as they are."""

from pathlib import Path

import pytest

from casework.core.refused import Refused
from casework.founding import older_door
from casework.founding.office_upgrade import bring_up
from tests import other_hand
from tests.offices import kept

NAME = "0001/every_state.office.xz"


@pytest.fixture
def older(tmp_path: Path) -> Path:
    return kept.unpacked(NAME, tmp_path)


def said(door: older_door.Older, name: str, password: str) -> str:
    with pytest.raises(Refused) as refused:
        door.sign_in(name, password)
    return refused.value.code


def test_its_people_are_let_in_by_their_passwords(older: Path) -> None:
    door = older_door.look(older)
    assert door is not None and door.people is not None
    real = door._replace(demonstration=False)
    real.sign_in("officer", "demo")
    assert [said(real, name, password) for name, password in (
        ("officer", "wrong"), ("officer", ""), ("nobody", "demo"), ("", ""),
    )] == ["refused.sign_in"] * 4  # fmt: skip
    locked = real._replace(people={"officer": (door.people["officer"][0], True)})
    assert said(locked, "officer", "demo") == "refused.locked"
    assert said(locked, "officer", "wrong") == "refused.sign_in"


def test_a_demonstration_takes_the_name_alone(older: Path) -> None:
    door = older_door.look(older)
    assert door is not None
    made_up = door._replace(demonstration=True)
    made_up.sign_in("officer", "")
    assert said(made_up, "nobody", "") == "refused.no_such_person"
    assert said(made_up, "officer", "wrong") == "refused.sign_in", "one that is given must be right"


def test_where_its_people_can_not_be_read_nobody_is_asked(older: Path) -> None:
    with other_hand.opened(older) as other:
        other.execute("ALTER TABLE person RENAME COLUMN password_hash TO hash")
    door = older_door.look(older)
    assert door == older_door.Older(None, False)
    door.sign_in("", "")


def test_one_that_is_up_to_date_is_another_door(older: Path) -> None:
    bring_up(older)
    assert older_door.look(older) is None


@pytest.mark.parametrize("logged", [True, False])
def test_no_cell_makes_a_demonstration_of_it(older: Path, logged: bool) -> None:
    with other_hand.opened(older) as other:
        for (name,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            other.execute(f"DROP TRIGGER {name}")
        other.execute("UPDATE office SET demonstration = 1")
        other.execute(
            "UPDATE log_entry SET payload = json_set(payload, '$.demonstration', json(?)) WHERE seq = 1",
            ("true" if logged else "false",),
        )
    door = older_door.look(older)
    assert door is not None and door.people and door.demonstration is logged
