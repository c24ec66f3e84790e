"""What all letters share."""

from papers.letters.letter_issue import letter
from tests.papers.samples import issue


def test_without_a_code_there_is_nothing_to_verify() -> None:
    made = letter(issue(verification_code=""), "refusal", "甲公司", "题", ())
    assert made.verification_lines == ()
    assert made.subject == "不予资助决定书"


def test_the_office_signs_under_its_own_name_and_date() -> None:
    made = letter(issue(), "correction", "甲公司", "题", ())
    assert made.signed_by == made.office
    assert made.signed_on == issue().signed_on


def test_a_letter_leaves_the_house_with_its_code_and_where_to_check_it_and_nothing_else() -> None:
    made = letter(issue(ask_at="湾畔市科技创新局网站"), "approval", "甲公司", "题", ())
    assert made.verification_lines == (
        "查验码：7K3M-9QXT-2HVA-C",
        "请登录湾畔市科技创新局网站输入查验码核验",
    )
