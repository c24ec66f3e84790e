"""What all letters share."""

from papers.letters.letter_issue import letter
from tests.papers.samples import issue


def test_names_that_are_not_given_are_left_out() -> None:
    made = letter(issue(reviewed_by=""), "approval", "甲公司", "题", ())
    assert [(handler.step, handler.name) for handler in made.handlers] == [("经办", "王𬭚"), ("审定", "张镕")]


def test_without_a_code_there_is_nothing_to_verify() -> None:
    made = letter(issue(verification_code=""), "refusal", "甲公司", "题", ())
    assert made.verification_lines == ()
    assert made.subject == "不予资助告知书"


def test_the_office_signs_under_its_own_name_and_date() -> None:
    made = letter(issue(), "recovery", "甲公司", "题", ())
    assert made.signed_by == made.office
    assert made.signed_on == issue().signed_on
