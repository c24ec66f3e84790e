"""The award line by line: articles, figures, what bound it, readings side by side, who must decide."""

import datetime

import pytest
from PySide6.QtWidgets import QApplication, QFrame

from desktop.kit.award_panel import AwardView, Outcome
from desktop.kit.language import speak, t
from desktop.kit.theme import DARK, LIGHT
from rules.decide import decide
from rules.explain import explain
from rules.facts import Value
from rules.policy import Policy, Supplement
from rules.position import Position
from tests.desktop.helpers import button, texts

LEFT = 50_000_000_000


@pytest.fixture(scope="module")
def policy() -> Policy:
    from casework.rulebook.shipped_packs import shipped

    return Policy(next(pack for pack in shipped() if pack.ref == "shenzhen-training-voucher@2026"))


def facts(**other: Value) -> dict[str, Value]:
    said: dict[str, Value] = {
        "applied_at": datetime.datetime(2026, 5, 20), "applicant": "a", "applicant_kind": "enterprise",
        "founded_on": datetime.date(2020, 1, 1), "signed_on": datetime.date(2026, 4, 1),
        "contract_amount": 800_000_000, "related_party": False, "provider_admitted": True,
    }  # fmt: skip
    return said | other


def outcome(policy: Policy, used: int = 0, **other: Value) -> Outcome:
    decision = decide(policy, facts(**other), Position((used,), LEFT))
    return Outcome.would_be(policy, decision, explain(policy, decision.witness, decision))


def shown(one: Outcome, *, brief: bool = False) -> AwardView:
    speak("zh")
    view = AwardView(LIGHT)
    view.resize(700, 600)
    view.tell(one, heading="核算第 1 号", brief=brief)
    return view


def test_what_bound_the_award_is_set_off(dressed: QApplication, policy: Policy) -> None:
    view = shown(outcome(policy, used=800_000_000))
    bound = [frame for frame in view.findChildren(QFrame) if frame.objectName() == "bound"]
    assert [any("每个申请单位每年上限" in text for text in texts(frame)) for frame in bound] == [True, True]
    assert "2,000,000.00" in texts(bound[0])
    assert t("award.yuan", amount_fen=200_000_000) in texts(view)
    view.deleteLater()


def test_each_line_has_its_article(dressed: QApplication, policy: Policy) -> None:
    view = shown(outcome(policy))
    assert "深工信规〔2024〕13号 第（二）项" in texts(view)
    assert not any("符合“申请单位为企业、高等院校或者科研机构”" in text for text in texts(view))
    button(view, t("award.each")).click()
    assert any("符合“申请单位为企业、高等院校或者科研机构”" in text for text in texts(view))
    view.deleteLater()


def test_readings_stand_side_by_side_with_the_difference_marked(
    dressed: QApplication, policy: Policy
) -> None:
    view = shown(outcome(policy, founded_on=datetime.date(2025, 12, 1), other_support=100_000_000))
    said = texts(view)
    assert "初创企业各级支持合计上限：合同金额的50%" in said
    assert "初创企业各级支持合计上限：合同金额的60%" in said
    assert said.count("▲ 3,000,000.00") == 2 and said.count("▲ 3,800,000.00") == 2
    assert "8,000,000.00" in said and "▲ 8,000,000.00" not in said
    assert any("一人提交补充规定、另一人确认" in text for text in said)
    view.deleteLater()


def test_ways_are_told_apart_only_by_what_differs(dressed: QApplication, policy: Policy) -> None:
    young = datetime.date(2025, 5, 10)  # a startup when it signed, none when it applied
    view = shown(outcome(policy, founded_on=young))
    heads = [text for text in texts(view) if text.startswith("初创企业成立年限的计算日：")]
    assert heads == ["初创企业成立年限的计算日：申报日", "初创企业成立年限的计算日：合同签订日"]
    view.deleteLater()


def test_many_readings_are_listed_below_each_other(dressed: QApplication, policy: Policy) -> None:
    decision = decide(
        policy,
        facts(
            founded_on=datetime.date(2025, 5, 10), other_support=100_000_000, contract_amount=3_000_000_000
        ),
        Position((0,), 200_000_000),
    )
    one = Outcome.would_be(policy, decision, explain(policy, decision.witness, decision))
    assert sum(line.code == "way" for line in one.lines) > 3
    view = shown(one)
    assert sum(text.startswith("如按：") for text in texts(view)) == sum(
        line.code == "way" for line in one.lines
    )
    view.deleteLater()


def test_a_refusal_says_why_and_a_missing_fact_who_brings_it(dressed: QApplication, policy: Policy) -> None:
    refused = shown(outcome(policy, contract_amount=49_999_999))
    assert "原因：不符合“本年度非关联租用金额不低于50万元”。" in texts(refused)
    unknown = shown(outcome(policy, related_party=None))
    assert any("请申请单位提供" in text and "关联关系声明" in text for text in texts(unknown))
    brief = shown(outcome(policy, related_party=None), brief=True)
    assert not any("由经办核实后重新核算" in text for text in texts(brief))
    for view in (refused, unknown, brief):
        view.deleteLater()


def test_no_pack_is_said(dressed: QApplication) -> None:
    view = shown(Outcome(None, "blocked", None, ("no_pack",), (), 0, ()))
    assert t("award.who.no_pack") in texts(view)
    view.deleteLater()


def test_english_and_dark_tell_the_same(dressed: QApplication, policy: Policy) -> None:
    given = Supplement(policy.pack.id, "startup_ceiling", "60", datetime.date(2026, 1, 1), None, "minutes")
    settled = Policy(policy.pack, [given])
    one = outcome(settled, founded_on=datetime.date(2025, 12, 1), other_support=100_000_000)
    view = AwardView(DARK)
    speak("en")
    view.tell(one, heading="")
    assert any("3,800,000.00" in text for text in texts(view))
    speak("zh")
    view.deleteLater()
