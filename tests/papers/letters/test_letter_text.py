"""Where pieces of text go."""

from papers.letters import letter, letter_text
from papers.letters.letter_content import Figures, Paragraph
from papers.letters.letter_text import Item, filled
from tests.papers import poppler
from tests.papers.samples import fonts, plain


def item(lines: float = 1, *, joined: bool = False, blank: bool = False) -> Item:
    return Item(lines, 0, lambda sheets, top, pitch: None, joined, blank)


def sizes(pages: list[list[tuple[float, Item]]]) -> list[int]:
    return [len(page) for page in pages]


def test_pieces_fill_the_first_page_and_then_the_others() -> None:
    assert sizes(filled([item()] * 10, 10, 30, 50, 0)) == [3, 5, 2]


def test_the_signature_takes_the_last_piece_with_it() -> None:
    assert sizes(filled([item()] * 3, 10, 30, 50, 10)) == [2, 1]
    assert sizes(filled([item()] * 3, 10, 40, 50, 10)) == [3]


def test_the_signature_takes_what_the_last_piece_is_joined_to() -> None:
    assert sizes(filled([item(), item(joined=True), item()], 10, 30, 50, 10)) == [1, 2]


def test_a_paragraph_leaves_no_single_line_at_an_edge_of_a_page() -> None:
    """Whatever stands above it: never its first line alone below, nor its last line alone above."""
    for above in range(1, 30):
        text = plain(*["甲。"] * above, *["核定额度" * 20] * 3, "乙。")
        lines = [word for word in poppler.placed(letter.draw(text, fonts())) if word.right - word.left > 60]
        long = [word.page for word in lines if word.text.startswith(("核定", "额度", "定额", "度核"))]
        for first in range(0, 9, 3):
            assert len(set(long[first : first + 3])) == 1 and len(long) == 9, (above, long)


def test_a_heading_stays_with_what_it_heads() -> None:
    assert sizes(filled([item(), item(), item(joined=True), item()], 10, 30, 50, 0)) == [2, 2]


def test_a_page_does_not_begin_with_a_blank_line() -> None:
    pages = filled([item(), item(), item(joined=True, blank=True), item()], 10, 30, 50, 0)
    assert sizes(pages) == [2, 1]
    assert pages[1][0][0] == 0


def test_a_piece_higher_than_a_page_is_drawn_all_the_same() -> None:
    assert sizes(filled([item(9), item()], 10, 30, 50, 0)) == [1, 1]


def test_headings_have_their_types() -> None:
    content = plain(
        Paragraph("一、核定依据", 1),
        Paragraph("（一）基数", 2),
        Paragraph("1.合同", 3),
        Paragraph("正文。", 2, "（二）额度。"),
    )
    pdf = letter.draw(content, fonts())
    assert all(name in pdf for name in (b"NotoSansSC-Regular", b"DeskKai-Regular", b"DeskFangSong-Regular"))
    for text in ("一、核定依据", "（一）基数", "1.合同", "（二）额度。正文。"):
        assert text in poppler.text(pdf)


def test_a_line_end_begins_a_new_paragraph() -> None:
    words = poppler.placed(letter.draw(plain("甲定。\n乙定。"), fonts()))
    first, second = (next(word for word in words if word.text == text) for text in ("甲定。", "乙定。"))
    assert first.left == second.left and first.top < second.top


def test_attachments_stand_a_line_below_the_text_under_each_other() -> None:
    words = poppler.placed(letter.draw(plain("核定。", attachments=("核定表", "券样" * 20)), fonts()))
    text = {word.text: word for word in words}
    first, second = text["附件：1.核定表"], next(word for word in words if word.text.startswith("2.券样"))
    assert first.top - text["核定。"].top > 50
    continued = next(word for word in words if word.text.startswith("券样") and word.top > second.top)
    assert continued.left > second.left + 11  # under the name, not under its number


def test_one_attachment_has_no_number() -> None:
    assert "附件：核定表" in poppler.text(letter.draw(plain("核定。", attachments=("核定表",)), fonts()))


def test_a_table_of_pairs_is_one_item_a_row() -> None:
    table = Figures(((("核定基数", "8,000,000.00元"), ("比例", "60%")), (("服务机构", "某" * 80),)))
    rows = letter_text.items(plain(table), fonts())[1:]
    assert len(rows) == 2
    assert rows[1].height(29) > rows[0].height(29) > 20
