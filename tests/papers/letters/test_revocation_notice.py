"""Revocation: what was found, by which article, what becomes of voucher and money, and how to contest it."""

from dataclasses import replace

from papers.letters import letter
from papers.letters.revocation_notice import RevocationFacts, revocation
from tests.papers import poppler
from tests.papers.samples import BASIS, REMEDIES, fonts, issue

FACTS = RevocationFacts(
    "训力券", "深圳市甲公司", "XL2026-000124", "深科创券发〔2026〕1号", "V-1", "提供虚假材料", BASIS,
    480_000_000, 0, REMEDIES,
)  # fmt: skip


def said(facts: RevocationFacts) -> str:
    return poppler.text(letter.draw(revocation(facts, issue()), fonts()))


def test_what_was_paid_already_is_left_to_a_decision_of_its_own() -> None:
    text = said(replace(FACTS, used_fen=100_000_000))
    assert "已经兑付的1,000,000.00元，我局将依法另行作出处理" in text
    assert "已经兑付" not in said(FACTS) and "券编号V-1的券同时失效" in said(FACTS)


def test_an_award_without_letter_and_voucher_is_revoked_without_naming_them() -> None:
    text = said(replace(FACTS, award_number="", voucher=""))
    assert "给予资助4,800,000.00元。经查，提供虚假材料" in text and "券编号" not in text
    assert "自收到本决定书之日起60日内" in text
