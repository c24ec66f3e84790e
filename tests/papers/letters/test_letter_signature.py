"""Office, date, seal and code at the end of a letter."""

import pytest

from papers.drawing.pages import MM
from papers.letters import letter
from papers.letters.letter_content import LetterContent
from papers.letters.page_measures import PLACE
from tests.papers import poppler
from tests.papers.samples import fonts, plain

RIGHT = 184 * MM
SEAL = 42 * MM  # across, for an office of a city


def found(content: LetterContent) -> dict[str, poppler.Word]:
    return {word.text: word for word in poppler.placed(letter.draw(content, fonts()))}


@pytest.mark.parametrize(("sealed", "places"), [(True, 4), (False, 2)])
def test_the_date_ends_four_characters_from_the_right_under_a_seal_and_two_without(
    sealed: bool, places: int
) -> None:
    words = found(plain("核定。", signed_by="市局", sealed=sealed))
    date, office = words["2026年7月6日"], words["市局"]
    assert date.right == pytest.approx(RIGHT - places * PLACE, abs=0.6)
    assert (office.left + office.right) / 2 == pytest.approx((date.left + date.right) / 2, abs=0.6)
    assert date.top > office.bottom


def test_an_office_wider_than_the_date_ends_two_characters_from_the_right() -> None:
    words = found(plain("核定。", signed_by="深圳市科技创新和人工智能局"))
    office, date = words["深圳市科技创新和人工智能局"], words["2026年7月6日"]
    assert office.right == pytest.approx(RIGHT - 2 * PLACE, abs=0.6)
    assert (office.left + office.right) / 2 == pytest.approx((date.left + date.right) / 2, abs=0.6)


def test_there_is_room_for_the_seal_between_text_and_edge() -> None:
    words = found(plain("核定。", signed_by="市局"))
    middle = (words["市局"].bottom + words["2026年7月6日"].top) / 2
    assert middle - words["核定。"].bottom > SEAL / 2
    assert (
        words["2026年7月6日"].right - words["2026年7月6日"].left
        < SEAL
        < 2 * (210 * MM - RIGHT + 4 * PLACE + 40)
    )


def test_the_code_stands_left_of_the_seal() -> None:
    content = plain(
        "核定。",
        signed_by="深圳市科技创新局",
        verification_code="7K3M-9QXT",
        verification_lines=("查验码：7K3M-9QXT",),
    )
    words = found(content)
    edge = words["深圳市科技创新局"].left
    code = words["查验码：7K3M-9QXT"]
    assert code.right < edge and code.left > 28 * MM + 22 * MM


def test_a_note_stands_in_brackets_below_the_date() -> None:
    words = found(plain("核定。", note="联系电话：0755-00000000"))
    note = words["（联系电话：0755-00000000）"]
    assert note.top > words["2026年7月6日"].bottom
    assert note.left == pytest.approx(28 * MM + 2 * PLACE, abs=0.5)
