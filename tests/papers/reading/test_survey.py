"""Marks in a part's bytes, however a writer writes them."""

from __future__ import annotations

import pytest

from papers.reading import survey
from papers.reading.survey import PartSurvey, Surveyor, column_number
from papers.reading.unreadable import Unreadable


def look(text: str, pieces: int = 1) -> PartSurvey:
    content = text.encode()
    surveyor = Surveyor("sheet")
    size = -(-len(content) // pieces)
    for start in range(0, len(content), size):
        surveyor.feed(content[start : start + size])
    return surveyor.done()


def refused(text: str, pieces: int = 1) -> str:
    with pytest.raises(Unreadable) as caught:
        look(text, pieces)
    return caught.value.code


def test_columns_are_counted_from_zero() -> None:
    assert [column_number(name) for name in ("A", "Z", "AA", "ZZ", "XFD")] == [0, 25, 26, 701, 16383]


@pytest.mark.parametrize("pieces", [1, 2, 7, 40])
def test_marks_are_found_whatever_the_pieces(pieces: int) -> None:
    text = (
        '<x><row r="2"><c r="A2" s="1" t="e"><f>NA()</f><v>#N/A</v></c><c r="B2"><f>A1</f><v></v></c>'
        '<c r="C2"><f>A1</f><v/></c><c r="D2"><f>A1</f></c><c r="E2" t="str"><f>A1</f><v></v></c>'
        '<c r="F2"><f>A1</f><v>5</v></c><c r="G2" t="s"><v>0</v></c></row>'
        '<mergeCells><mergeCell ref="A4:B6"/><mergeCell ref="C1"/></mergeCells></x>'
    )
    found = look(text, pieces)
    if pieces == 1:
        assert found.marks == (
            (2, 0, "error", "#N/A"), (2, 1, "formula", ""), (2, 2, "formula", ""), (2, 3, "formula", ""),
        )  # fmt: skip
        assert found.merged == ((4, 0, 6, 1), (1, 2, 1, 2))


@pytest.mark.parametrize("size", [64, 100, 333, 4096])
def test_marks_are_not_lost_between_pieces(size: int) -> None:
    cells = "".join(
        f'<c r="A{n}" t="e"><v>#REF!</v></c><c r="B{n}"><f>1</f><v></v></c>' for n in range(1, 400)
    )
    content = f"<x>{cells}</x>".encode()
    surveyor = Surveyor("sheet")
    for start in range(0, len(content), size):
        surveyor.feed(content[start : start + size])
    assert len(surveyor.done().marks) == 2 * 399


def test_other_ways_of_writing_are_seen() -> None:
    assert look("<x:sheet><x:c t='e'\n r='B3'><x:v>#N/A</x:v></x:c></x:sheet>").marks == (
        (3, 1, "error", "#N/A"),
    )
    assert refused("<x><c\tr='XFD7'/></x>") == "too_wide"
    assert refused("<x><y:c s='1' r = 'A1048576'></y:c></x>") == "too_many_rows"
    assert refused('<x><row spans="1:2" r="300000"/></x>') == "too_many_rows"


def test_harm_is_seen_at_once() -> None:
    assert refused('<!DOCTYPE a [<!ENTITY b "c">]><a/>') == "harmful"
    assert refused('<x><mergeCell ref="A1:XFD1048576"/></x>') == "harmful"
    assert refused("<x>" + "y" * (survey.LONGEST_TEXT + 100), pieces=30) == "long_text"
    assert refused('<x><c t="e"><v>#N/A</v></c></x>') == "damaged", "an error cell that can't be placed"


def test_what_is_no_xml_is_only_counted() -> None:
    surveyor = Surveyor("image.png")
    surveyor.feed(b"\x89PNG <!DOCTYPE" + b"x" * 3_000_000)
    assert surveyor.done() == PartSurvey()


def test_no_result_is_one_where_nobody_calculated() -> None:
    text = (
        '<x><row r="2"><c r="A2"><f>B2*2</f><v>7</v></c><c r="B2" t="str"><f>"x"</f><v>x</v></c>'
        '<c r="C2"><v>0</v></c><c r="D2"><f t="shared" si="0"/><v>0</v></c>'
        '<c r="E2"><f t="array" ref="E2:F3">A2:B3</f><v>0</v></c><c r="F2"><v>0</v></c></row></x>'
    )
    surveyor = Surveyor("sheet", uncalculated=True)
    surveyor.feed(text.encode())
    places = {(row, column) for row, column, code, _ in surveyor.done().marks if code == "formula"}
    assert places == {(2, 0), (2, 1), (2, 3), (2, 4), (2, 5), (3, 4), (3, 5)}
    assert look(text).marks == ()


def test_the_double_of_nothing_is_no_result() -> None:
    text = '<x><c r="A2"><f>1+1</f><v>0.0</v></c><c r="B2"><f>1-1</f><v>0</v></c><c r="C2"><v>0.0</v></c></x>'
    assert look(text).marks == ((2, 0, "formula", ""),)


def test_rows_that_nobody_sees_are_told() -> None:
    text = (
        '<x><cols><col min="3" max="3" hidden="1"/></cols><row r="1"/><row r="2" hidden="1"><c r="A2"/></row>'
        '<row hidden=\'true\' r=\'3\'></row><row r="4" hidden="0"/><row r="5" ht="0" customHeight="1"/>'
        '<row r="6" ht="0.75"/><x:row r="7" hidden="1"/></x>'
    )
    assert look(text).hidden == (2, 3, 5, 7)


def test_too_many_formulas_and_errors_say_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "MOST_MARKS", 3)
    assert refused("<x>" + '<c r="A2" t="e"><v>#N/A</v></c>' * 4 + "</x>") == "too_many_errors"
    assert refused("<x>" + '<c r="A2"><f>1</f></c>' * 4 + "</x>") == "not_calculated"
    with pytest.raises(Unreadable) as caught:
        Surveyor("sheet", uncalculated=True).feed(b'<x><c r="A1"><f t="array" ref="A1:B9">1</f></c></x>')
    assert caught.value.code == "not_calculated"


def test_what_reaches_too_far_is_looked_at_again_with_care() -> None:
    with pytest.raises(survey.LookAgain):
        look('<x><row r="1048576"><c r="A1048576" s="1"/></row></x>')
    careful = Surveyor("sheet", careful=True)
    careful.feed(
        b'<x><row r="1"><c r="B1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row></x>'
    )
    assert careful.done() == PartSurvey(anew=True)
    careful = Surveyor("sheet", careful=True)
    with pytest.raises(Unreadable) as caught:
        careful.feed(b'<x><row r="3"><c r="B3"/><c r="AAB3" t="s"><v>1</v></c></row></x>')
    assert caught.value.code == "too_wide" and caught.value.params["column"] == "AAB"
