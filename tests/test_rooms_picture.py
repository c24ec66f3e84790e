"""The picture of the rooms is what the imports give."""

from pathlib import Path

import pytest

from docs import draw_rooms
from tests.tree import ROOMS


def tree(root: Path, files: dict[str, str]) -> Path:
    """A program of three rooms, with what each file imports."""
    for room in ("words", "papers", "desktop"):
        files.setdefault(f"{room}/__init__.py", f'"""The {room}: of a house.\n\nMore."""\n')
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_the_committed_picture_is_what_the_imports_give() -> None:
    assert draw_rooms.PICTURE.read_text(encoding="utf-8") == draw_rooms.draw(), "make rooms draws it anew"


def test_every_room_is_in_it() -> None:
    assert set(draw_rooms.ROOMS) == set(ROOMS)
    inside = {room for room in ROOMS if len(draw_rooms.inner(draw_rooms.ROOT, room)) > 1}
    assert {room for column in draw_rooms.COLUMNS for room in column if room} == inside


def test_every_room_says_what_it_is() -> None:
    rooms = [*ROOMS, *(name for room in ROOMS for name in draw_rooms.inner(draw_rooms.ROOT, room))]
    assert [name for name in rooms if not draw_rooms.about(draw_rooms.ROOT, name)] == []


def test_an_import_more_is_a_line_more(tmp_path: Path) -> None:
    """A planted fault: a room uses another one past what is drawn."""
    names = ("words", "papers", "desktop")
    root = tree(tmp_path, {"papers/letter.py": "from words import say", "desktop/page.py": "import words"})
    before = draw_rooms.uses(root, names)
    assert draw_rooms.needed(before) == [("desktop", "words"), ("papers", "words")]
    assert draw_rooms.floors(before) == [["words"], ["desktop", "papers"]]
    tree(root, {"desktop/viewer.py": "from papers.letter import draw\n"})
    after = draw_rooms.uses(root, names)
    assert draw_rooms.needed(after) == [("desktop", "papers"), ("papers", "words")]
    assert draw_rooms.floors(after) == [["words"], ["papers"], ["desktop"]]


def test_a_line_goes_round_the_rooms_between() -> None:
    none: frozenset[str] = frozenset()
    use = {"a": frozenset({"b", "d"}), "b": frozenset({"c"}), "c": none, "d": none}
    made = draw_rooms.house(use)
    assert [set(row) for row in made.rows] == [{"a"}, {"b", ("a", "d")}, {"c", "d"}]
    middles = draw_rooms.places(made.rows)
    assert abs(middles["b", 1] - middles[("a", "d"), 1]) > draw_rooms.WIDE / 2


def test_rooms_that_use_each_other_in_a_circle_have_no_floor() -> None:
    with pytest.raises(ValueError, match="circle"):
        draw_rooms.floors({"a": frozenset({"b"}), "b": frozenset({"a"})})


def test_what_a_room_is_stands_in_its_first_words(tmp_path: Path) -> None:
    assert draw_rooms.about(tree(tmp_path, {}), "papers") == "The papers"
