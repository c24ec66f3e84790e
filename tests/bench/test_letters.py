"""The measure of letters measures letters."""

import io

import pikepdf

from bench.letters import _Recorder, content, peer, rows
from papers.drawing.pdfa import check
from papers.letters import letter
from papers.letters.letter_form import draw
from tests.papers import poppler
from tests.papers.samples import fonts


def test_rows_name_what_was_measured() -> None:
    measured = rows(rounds=1)
    assert [row["name"] for row in measured] == [
        "letters_draw",
        "letters_pdfa",
        "letters_merged",
        "letters_check",
    ]
    assert all(set(row) == {"name", "ours", "peer", "ratio", "unit", "rounds"} for row in measured)
    assert all(float(str(row["ours"])) > 0 and float(str(row["peer"])) > 0 for row in measured)


def test_both_sides_draw_the_same_words_at_the_same_places() -> None:
    rows(rounds=1)  # registers the peer's fonts
    page = _Recorder(fonts())
    assert draw(page, content())
    theirs, ours = peer(page, "题"), letter.draw(content(), fonts())
    check(ours)
    wrong = "\u2cb5"  # what reportlab's own map makes of 𬭚 (2CB5A) for whoever copies the text
    assert set(poppler.text(theirs)) - {wrong} == set(poppler.text(ours)) - {"𬭚"}
    with pikepdf.open(io.BytesIO(theirs)) as pdf:
        assert len(pdf.pages) == page.count
    left = {(word.text[:6], round(word.left), round(word.top)) for word in poppler.placed(ours)}
    right = {(word.text[:6], round(word.left), round(word.top)) for word in poppler.placed(theirs)}
    assert len(left & right) > 0.5 * len(left)
