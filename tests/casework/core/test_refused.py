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


@pytest.mark.parametrize(
    ("code", "params", "title", "id_"),
    [
        (
            "refused.no_such_field",
            {"field": "x", "known": ("contract_amount",)},
            "合同金额",
            "contract_amount",
        ),
        ("refused.no_such_setting", {"key": "x", "known": ("agency_code",)}, "发文机关代字", "agency_code"),
        ("refused.no_such_role", {"role": "x", "known": ("auditor",)}, "审计", "auditor"),
        ("refused.no_such_side", {"side": "x", "known": ("casework",)}, "业务", "casework"),
        ("refused.no_such_stage", {"stage": "x", "known": ("eligibility",)}, "资格审查", "eligibility"),
        ("refused.no_such_method", {"method": "x", "known": ("direct",)}, "直接送达", "direct"),
        ("refused.no_such_paper_kind", {"kind": "x", "known": ("licence",)}, "证照", "licence"),
        ("refused.no_such_outcome", {"outcome": "x", "known": ("upheld", "dismissed")}, "成立", "upheld"),
        ("refused.no_such_outcome", {"outcome": "x", "known": ("cleared",)}, "排除", "cleared"),
        ("refused.no_such_defect", {"about": "x", "known": ("field",)}, "填报项", "field"),
        ("refused.ledger_kind", {"kind": "x", "known": ("voucher",)}, "券台账", "voucher"),
        ("refused.bad_field", {"field": "contract_amount", "value": "5"}, "合同金额", "contract_amount"),
        ("refused.settings_missing", {"setting": ("agency_code",)}, "发文机关代字", "agency_code"),
    ],
)
def test_what_people_type_is_told_by_title_and_with_its_id_to_who_types_it(
    code: str, params: dict[str, object], title: str, id_: str
) -> None:
    refused = Refused(code, **params)
    assert title in refused.say() and id_ not in refused.say() and "_" not in refused.say("en")
    assert f"{title}（{id_}）" in refused.say_with_ids()
    assert refused.params == params, "they stay what they are"
