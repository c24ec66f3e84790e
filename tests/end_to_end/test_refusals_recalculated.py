"""For every shipped pack, and for every way in which a pack may make an award nothing: the notice of refusal,
the screen and the explanation say what was decided, and the notice's own figures lead to nothing.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from casework.issuing import letters
from casework.rulebook.explanation_in_words import tell
from casework.rulebook.shipped_packs import shipped
from models import Decision, Letter
from papers.drawing.pdfa import check
from rules.decide import decode
from rules.facts import MILLION, STANDARD
from rules.lines import Line, lines_of
from rules.money import parse
from rules.pack import Pack
from rules.policy import Policy
from rules.witness import Witness
from tests.casework.adopted import adopt
from tests.casework.desk import OTHER_CODE, Desk
from tests.casework.stored_letter import stored
from tests.end_to_end import test_letters_recalculated as awards
from tests.end_to_end.test_letters_recalculated import CAP, CITY, HALF, OTHER, SMALL, day_of, submit
from tests.letter_reader import AT_A_PRICE, amounts, recalculated, rows
from tests.papers import poppler

desk = awards.desk
COMPARED = ("within", "at_least", "at_most", "less_than_months")
"""Tests with a number or a day that a notice has to give."""
ALLOTTED = 300_000
SCREEN = re.compile(r"([\d,]+\.\d\d) ?元")
SET = re.compile(r"（“[^”]*”为“[^”]*”（[^）]*））")
"""What the office set, as a reason cites it."""
LARGE: dict[str, dict[str, Any]] = {
    "shenzhen-corpus-opening@2025": {"corpus_class": "第一档"},
    "shenzhen-loan-interest@2025": {"interest_paid": 1_000_000_000},
    "shenzhen-startup-compute@2025": {"card_hours": 1_000_000},
}
"""An application of a pack without a contract that takes all of a cap, or of a small budget."""


class Kind(NamedTuple):
    """A way to nothing: the case, what the contract of an earlier one was (which takes what there is), and
    whether the budget is small (`short`: and a case that it does not reach for gets none of it)."""

    facts: Mapping[str, Any] = MappingProxyType({})
    earlier: int = 0
    small: bool = False
    short: bool = False


def kinds(pack: Pack) -> Iterator[tuple[str, Kind]]:
    """Every refusal with figures that a pack can make."""
    for condition in pack.conditions:
        if condition.test.op in COMPARED:
            yield condition.id, Kind(_fails(pack, condition.id))
    if pack.base.less:
        half = {name: 300_000_000 + at for at, name in enumerate(pack.base.less[:2])}
        yield "base is nothing", Kind(half | {pack.base.less[2]: 200_000_000})
        yield "base is below nothing", Kind(dict.fromkeys(pack.base.less, 500000001))
    for floor in pack.floors:
        assert floor.on == "award" and floor.how == "refuse"
        yield floor.id, Kind({"contract_amount": floor.at_least * 2})
    for rule in pack.stacking:
        yield rule.id, Kind({rule.facts[0]: 800_000_000})
    for cap in pack.caps:
        limit = cap.limit if isinstance(cap.limit, int) and cap.price is None else 200_000_000
        if cap.counts == "award" and cap.before:
            yield f"{cap.id} declared", Kind({cap.before: limit})
            yield f"{cap.id} used", Kind({cap.before: 1}, earlier=limit * 10)
    if pack.budget is not None:
        yield "budget used up", Kind(earlier=800_000_000, small=True)
        yield "budget too short", Kind(small=True, short=True)


def _fails(pack: Pack, condition: str) -> dict[str, Any]:
    day = day_of(pack)
    found: dict[str, dict[str, Any]] = {
        "signed": {"signed_on": datetime.date(2023, 8, 31)},
        "term": {"ends_on": day.date() + datetime.timedelta(days=400)},
        "three_years": {"support_year": 4},
        "window": {"applied_at": datetime.datetime(2026, 5, 5, 9, 30)},
        "threshold": {"leased_in_year": 49_999_999},
    }
    return found[condition]


EACH = [pytest.param(pack, kind, id=f"{pack.ref} {name}") for pack in shipped() for name, kind in kinds(pack)]


def test_every_shipped_pack_makes_some_refusal_with_figures() -> None:
    without = {pack.ref for pack in shipped()} - {str(one.values[0].ref) for one in EACH}  # type: ignore[union-attr]
    assert not without and len(EACH) > 60


@pytest.mark.parametrize(("pack", "kind"), EACH)
def test_the_refusal_of_every_shipped_pack(
    desk: Desk, pack: Pack, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    when = awards.DAY.get(pack.ref)
    if when is not None and when.year == 2026:
        desk.clock.at = max(desk.clock.at, when.astimezone(desk.clock.at.tzinfo))
    monkeypatch.setitem(awards.READINGS, "budget_exceeded", "nothing" if kind.short else "rest")
    monkeypatch.setitem(awards.READINGS, "amount_first", "1000000.00")
    awards.settle(desk, pack)
    own = awards.OF_ITS_OWN.get(pack.ref, {})
    awards._allot(desk, pack, ALLOTTED if kind.small else awards.ALLOTTED * 6)
    if kind.earlier:
        before = own | {"contract_no": "HT-0", "contract_amount": kind.earlier} | LARGE.get(pack.ref, {})
        if kind.small:
            before["applicant"] = OTHER_CODE
            before["applicant_name"] = "另一家语言模型有限公司"
        assert awards.decided(desk, submit(desk, pack, **before)).status == "awarded"
    compared(desk, submit(desk, pack, **(own | dict(kind.facts))))


FEE = "[[fact]]\nid = 'fee'\ntype = 'money'\ntitle = '存储费用'\ndefault = 0\n"
PAID = "[[fact]]\nid = 'paid'\ntype = 'money'\ntitle = '实付金额'\n"
LEVELS = "[[fact]]\nid = 'city_money'\ntype = 'money'\ntitle = '市级资金'\ndefault = 0\n" + (
    "[[fact]]\nid = 'state_money'\ntype = 'money'\ntitle = '国家资金'\ndefault = 0\n"
    + OTHER
    + "facts = ['city_money', 'state_money']\nhow = 'deduct'\n"
)
LEAST = "[[floor]]\nid = 'least'\ntitle = '最低额'\non = '{}'\nat_least = '9000000.00'\nhow = 'refuse'\n" + (
    "article = '第六条'\n"
)
BASE = "[base]\narticle = '第二条'\n"
OWN: dict[str, tuple[str, Mapping[str, Any], tuple[str, ...]]] = {
    "excluded": (
        OTHER + "how = 'exclude'\n",
        {"other_support": 1_00},
        ("已获其他财政资金1.00元", "其中已扣减4,000,000.00元（按规定不再重复资助）"),
    ),
    "deducted": (
        CITY, {"city_money": 500_000_000}, ("市级资金5,000,000.00元", "其中已扣减4,000,000.00元")
    ),
    "deducted by level": (
        LEVELS,
        {"city_money": 300_000_000, "state_money": 100_000_001},
        ("市级资金3,000,000.00元、国家资金1,000,000.01元，合计4,000,000.01元",),
    ),
    "ceiling": (
        OTHER + "how = 'ceiling'\nshare = '0.25'\n",
        {"other_support": 200_000_000},
        ("合同金额8,000,000.00元的25%，即2,000,000.00元，扣减后至多0.00元",),
    ),
    "deducted from the base": (
        FEE + BASE + "fact = 'contract_amount'\nless = ['fee']\n",
        {"fee": 800_000_001},
        ("核定基数0.00元（合同金额8,000,000.00元，减去存储费用8,000,000.01元，不够减，按零计）",),
    ),
    "the smallest is deducted": (
        FEE + PAID + BASE + "smallest_of = ['contract_amount', 'paid']\nless = ['fee']\n",
        {"fee": 100_000, "paid": 100_000},
        ("（合同金额8,000,000.00元、实付金额1,000.00元，减去存储费用1,000.00元）",),
    ),
    "least base": (LEAST.format("base"), {}, ("最低额：8,000,000.00元低于9,000,000.00元，不予资助",)),
    "least award": (LEAST.format("award"), {}, ("最低额：4,000,000.00元低于9,000,000.00元，不予资助",)),
    "used cap": (
        CAP + "limit = '3000000.00'\nbefore = 'awarded_before'\n",
        {"awarded_before": 300_000_001},
        ("上限3,000,000.00元，本年度此前已核定额度3,000,000.01元，本次至多0.00元",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_the_refusal_of_every_way_in_which_a_pack_leaves_nothing(desk: Desk, name: str) -> None:
    said = compared(desk, refused_case(desk, name))
    for words in OWN[name][2]:
        assert words in said, said


CUT = {
    "cap": (CAP + "limit = '3000000.00'\n", 0, "每个申请单位每年上限3,000,000.00元"),
    "budget": ("", 100_000_000, "年度预算可用余额1,000,000.00元"),
    "both": (CAP + "limit = '3000000.00'\n", 100_000_000, "年度预算可用余额1,000,000.00元"),
}


@pytest.mark.parametrize("name", CUT)
def test_a_floor_after_a_cut_is_told_with_what_cut(desk: Desk, name: str) -> None:
    more, left, words = CUT[name]
    adopt(desk.office, SMALL.format(top="", worth=HALF, more=LEAST.format("award") + more))
    pack = next(one for one in awards._shelf(desk) if one.id == "small-voucher")
    awards.settle(desk, pack)
    awards._allot(desk, pack, *([left] if left else []))
    said = compared(desk, submit(desk, pack))
    assert words in said, said


def refused_case(desk: Desk, name: str) -> str:
    """A case of a small pack that leaves nothing of it."""
    more, facts, _ = OWN[name]
    adopt(desk.office, SMALL.format(top="", worth=HALF, more=more))
    pack = next(one for one in awards._shelf(desk) if one.id == "small-voucher")
    awards.settle(desk, pack)
    awards._allot(desk, pack)
    return submit(desk, pack, **facts)


def compared(desk: Desk, case: str) -> str:
    """Holds notice, screen and explanation against the decision; answers the notice's text."""
    if desk.state(case) != "refused":
        desk.decide(case)
        letters.issue_refusal(desk.office, "approver", case)
    decision = desk.decision(case)
    assert decision.status == "refused", decision.reasons
    letter = next(one for one in reversed(desk.rows(Letter)) if one.kind == "refusal")
    with desk.office.read() as session:
        pdf = stored(session, letter.id)
        policy = desk.office.policy(session, decision.policy_sha256 or "")
    check(pdf)
    lines, witness = lines_of(decision.trace), decode(policy, decision.witness or "")
    known = _known(lines, witness) | _prices(policy)
    text = poppler.text(pdf)
    reasons, calculated, _ = text.partition("本件核算过程如下：")
    assert bool(calculated) == any(line.code == "award" for line in lines)
    _reasons_are_the_decisions(policy, lines, witness, reasons, decision)
    for fen in amounts(text):
        assert fen in known, (fen, text)
    screen = " ".join(one.text for one in tell(policy, lines, witness))
    on_screen = [parse(found.replace(",", "")) for found in SCREEN.findall(screen)]
    assert set(on_screen) <= known, (screen, known)
    if calculated:
        told = table(desk)
        _table_is_the_decisions(told, policy, witness, decision)
        _caps_are_the_decisions(told, lines)
        short = "不足以安排" in reasons
        assert recalculated(told if not short else told | {"budget": "0.00元"}) == 0
        of_the_way = [fen for row, text in told.items() if row != "quota" for fen in amounts(text)]
        derived = {fen for fen in of_the_way if fen not in on_screen}
        assert derived <= _derived(lines, witness), (derived, screen)
    return text


