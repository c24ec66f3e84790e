"""Where a decision can be contested, and until when."""

from papers.letters.remedies import remedies_paragraph
from tests.papers.samples import REMEDIES

REMEDY = (
    "如不服本决定，可以自收到本文书之日起60日内向深圳市人民政府申请行政复议，"
    "或者自收到本文书之日起6个月内向深圳市盐田区人民法院提起行政诉讼。"
)


def test_both_ways_are_named_with_their_terms() -> None:
    assert remedies_paragraph(REMEDIES).text == REMEDY
