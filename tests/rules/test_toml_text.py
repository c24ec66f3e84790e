"""Where each key of a pack stands, and the one text that is stored of it."""

import tomllib
from datetime import date, datetime, time
from time import monotonic
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.toml_text import MOST_PARTS, canonical, data_of, pieces, places
from tests.rules.desk import SHIPPED

TEXT = '''# 说明 [not.a.table] = "x"
id = "a" # 后面还有 [ { "
"quoted \\"key\\"" = 1
'single' = 2
dotted.inner = 3

[office]   # [还不是表]
days = { value = 5, article = "第1条 ]" }
long = """第一行 # 不是注释
[[也不是表]] \\"""
第三行"""
raw = \'\'\'a\\'\'\'

[[tier]]
id = "one"
bands = [
    { up_to = "1.00", rate = "0.5" }, # 第一段 }
    { rate = "0.2" },
]
[[tier]]
id = "two"
[[tier.sub]]
deep = [1, [2, 3]]
[tier.other]
x = 2026-05-06T00:00:00
'''


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("id",), (2, 1)),
        (('quoted "key"',), (3, 1)),
        (("single",), (4, 1)),
        (("dotted", "inner"), (5, 1)),
        (("office",), (7, 1)),
        (("office", "days"), (8, 1)),
        (("office", "days", "value"), (8, 10)),
        (("office", "days", "article"), (8, 21)),
        (("office", "long"), (9, 1)),
        (("office", "raw"), (12, 1)),
        (("tier", 0), (14, 1)),
        (("tier", 0, "bands", 0), (17, 5)),
        (("tier", 0, "bands", 1, "rate"), (18, 7)),
        (("tier", 1, "id"), (21, 1)),
        (("tier", 1, "sub", 0, "deep", 1, 0), (23, 13)),
        (("tier", 1, "other", "x"), (25, 1)),
    ],
)
def test_every_key_has_its_line_and_column(path: tuple[str | int, ...], place: tuple[int, int]) -> None:
    tomllib.loads(TEXT)
    assert places(TEXT)[path] == place


def every_path(data: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    if isinstance(data, dict):
        for key, value in data.items():
            found += every_path(value, (*path, key))
    if isinstance(data, list):
        for number, value in enumerate(data):
            found += every_path(value, (*path, number))
    return found


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_key_of_a_shipped_pack_is_found_on_its_line(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    where = places(text)
    for key in every_path(tomllib.loads(text)):
        line, column = where[key]
        name = key[-1]
        if isinstance(name, str):
            assert lines[line - 1][column - 1 :].lstrip("[").startswith(name)


def test_equal_values_give_equal_bytes_whatever_the_authors_hand() -> None:
    one = tomllib.loads('b = 1\na = "x" # c\n[t]\ny = 1\nx = { q = 1, p = 2 }\n')
    other = tomllib.loads('a = """x"""\nb = 0x1\nt = { x.p = 2, x.q = 1, y = 1 }')
    assert canonical(one) == canonical(other)
    assert canonical(one) == b'a = "x"\nb = 1\n\n[t]\nx = {p = 2, q = 1}\ny = 1\n'


@pytest.mark.parametrize(
    "value",
    [
        {"a": "一\t\n\\\"'\x01\x7f\u2028𝄞"},
        {"a": [1, [2, "3"]], "b": [], "c": {}, "d": [{}]},
        {"a": date(2026, 5, 6), "b": datetime(2026, 5, 6, 17, 0, 0, 5), "c": time(9, 30)},
        {"t": [{"x": 1}, {"y": [{"z": True}]}], "with space": {"k ü": False}},
        {"": 1, '"': 2, "#": 3},
    ],
)
def test_canonical_bytes_read_back_as_the_same_values(value: dict[str, Any]) -> None:
    written = canonical(value)
    assert tomllib.loads(written.decode()) == value
    assert canonical(tomllib.loads(written.decode())) == written


LEAVES = st.one_of(
    st.booleans(),
    st.integers(-(2**62), 2**62),
    st.text(st.characters(codec="utf-8")),
    st.dates(date(1000, 1, 1)),
    st.datetimes(datetime(1000, 1, 1)),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("ab\"' é\\", max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text("xyz-_ \"'\\", max_size=4), VALUES, max_size=5))
def test_any_values_read_back_and_any_order_gives_the_same_bytes(data: dict[str, Any]) -> None:
    written = canonical(data)
    assert tomllib.loads(written.decode()) == data
    assert canonical(dict(reversed(data.items()))) == written
    where = places(written.decode())
    assert set(every_path(data)) <= set(where)


def test_a_float_is_never_written() -> None:
    with pytest.raises(TypeError, match="float"):
        canonical({"rate": [0.5]})


def test_where_each_piece_begins_and_ends() -> None:
    found = pieces(TEXT)
    for path, piece in found.by.items():
        if isinstance(path[-1], str):
            assert tomllib.loads(f"x = {TEXT[piece.value : piece.end]}")["x"] is not None, path
    assert TEXT[slice(*found.by["office", "days", "value"][1:3])] == "5"
    assert TEXT[slice(*found.by["tier", 0, "bands", 1, "rate"][1:3])] == '"0.2"'
    assert TEXT[slice(*found.by["id",][1:3])] == '"a"' and found.by["id",].head == 0
    assert [path for path, _, _ in found.heads] == [
        ("office",), ("tier", 0), ("tier", 1), ("tier", 1, "sub", 0), ("tier", 1, "other"),
    ]  # fmt: skip
    assert {TEXT[start:end] for _, start, end in found.heads} == {
        "[office]", "[[tier]]", "[[tier.sub]]", "[tier.other]",
    }  # fmt: skip


ENDLESS = ".".join(["a"] * 300_000)


@pytest.mark.parametrize(
    "text",
    [
        f"{ENDLESS} = 1", f"[{ENDLESS}]", f"[[ {ENDLESS} ]]", f"x = {{ {ENDLESS} = 1 }}",
        ENDLESS.replace("a", "'a'") + " = 1", ENDLESS.replace(".", ' . "b".') + " = 1",
        "\n".join([".".join(["a"] * (MOST_PARTS + 1)) + " = 1"] * 9),
    ],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_a_key_without_end_ends_at_once(text: str) -> None:
    """The standard reader takes minutes and gigabytes for it."""
    begun = monotonic()
    with pytest.raises(RecursionError):
        data_of(text)
    assert monotonic() - begun < 5


@pytest.mark.parametrize(
    "value",
    ['\\"' * 200_000, "'" * 400_000, "a" * 400_000, ". " * 200_000, "1.2.3.4.5.6.7.8.9.10"],
    ids=lambda value: value[:6],
)
def test_what_is_no_key_is_read(value: str) -> None:
    begun = monotonic()
    read = data_of(f'a.b.c.d = "{value}"\n"x.y" = 0.5', str)
    assert read == tomllib.loads(f'a.b.c.d = "{value}"\n"x.y" = 0.5', parse_float=str)
    assert monotonic() - begun < 5