def table(desk: Desk) -> dict[str, str]:
    """The rows of the calculation in the refusal that was issued last."""
    letter = next(one for one in reversed(desk.rows(Letter)) if one.kind == "refusal")
    with desk.office.read() as session:
        pdf = stored(session, letter.id)
    return rows(poppler._run("pdftotext", pdf, "-raw").decode(), "quota")


def _reasons_are_the_decisions(
    policy: Policy, lines: tuple[Line, ...], witness: Witness, text: str, decision: Decision
) -> None:
    """Each reason gives the figures of its own line: of a limit the amounts, of a condition what was seen."""
    text = SET.sub("", text)
    for name in decision.reasons.split(";"):
        found = [line for line in lines if line.rule == name and line.code != "status"]
        line = min(found, key=lambda one: one.figures[-1] if one.code == "cap" else 0, default=None)  # type: ignore[arg-type, return-value]
        head = "" if line is None else line.code.partition(".")[0]
        if line is None or head == "award":
            assert decision.base_fen in amounts(text)
        elif head == "cap":
            limit, declared, used, _ = map(_int, line.figures)
            assert amounts(text)[-2:] == [declared + used, limit]
        elif head == "stacking":
            assert _int(line.figures[0]) in amounts(text)
        elif head == "floor":
            assert amounts(text)[-2:] == [_int(line.figures[1]), _int(line.figures[0])]
        elif head == "budget" and line.figures[0]:
            limits = [_int(one.figures[-1]) for one in lines if one.code in ("cap", "rate", "fixed")]
            assert amounts(text)[-2:] == [line.figures[0], min(limits)]
        elif head == "condition" and policy.program.facts[policy.program.index[_fact(policy, name)]].type == (
            "money"
        ):
            assert amounts(text) == [figure for figure in line.figures if isinstance(figure, int)]


