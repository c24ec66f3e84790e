"""Where a decision can be contested, and until when."""

from papers.letters.remedies import remedies_paragraph
from tests.papers.samples import REMEDIES

REMEDY = (
    "如对本决定不服，可以自收到本决定书之日起60日内向深圳市人民政府申请行政复议，"
    "也可以自收到本决定书之日起6个月内依法向深圳市盐田区人民法院提起行政诉讼。"
)


def test_both_ways_are_named_with_their_terms() -> None:
    assert remedies_paragraph(REMEDIES, "refusal").text == REMEDY


def test_a_paper_calls_itself_by_its_name() -> None:
    assert "自收到本通知书之日起60日内" in remedies_paragraph(REMEDIES, "approval").text
