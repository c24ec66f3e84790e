"""Papers of a case's way: what each says, and that a reason's own full stop does not stand twice."""

from datetime import date

from papers.letters import letter
from papers.letters.letter_content import LetterContent
from papers.letters.procedural_notices import (
    AcceptanceFacts,
    AnswerFacts,
    VoidFacts,
    acceptance,
    objection_answer,
    void_notice,
)
from tests.papers import poppler
from tests.papers.samples import fonts, issue

ON = date(2026, 5, 20)


def said(content: LetterContent) -> str:
    return poppler.text(letter.draw(content, fonts()))


def test_an_acceptance_names_case_and_receipt() -> None:
    text = said(
        acceptance(AcceptanceFacts("训力券", "甲公司", "XL-1", ON, "2026-000007"), issue(self_name="我委"))
    )
    assert "申报编号XL-1" in text and "我委决定予以受理，受理号为2026-000007。" in text


def test_an_answer_is_addressed_to_who_objected() -> None:
    facts = AnswerFacts("训力券", "李某", ON, "甲公司", "XL-1", False, "经核对，合同真实。")
    text = said(objection_answer(facts, issue()))
    assert "李某：" in text and "经核实：经核对，合同真实。" in text and "。。" not in text


def test_a_void_letter_without_another_in_its_place_says_so() -> None:
    facts = VoidFacts("甲公司", "XL-1", "refusal", "深科创券不予〔2026〕1号", ON, "理由有误", "")
    text = said(void_notice(facts, issue()))
    assert "关于不予资助决定书作废的告知" in text and "需要重新印发的，将另行送达" in text