def _fact(policy: Policy, condition: str) -> str:
    return next(str(one.test.fact) for one in policy.rules.conditions if one.id == condition)


def _table_is_the_decisions(
    told: Mapping[str, str], policy: Policy, witness: Witness, decision: Decision
) -> None:
    """The rows of the calculation against the decision's own columns and facts."""
    assert amounts(told["quota"]) == [0]
    if policy.rules.base.needed:
        assert amounts(told["base"])[0] == decision.base_fen
    if "computed" in told:
        assert amounts(told["computed"])[-1] == decision.computed_fen
    if "fixed" in told:
        assert amounts(told["fixed"]) == [decision.computed_fen]
    values = dict(zip(policy.program.names, witness.values, strict=True))
    for name in (*policy.rules.base.less, *(fact for rule in policy.rules.stacking for fact in rule.facts)):
        if values[name] and "不再重复" not in told.get("deducted", ""):
            fact = policy.rules.facts.get(name) or STANDARD[name]
            row = told["base"] if name in policy.rules.base.less else told.get("other_support")
            if row is not None:
                assert values[name] in amounts(row), (fact.title, row)


def _caps_are_the_decisions(told: Mapping[str, str], lines: tuple[Line, ...]) -> None:
    """Of each cap in order the limit and, where something was used of it before, that and what is left."""
    expected: list[int] = []
    for line in lines:
        if line.code == "cap":
            limit, *before, left = map(_int, line.figures)
            used = [fen for fen in before if fen]
            expected += [limit, *used, *([left] if used else [])]
    assert amounts(AT_A_PRICE.sub("", told.get("cap", ""))) == expected


