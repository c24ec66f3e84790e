"""One place of a pack's text changed, and every other byte as it was."""

import tomllib

import pytest

from casework.rulebook import pack_text
from rules.toml_text import Path

TEXT = """# 头
id = "a" # 编号
in_force = { from = 2026-01-01, article = "第一条" }

# 一
[[tier]]
id = "one"
when = { fact = "x", is = "yes" }

# 二
[[tier]]
id = "two"
[tier.when]
fact = "y" # 说明
is = "no"

[office]
days = { value = 5 }
"""


@pytest.mark.parametrize(
    ("path", "literal", "old", "new"),
    [
        (("id",), '"b"', 'id = "a"', 'id = "b"'),
        (("in_force", "from"), "2027-01-01", "2026-01-01", "2027-01-01"),
        (("in_force", "until"), "2028-01-01", '"第一条" }', '"第一条", until = 2028-01-01 }'),
        (("tier", 1, "when", "is"), '"yes"', 'is = "no"', 'is = "yes"'),
        (("tier", 1, "rate"), '"0.3"', 'id = "two"\n', 'id = "two"\nrate = "0.3"\n'),
        (("tier", 1, "when", "z"), "1", 'is = "no"\n', 'is = "no"\nz = 1\n'),
        (("office", "more", "value"), "3", "5 }\n", "5 }\nmore = { value = 3 }\n"),
    ],
)
def test_a_value_is_put_in_its_place(path: Path, literal: str, old: str, new: str) -> None:
    assert pack_text.put(TEXT, path, literal) == TEXT.replace(old, new, 1)


@pytest.mark.parametrize(
    ("path", "old"),
    [
        (("id",), 'id = "a" # 编号\n'),
        (("in_force", "from"), "from = 2026-01-01, "),
        (("in_force", "article"), ', article = "第一条"'),
        (("tier", 1, "when", "fact"), 'fact = "y" # 说明\n'),
        (("office", "days", "value"), "days = { value = 5 }\n"),
    ],
)
def test_a_key_is_cut_with_what_it_leaves_empty(path: Path, old: str) -> None:
    assert pack_text.cut(TEXT, path) == TEXT.replace(old, "", 1)


def test_a_table_is_cut_with_its_comment_and_the_tables_in_it() -> None:
    first = pack_text.cut_table(TEXT, ("tier", 0))
    assert first == TEXT.replace('# 一\n[[tier]]\nid = "one"\nwhen = { fact = "x", is = "yes" }\n\n', "")
    second = pack_text.cut_table(TEXT, ("tier", 1))
    assert second == TEXT[: TEXT.index("# 二")] + TEXT[TEXT.index("[office]") :]
    assert pack_text.cut_table(TEXT, ("in_force",)) == pack_text.cut(TEXT, ("in_force",))


def test_a_table_is_added_behind_those_of_its_kind_or_on_top() -> None:
    made = pack_text.add_table(TEXT, ["[[tier]]", 'id = "three"'], ["tier"])
    assert made == TEXT.replace("[office]", '[[tier]]\nid = "three"\n\n[office]')
    top = pack_text.add_table(TEXT, ["[[fact]]", 'id = "x"'], ["fact"])
    assert top == TEXT.replace("# 一", '[[fact]]\nid = "x"\n\n# 一')
    assert pack_text.add_table("", ["[base]"], ["base"]) == "[base]\n"


def test_tables_in_brackets_are_set_apart() -> None:
    text = 'x = [{ b = 1, a = "2" }, { a = "3" }]\ny = 1\n'
    rows = tomllib.loads(text)["x"]
    made = pack_text.as_tables(text, "x", rows, ["x"], many=True)
    assert made == 'y = 1\n\n[[x]]\na = "2"\nb = 1\n\n[[x]]\na = "3"\n'
    assert tomllib.loads(made) == tomllib.loads(text)


def test_texts_and_lines_as_they_are_written() -> None:
    assert tomllib.loads("x = " + pack_text.quoted('a"\\\x7f“'))["x"] == 'a"\\\x7f“'
    assert (pack_text.newline("a\r\nb"), pack_text.newline("a")) == ("\r\n", "\n")
