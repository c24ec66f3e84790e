"""Refusal: the reason, the basis, the remedies and their terms."""

from dataclasses import replace
from datetime import date

import pytest

from papers.drawing.pdfa import check
from papers.letters import letter
from papers.letters.refusal_notice import Reason, RefusalFacts, refusal
from tests.papers import poppler
from tests.papers.letters.test_remedies import REMEDY
from tests.papers.samples import BASIS, REMEDIES, fonts, issue

COMMON = ("训力券", "深圳市堃䶮科技有限公司", "XL2026-000124")


def refused(*reasons: Reason) -> RefusalFacts:
    return RefusalFacts(*COMMON, "HT-2026-77", date(2026, 5, 20), reasons, REMEDIES)


def test_a_refusal_names_reason_article_and_remedies() -> None:
    pdf = letter.draw(
        refusal(refused(Reason("租用金额499,999.99元，低于500,000.00元", BASIS)), issue()), fonts()
    )
    check(pdf)
    text = poppler.text(pdf)
    assert "训力券不予资助决定书" in text
    assert f"租用金额499,999.99元，低于500,000.00元（依据{BASIS}）。" in text
    assert REMEDY in text


def test_the_number_it_names_is_the_applications_and_a_contract_only_where_there_is_one() -> None:
    said = poppler.text(letter.draw(refusal(refused(Reason("理由", BASIS)), issue()), fonts()))
    assert "（申报编号XL2026-000124，合同编号HT-2026-77）收悉" in said
    bare = replace(refused(Reason("理由", BASIS)), contract_no="")
    assert "（申报编号XL2026-000124）收悉" in poppler.text(letter.draw(refusal(bare, issue()), fonts()))


def test_a_refusal_without_a_reason_is_a_mistake() -> None:
    with pytest.raises(ValueError):
        refusal(refused(), issue())