def _known(lines: tuple[Line, ...], witness: Witness) -> set[int]:
    """Every amount that the decision holds, and those that follow from two of them as a line names them."""
    figures = {figure for line in lines for figure in line.figures if isinstance(figure, int)}
    values = {value for value in witness.values if type(value) is int}
    return figures | values | set(witness.used) | _derived(lines, witness) | {0}


def _prices(policy: Policy) -> set[int]:
    """What the pack or the office set for a unit of what is counted."""
    found = [cap.price for cap in policy.rules.caps] + list(policy.program.computed.prices.values())
    return {price for price in found if isinstance(price, int)}


def _derived(lines: tuple[Line, ...], witness: Witness) -> set[int]:
    found: set[int] = set()
    running = 0
    for line in lines:
        if line.code in ("rate", "fixed", "bands"):
            running = _int(line.figures[-1])
        if line.code == "cap":
            _, declared, used, _ = map(_int, line.figures)
            found |= {declared + used, declared, used}
        if line.code.startswith("stacking"):
            left = _int(line.figures[-1])
            found.add(max(0, running - left))
            running = min(running, left)
        if line.code == "stacking.ceiling":
            found.add(_int(line.figures[2]) * _int(line.figures[1]) // MILLION)
    return found | {value for value in witness.values if type(value) is int and value == 0}


def _int(figure: object) -> int:
    assert isinstance(figure, int)
    return figure
