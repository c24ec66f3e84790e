"""Refusals are codes with parameters, and one sentence each in both languages."""

import re
from pathlib import Path

import pytest

import words
from casework.core.refused import Called, Refused

SOURCES = ("core/act", "money/ledger", "people/accounts", "people/signing_in", "core/who_may")


def test_a_parameter_that_is_a_code_is_said_in_words() -> None:
    refused = Refused(
        "refused.state",
        case="XLQ1",
        state="approved",
        act="accept",
        each=(Refused("refused.state_own", act=("revoke",)),),
    )
    assert refused.say("zh") == "申请 XLQ1 目前是“已审定”，不能办理“受理”。这一状态下可以办理的有：撤销。"
    assert "approved" in refused.say("en")


def test_money_in_a_refusal_is_yuan() -> None:
    assert "1,234.56" in Refused("refused.budget", left_fen=123456).say()


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_foundations_refusals_have_their_sentences(lang: str) -> None:
    room = Path(__file__).parents[3] / "casework"
    found = {
        code
        for name in SOURCES
        for code in re.findall(r'Refused\("([^"]+)"', (room / f"{name}.py").read_text(encoding="utf-8"))
    }
    assert len(found) >= 15
    assert found <= words.codes(lang)


def test_an_id_is_told_by_its_name_and_typed_as_itself() -> None:
    called = Called("publicity_days", "公示期", "publicity term")
    inner = Refused("refused.unset", parameter=called, pack=Called("scheme@1", "某券"))
    refused = Refused("refused.several", each=(inner,))
    assert called == "publicity_days" and inner.params["parameter"] == "publicity_days"
    assert refused.say("zh").startswith("政策“某券”没有规定“公示期”")
    assert "publicity term" in refused.say("en") and "某券" in refused.say("en")
    assert "_" not in refused.say("zh") + refused.say("en")
    assert "公示期（publicity_days）" in refused.say_with_ids("zh")
    assert "publicity term (publicity_days)" in refused.say_with_ids("en")
