"""The one text of an explanation: strict, reversible, the same as plain JSON would write it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.lines import KeptLine, Line, kept, lines_of, trace

WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
FIGURES = st.lists(st.none() | st.integers() | WORDS, max_size=5).map(tuple)
LINES = st.builds(Line, WORDS, WORDS, FIGURES, WORDS)


@given(st.lists(LINES, max_size=6).map(tuple))
def test_the_text_is_compact_json_and_reads_back_as_the_same_lines(lines: tuple[Line, ...]) -> None:
    stored = trace(lines)
    assert stored == json.dumps(lines, ensure_ascii=False, separators=(",", ":"))
    assert lines_of(stored) == lines
    assert trace(map(kept, lines)) == stored


@given(LINES, LINES)
def test_equal_texts_mean_equal_lines(one: Line, other: Line) -> None:
    assert (trace((one,)) == trace((other,))) == (one == other)


@pytest.mark.parametrize("figure", [0.5, True, b"x", (1,), {"a": 1}])
def test_a_figure_is_a_whole_number_or_a_text(figure: Any) -> None:
    with pytest.raises(TypeError, match="figure"):
        trace((Line("base", "", (figure,), ""),))


def test_a_kept_line_is_the_line_and_carries_its_text() -> None:
    line = Line("base", "", (5, "五", None), "第1条")
    made = kept(line)
    assert made == line
    assert isinstance(made, KeptLine)
    assert made.text == '["base","",[5,"五",null],"第1条"]'


def test_many_policies_do_not_fill_the_memory() -> None:
    from rules import lines

    for number in range(10_500):
        trace((Line("base", str(number), (), ""),))
    assert len(lines._HEADS) <= 10_001
