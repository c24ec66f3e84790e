"""The short questionnaire: its answers make a pack without faults, and what can't be read is refused."""

import pytest

from casework.core.refused import Refused
from casework.rulebook.pack_wizard import from_text, to_text
from casework.rulebook.wizard_cases import tried
from casework.rulebook.wizard_questions import QUESTIONS, answered
from rules.check import check
from rules.pack import load

LEAST = {
    "id": "x-city-voucher",
    "version": "2026",
    "title": "某市算力券",
    "document": "某府规〔2026〕1号",
    "from": "2026年1月1日",
    "force_article": "第十条",
    "article": "第三条",
}
MORE = {
    "until": "2027-01-01",
    "kinds": "enterprise、university",
    "at_least": "50万元",
    "unrelated": "yes",
    "admitted": "yes",
    "window_from": "2026-05-06",
    "window_until": "2026-06-06 17:00",
    "condition_article": "第二条",
    "cap": "800000",
    "cap_contract": "900000",
    "cap_applicant": "10000000",
    "ceiling": "70%",
    "budget": "500000000",
    "floor": "5000",
    "round_to": "1",
    "publicity_days": "5",
    "validity_months": "12",
}
WORTHS: list[tuple[dict[str, str], int]] = [
    ({"rate": "50%"}, 50_000_000),
    ({"rate": "0.5", "up_to": "yes", "startup_rate": "60％", "startup_months": "24"}, 60_000_000),
    ({"fixed": "6000"}, 600_000),
    ({"bands": "100000: 50%；30%"}, 32_000_000),
    ({"costs": "研发费用：40%；算力费用：60%：5000"}, 0),
]


@pytest.mark.parametrize(("worth", "award_fen"), WORTHS)
@pytest.mark.parametrize("more", [{}, MORE, {**MORE, "order": "pro_rata"}, {**MORE, "short": "stop"}])
def test_the_answers_make_a_pack_without_faults(
    worth: dict[str, str], award_fen: int, more: dict[str, str]
) -> None:
    said = answered({**LEAST, **worth, **more})
    text = to_text(said)
    assert [(fault.code, fault.line) for fault in check(text).faults] == []
    assert from_text(text)[0] == said
    cells = {
        "applied_at": "2026-05-07", "contract_amount": "1000000.00", "founded_on": "2026-02-01",
        "applicant": "甲", "applicant_kind": "enterprise", "related_party": "no", "provider_admitted": "yes",
        "contract_no": "1", "cost_1": "20000.00", "cost_2": "10000.00",
    }  # fmt: skip
    found = tried(load(text), cells, "zh")
    assert found.award_fen == (award_fen or 1_300_000), found.why


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"rates": "1"}, "policy.new_unknown"),
        ({"version": " "}, "policy.new_lacks"),
        ({"rate": ""}, "policy.new_worth"),
        ({"fixed": "5000"}, "policy.new_worth"),
        ({"rate": "", "fixed": "5000", "startup_rate": "60%"}, "policy.new_worth"),
        ({"rate": "150%"}, "policy.new_bad"),
        ({"rate": "一半"}, "policy.new_bad"),
        ({"cap": "很多"}, "policy.new_bad"),
        ({"until": "明年"}, "policy.new_bad"),
        ({"window_until": "六月"}, "policy.new_bad"),
        ({"id": "某市"}, "policy.new_bad"),
        ({"mode": "cash"}, "policy.new_bad"),
        ({"publicity_days": "五"}, "policy.new_bad"),
        ({"rate": "", "bands": "100: 50%"}, "policy.new_bad"),
        ({"rate": "", "bands": "30%; 50%"}, "policy.new_bad"),
        ({"rate": "", "costs": "研发"}, "policy.new_bad"),
        ({"rate": "", "costs": "研发: 40%: 多"}, "policy.new_bad"),
    ],
)
def test_what_can_not_be_an_answer_is_refused_by_its_name(said: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        answered({**LEAST, "rate": "50%", **said})
    assert refused.value.code == code
    assert refused.value.say("zh") and refused.value.say("en")


def test_what_stays_blank_makes_no_rule() -> None:
    text = to_text(answered({**LEAST, "rate": "50%"}))
    pack = load(text)
    assert (pack.conditions, pack.caps, pack.floors, pack.stacking, pack.budget) == ((), (), (), (), None)
    assert len({question.name for question in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize(
    ("said", "zh", "en"),
    [
        ({"order": "ranked"}, "first_come 先到先得，pro_rata 按比例", "first_come"),
        ({"until": "明年"}, "不含当日（可不填）（如 2026-01-01）", "2026-01-01"),
        ({"rate": "", "bands": "100: 50%"}, "如 1000000: 50%; 30%", "1000000: 50%; 30%"),
    ],
)
def test_an_answer_that_can_not_be_read_is_told_with_the_question(
    said: dict[str, str], zh: str, en: str
) -> None:
    """It named a chapter of the manual that there is not."""
    with pytest.raises(Refused) as caught:
        answered({**LEAST, **said})
    assert zh in caught.value.say("zh") and en in caught.value.say("en")
