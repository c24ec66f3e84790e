"""A budget in words: whom it reaches, what becomes of the case that it does not reach and of those after."""

import pytest

from casework.rulebook.budget_in_words import budget_told
from casework.rulebook.tests_in_words import Names
from rules.pack import load
from tests.casework.rulebook import every_key
from tests.rules.desk import small

HELD = "；待定的申请是否预留，本包未写明，业务库按其最大的口径预留"


def told(keys: str, lang: str = "zh", per: str = "year") -> str:
    pack = small(f'[budget]\namount = "100.00"\nper = "{per}"\narticle = "第五条"\n{keys}\n').pack
    assert pack.budget is not None
    return budget_told(Names(pack, lang, {}), pack.budget)


@pytest.mark.parametrize(
    ("exceeded", "after"),
    [
        ("rest", "核定额度以可用余额为限，用完以后不予资助"),
        ("nothing", "不予资助，其后的申请照常核算"),
        ("stop", "不予资助，其后的申请也一律不予资助"),
    ],
)
def test_first_come(exceeded: str, after: str) -> None:
    start = "每年预算 100.00 元；按申报先后核算，可用余额不足的，"
    assert told(f'exceeded = "{exceeded}"') == start + after + HELD


@pytest.mark.parametrize(
    ("unfit", "after", "en"),
    [
        (
            "rest",
            "核定额度以可用余额为限，用完以后不予资助",
            "what is left is awarded, and nothing once it is spent",
        ),
        (
            "next",
            "不予资助，继续核算其后的申请，可用余额够的予以资助",
            "nothing is awarded; of those after, whoever fits into what is left is awarded",
        ),
        ("stop", "不予资助，其后的申请也一律不予资助", "nothing is awarded, nor to anyone after"),
    ],
)
def test_ranked_tells_the_one_that_does_not_fit_those_after_it_and_ties(
    unfit: str, after: str, en: str
) -> None:
    rank = '[{ fact = "contract_amount", descending = true }, { fact = "founded_on" }'
    rank += ', { fact = "related_party" }]'
    keys = f'order = "ranked"\nblocked = "hold"\nunfit = "{unfit}"\nrank_by = {rank}'
    by = "合同金额从高到低、成立日期从早到晚、与服务机构存在关联关系（“否”在前）"
    assert told(keys) == (
        f"每年预算 100.00 元；按排序核算，先后按{by}，相同的按收件先后；轮到时可用余额不足的，{after}；"
        "待定的申请按其最大的口径预留"
    )
    english = told(keys, "en")
    assert f"equals as they arrived; whom it does not reach: {en}; blocked" in english


@pytest.mark.parametrize(
    ("residual", "left", "excess"),
    [
        (
            "to_largest",
            "到分给申请额最大的一件，它不能再多的留着不分",
            "从申请额最大的扣，扣完了再扣其次的",
        ),
        (
            "largest",
            "整单位给申请额最大的，它不能再多的依次给其次的，不足一个单位的留着不分",
            "整单位从申请额最大的退",
        ),
        ("largest_remainder", "整单位给舍去最多的（相同的给先收到的）", "从进位最多的起各退一个单位"),
        ("left_over", "留着不分", "从进位最多的起各退一个单位"),
    ],
)
def test_pro_rata_tells_what_rounding_leaves_and_takes(residual: str, left: str, excess: str) -> None:
    keys = f'order = "pro_rata"\nblocked = "ignore"\nresidual = "{residual}"\nunit = "1.00"\n'
    start = "项目期内预算 100.00 元；申请额合计超过可用余额的，各按比例核减，每份"
    assert told(keys, per="programme") == (
        f"{start}向下取整到 1.00 元，任何一份不多于申请额；取整后有剩的，{left}；待定的申请不预留"
    )
    rounded = told(keys + 'share_mode = "half_up"\nabove_request = true', per="programme")
    assert (
        f"四舍五入到 1.00 元，取整后可以多于申请额；取整后有剩的，{left}；取整后超出的，{excess}；" in rounded
    )


def test_a_shared_key_what_goes_over_and_what_is_unset_are_told() -> None:
    pack = load(every_key.text("ranked"))
    assert pack.budget is not None
    text = budget_told(Names(pack, "zh", {}), pack.budget)
    assert text.startswith(
        "每年预算 5,000,000.00 元（与预算编号“shared”下的其他政策共用），上年可用余额转入下年；"
    )
    assert "小企业（方向：“小的在前”（未设定））" in text
    queued = load(every_key.text("queued"))
    assert queued.budget is not None
    assert "可用余额不足的，按“不足时”（未设定）；" in budget_told(Names(queued, "zh", {}), queued.budget)
