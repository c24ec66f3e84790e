"""For every shipped pack, and for every way in which a pack may bind an award: letter, ledger, screen and
explanation say what was decided, and the letter's own figures lead to the award.
"""

import datetime
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import openpyxl
import pytest

from casework.core.office import SHANGHAI, Office
from casework.core.refused import Refused
from casework.intake import counter_entry
from casework.issuing import approval, letters, publicity, vouchers
from casework.money import budgets
from casework.outgoing import ledger_export
from casework.review import checking
from casework.rulebook import official_sources, supplements
from casework.rulebook.explanation_in_words import tell
from casework.rulebook.shipped_packs import shipped
from models import Decision, Letter
from papers.drawing.pdfa import check
from rules.decide import decode
from rules.lines import lines_of
from rules.money import capital, grouped
from rules.pack import Pack
from tests.casework.adopted import adopt
from tests.casework.desk import CODE, PROVIDER, SERVICE, TERMS, Clock, Desk
from tests.casework.stored_letter import stored
from tests.letter_reader import amounts, recalculated, rows
from tests.papers import poppler

DAY = {
    "shenzhen-training-voucher@2026": datetime.datetime(2026, 5, 20, 9, 30),
    "longgang-compute-subsidy@2026": datetime.datetime(2026, 7, 10, 9, 30),
    "hangzhou-compute-voucher@2024": datetime.datetime(2024, 6, 3, 9, 30),
}
USUAL_DAY = datetime.datetime(2025, 6, 3, 9, 30)
READINGS = {
    "startup_reference_date": "applied_at", "startup_definition": "12", "startup_ceiling": "60",
    "domestic_rate": "0.35", "rate": "0.3", "ceiling": "0.5", "applicant_year_limit": "1500000.00",
    "budget_exceeded": "rest", "budget_amount": "40000000.00", "share": "0.5",
    "applicant_limit": "1000000.00", "project_limit": "3000000.00", "amount_first": "800000.00",
    "amount_second": "500000.00", "amount_third": "200000.00", "reference_price": "12.50",
    "cheap_share": "0.4", "applicant_hours": "10000", "budget_hours": "1000000",
}  # fmt: skip
OF_ITS_OWN: dict[str, dict[str, Any]] = {
    "shenzhen-corpus-voucher@2025": {"through_exchange": True, "provider": None, "service": None},
    "shenzhen-model-voucher@2025": {"model_filed": True, "provider": None, "service": None},
    "beijing-compute-voucher@2023": {
        "claimed_before": False, "dishonest_in_three_years": False, "storage_amount": 100_000_001,
    },
    "tianmen-compute-voucher@2024": {"voucher_class": "5000"},
    "guangming-compute-subsidy@2025": {"support_year": 2},
    "henan-compute-voucher@2025": {"contract_amount": 100_000_005},
    "hangzhou-compute-voucher@2024": {"base_model_filed": False, "domestic_compute": True},
    "hangzhou-compute-voucher@2025": {"base_model_filed": False, "domestic_compute": True},
    "beijing-etown-compute-voucher@2024": {"domestic_compute": True},
    "shenzhen-application-demonstration@2025": {
        "project_class": "标杆项目", "audited_investment": 1_234_567_891, "supported_before": False,
        "provider": None, "service": None,
    },
    "shenzhen-corpus-opening@2025": {
        "on_platform": True, "corpus_class": "第二档", "provider": None, "service": None,
    },
    "shenzhen-loan-interest@2025": {
        "ai_enterprise": True, "interest_paid": 33_333_333, "provider": None, "service": None,
    },
    "shenzhen-startup-compute@2025": {"small_firm": True, "centre": "社会投资", "card_hours": 12_345},
    "shenzhen-national-projects@2025": {
        "national_project": True, "project_no": "GJ-2026-01", "national_grant": 1_000_000_001,
        "provider": None, "service": None,
    },
}  # fmt: skip
ALLOTTED = 4_000_000_000

SMALL = """
id = "small-voucher"
version = "1"
title = "小额券"
document = "某规〔2026〕1号"
document_title = "小额券办法"
grade = "A"
in_force = {{ from = 2026-01-01, article = "第十条" }}
{top}
[[tier]]
id = "general"
title = "一般单位"
otherwise = true
{worth}
article = "第一条"

[budget]
amount = "40000000.00"
exceeded = "rest"
article = "第八条"
{more}
[[unset]]
id = "tax_basis"
type = "choice"
title = "核定基数是否含税"

[office]
tax_basis = {{ unset = "tax_basis" }}
publicity_days = {{ value = 5, article = "第九条" }}
validity_months = {{ value = 12, article = "第九条" }}
redemption_days = {{ value = 30, article = "第九条" }}
"""
HALF = 'rate = "0.5"'
CAP = (
    "[[cap]]\nid = 'year'\ntitle = '每个申请单位每年上限'\nper = ['applicant', 'year']\narticle = '第五条'\n"
)
OTHER = "[[stacking]]\nid = 'other'\ntitle = '其他资金'\narticle = '第四条'\n"
CITY = (
    "[[fact]]\nid = 'city_money'\ntype = 'money'\ntitle = '市级资金'\ndefault = 0\n"
    + OTHER
    + "facts = ['city_money']\nhow = 'deduct'\n"
)


class Kind(NamedTuple):
    """A way in which a pack binds: its worth and rules, the case, and what the letter must say of it."""

    worth: str = HALF
    more: str = ""
    facts: Mapping[str, Any] = MappingProxyType({})
    said: tuple[str, ...] = ()
    top: str = ""
    left: int = ALLOTTED
    before: int = 0
    verified: Mapping[str, Any] = MappingProxyType({})


KINDS = {
    "rate": Kind(said=("8,000,000.00元×50%＝4,000,000.00元", "按比例计算")),
    "fixed": Kind('fixed = "5000.00"', said=("定额5,000.00元", "按定额确定")),
    "bands": Kind(
        'bands = [{ up_to = "1000000.00", rate = "0.5" }, { rate = "0.3" }]',
        said=("1,000,000.00元×50%＋7,000,000.00元×30%＝2,600,000.00元",),
    ),
    "floor": Kind(
        more="[[floor]]\nid = 'least'\ntitle = '最低额'\non = 'award'\nat_least = '9000.00'\nhow = 'raise'\n"
        "article = '第六条'\n",
        facts={"contract_amount": 1_000_000},
        said=("最低额：5,000.00元低于9,000.00元，按9,000.00元计（依据第六条）",),
    ),
    "cap": Kind(
        more=CAP + "limit = '3000000.00'\n", said=("每个申请单位每年上限3,000,000.00元（依据第五条）",)
    ),
    "used cap": Kind(
        more=CAP + "limit = '3000000.00'\nbefore = 'awarded_before'\n",
        facts={"awarded_before": 50_000_000}, before=200_000_000,
        said=("本年度此前已核定额度500,000.00元、此前已获核定额度1,000,000.00元，本次至多1,500,000.00元",),
    ),
    "soft cap": Kind(
        more=CAP + "limit = '1000000.00'\noverrun = { limit = '2000000.00', reason = 'overrun_reason' }\n"
        "[[fact]]\nid = 'overrun_reason'\ntype = 'text'\ntitle = '超额理由'\n",
        verified={"overrun_reason": "国家重大专项"},
        said=("上限2,000,000.00元（原则上1,000,000.00元，超出理由：国家重大专项）",),
    ),
    "limit of the tier": Kind(
        more=CAP + "limit = '3000000.00'\ntier_limit = { general = '700000.00' }\n",
        said=("每个申请单位每年上限700,000.00元",),
    ),
    "deduct": Kind(
        more=CITY, facts={"city_money": 30_000_000, "other_support": 90_000_000},
        said=("已获其他财政资金市级资金300,000.00元", "其中已扣减300,000.00元（依据第四条）"),
    ),
    "ceiling": Kind(
        more=OTHER + "how = 'ceiling'\nshare = '0.5'\n", facts={"other_support": 90_000_000},
        said=("其中已扣减900,000.00元（与其他财政资金合计不超过合同金额8,000,000.00元的50%，即4,000,000.00元",),
    ),
    "rest of the budget": Kind(left=123_456_789, said=("年度预算可用余额1,234,567.89元",)),
    "rounding at the end": Kind(
        more="[[rounding]]\nwhere = 'end'\nunit = '100.00'\narticle = '第七条'\n",
        facts={"contract_amount": 800_012_345},
        said=("向下取整到100.00元：4,000,061.72元取为4,000,000.00元（依据第七条）",),
    ),
    "rounding up to what a cap allows": Kind(
        more="[[rounding]]\nwhere = 'end'\nunit = '10000.00'\nmode = 'up'\narticle = '第七条'\n"
        + CAP
        + "limit = '3999999.99'\n",
        facts={"contract_amount": 800_099_999},
        said=(
            "向上取整到10,000.00元将超出限额，故向下取整到10,000.00元：3,999,999.99元取为3,990,000.00元",
        ),
    ),
    "rounding of the step": Kind(
        more="[[rounding]]\nwhere = 'step'\nunit = '100.00'\narticle = '第七条'\n",
        facts={"contract_amount": 800_012_345},
        said=("8,000,123.45元×50%＝4,000,000.00元（向下取整到100.00元）（依据第七条）",),
    ),
    "split": Kind(
        more="[[funder]]\nid = 'a'\ntitle = '省级财政'\nshare = '0.5'\nodd = true\narticle = '第三条'\n"
        "[[funder]]\nid = 'b'\ntitle = '市级财政'\nshare = '0.5'\narticle = '第三条'\n",
        facts={"contract_amount": 800_000_002},
        said=("省级财政2,000,000.01元（50%）、市级财政2,000,000.00元（50%）（依据第三条）",),
    ),
    "afterwards": Kind(
        top='mode = "afterwards"', said=("关于给予小额券资金的通知", "核定金额4,000,000.00元")
    ),
    "the provider redeems": Kind(top='payee = "provider"', said=(f"由{PROVIDER}在结算时抵扣",)),
}  # fmt: skip


@pytest.fixture
def desk(prepared_office: Path, tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "desk.office"
    shutil.copy(prepared_office, path)
    clock = Clock()
    with Office.open(path, clock=clock).closing() as office:
        yield Desk(office, clock)


def settle(desk: Desk, pack: Pack, cited: bool = True) -> None:
    """What the office sets for a pack, and the official documents that its rules rest on."""
    for name, value in (TERMS | READINGS).items():
        declared = pack.parameter(name)
        if declared is None:
            continue
        readings = [one.id for one in declared.readings]
        given = value if not readings or value in readings else readings[0]
        said = supplements.propose_supplement(
            desk.office, "officer", pack.ref, name, given, "局长办公会纪要〔2026〕3号"
        )
        supplements.confirm_supplement(desk.office, "approver", said.facts["supplement"])
    if cited:
        cite(desk, pack)


def cite(desk: Desk, pack: Pack) -> None:
    """Two people record an official document for each rule that rests on a digest."""
    for name in official_sources.unofficial(desk.office, pack.ref):
        said = official_sources.propose_source(
            desk.office, "officer", pack.ref, name, "算力券申报指南", "第三条",
            datetime.date(2026, 4, 20), "示例〔2026〕9号",
        )  # fmt: skip
        supplements.confirm_supplement(desk.office, "approver", said.facts["supplement"])


def day_of(pack: Pack) -> datetime.datetime:
    """When its case is applied for."""
    usual = USUAL_DAY if pack.in_force(USUAL_DAY.date()) else datetime.datetime(2026, 5, 20, 9)
    return DAY.get(pack.ref, usual)


def submit(desk: Desk, pack: Pack, **facts: Any) -> str:
    applied = day_of(pack)
    said: dict[str, Any] = {
        "applied_at": applied, "applicant": CODE, "applicant_name": "湾畔语言模型有限公司",
        "applicant_kind": "enterprise", "founded_on": datetime.date(2020, 3, 1), "provider": PROVIDER,
        "service": SERVICE, "contract_no": "HT-2026-001", "signed_on": applied.date(),
        "starts_on": applied.date(), "ends_on": applied.date() + datetime.timedelta(days=200),
        "contract_amount": 800_000_000, "related_party": False,
    }  # fmt: skip
    merged = {name: value for name, value in (said | facts).items() if value is not None}
    case: str = counter_entry.submit(desk.office, "officer", merged, scheme=pack.id).facts["case"]
    return case


def decided(desk: Desk, case: str) -> Decision:
    return desk.decide(case)


def issued(desk: Desk, case: str) -> bytes:
    """The approval letter of a decided case, as it is kept."""
    until = publicity.publish(desk.office, "officer", cases=[case]).facts
    last: datetime.date = until["until_on"]
    desk.clock.at = datetime.datetime(last.year, last.month, last.day, 9, tzinfo=SHANGHAI)
    desk.days(1)
    publicity.end_publicity(desk.office, "officer", until["publicity"])
    approval.approve(desk.office, "approver", case, "纪要〔2026〕7号")
    vouchers.issue_voucher(desk.office, "officer", case)
    letters.issue_approval(desk.office, "officer", case)
    letter = next(one for one in reversed(desk.rows(Letter)) if one.kind == "approval")
    with desk.office.read() as session:
        return stored(session, letter.id)


def compared(desk: Desk, case: str, pdf: bytes, path: Path) -> str:
    """Holds letter, ledger, screen and explanation against the decision; answers the letter's text."""
    check(pdf)
    decision = desk.decision(case)
    told = rows(poppler._run("pdftotext", pdf, "-raw").decode())
    award = decision.award_fen
    quota = told.get("quota") or told["amount"]
    assert award is not None and amounts(quota) == [award] and recalculated(told) == award
    assert f"（大写：人民币{capital(award)}）" in quota
    assert ("base" in told) == (decision.base_fen is not None)
    assert "base" not in told or amounts(told["base"])[0] == decision.base_fen
    if "funders" in told:
        assert sum(amounts(told["funders"])) == award
    assert decision.policy_sha256 is not None
    with desk.office.read() as session:
        policy = desk.office.policy(session, decision.policy_sha256)
    lines = lines_of(decision.trace)
    witness = decode(policy, decision.witness)
    screen = "".join(one.text.replace(" ", "") for one in tell(policy, lines, witness))
    assert grouped(award) in screen
    explained = {grouped(figure) for line in lines for figure in line.figures if isinstance(figure, int)}
    for name in ("base", "computed", "fixed", "budget", "rounding", "funders"):
        for fen in amounts(told.get(name, "")):
            assert grouped(fen) in screen, (name, fen)
    for name in ("fixed", "rounding", "funders"):
        assert {grouped(fen) for fen in amounts(told.get(name, "")) if fen > 0} <= explained
    ledger_export.write_ledger(desk.office, "finance", "voucher", path)
    table = list(openpyxl.load_workbook(path, data_only=True).worksheets[0].values)
    heads = next(row for row in table if "券编号" in row)
    below = table[table.index(heads) + 1]
    names = [str(upper) if lower is None else str(lower) for upper, lower in zip(heads, below, strict=True)]
    mine = next(row for row in table if str(decision.seq) == row[names.index("核算单号")])
    ledger = dict(zip(names, mine, strict=True))
    assert _fen(ledger["核定额度"]) == award
    assert (
        ledger["核定基数"] is None
        if decision.base_fen is None
        else _fen(ledger["核定基数"]) == decision.base_fen
    )
    assert _fen(ledger["计算额"]) == decision.computed_fen
    if "deducted" in told:
        assert _fen(ledger["其中已扣减"]) == amounts(told["deducted"])[0]
    if "cap" in told:
        _, *before = amounts(told["cap"].partition("；")[0])
        assert _fen(ledger["上限"]) in amounts(told["cap"])
        assert _fen(ledger["上限已用"]) in (0, sum(before[:-1])) and ("本次至多" not in told["cap"] or before)
    assert _fen(ledger["剩余额度"]) == award
    if isinstance(ledger["比例"], float):
        assert f"{ledger['比例'] * 100:g}%" in told["tier"] + told["computed"]
    for part in decision.split.split(";") if decision.split else ():
        funder, _, said = part.rpartition(":")
        title = next(one.title for one in policy.rules.funders if one.id == funder)
        assert _fen(ledger[title]) == int(said)
    return poppler.text(pdf)


def _fen(cell: float) -> int:
    return round(cell * 100)


@pytest.mark.parametrize(
    "pack",
    [pytest.param(one, id=one.ref) for one in shipped()],
)
def test_the_letter_of_every_shipped_pack(desk: Desk, pack: Pack, tmp_path: Path) -> None:
    if pack.ref in DAY and DAY[pack.ref].year == 2026:
        desk.clock.at = max(
            desk.clock.at, DAY[pack.ref].replace(tzinfo=SHANGHAI) + datetime.timedelta(hours=1)
        )
    settle(desk, pack)
    case = submit(desk, pack, **OF_ITS_OWN.get(pack.ref, {}))
    _allot(desk, pack)
    decision = decided(desk, case)
    assert decision.status == "awarded", decision.reasons
    pdf = issued(desk, case)
    text = compared(desk, case, pdf, tmp_path / "ledger.xlsx")
    pages = {page: "".join(word.text for word in poppler.placed(pdf) if word.page == page) for page in (1, 2)}
    assert "核定额度" in pages[1] or "核定金额" in pages[1]
    assert "如对本决定不服" in pages[2] and "联系人" in pages[2], "the signature is not alone there"
    assert "摘要" not in text and "；：" not in text and "None" not in text
    assert ("券编号" in text) == (pack.mode != "afterwards")


@pytest.mark.parametrize("ref", ["tianmen-compute-voucher@2024", "chengdu-compute-voucher@2025"])
def test_the_letter_of_a_pack_without_official_documents_waits_for_all_of_them(desk: Desk, ref: str) -> None:
    """Named at once, for the award that the pack itself can calculate; recorded, the letter cites them."""
    pack = next(one for one in shipped() if one.ref == ref)
    settle(desk, pack, cited=False)
    case = submit(desk, pack, **OF_ITS_OWN.get(ref, {}))
    _allot(desk, pack)
    assert decided(desk, case).status == "awarded"
    with pytest.raises(Refused, match="digest_only") as refused:
        issued(desk, case)
    assert refused.value.params["rule"] and "请先补录官方文件的名称、文号和条款" in refused.value.say()
    cite(desk, pack)
    number = letters.issue_approval(desk.office, "officer", case).facts["letter"]
    with desk.office.read() as session:
        assert "《算力券申报指南》（示例〔2026〕9号）第三条" in poppler.text(stored(session, number))


@pytest.mark.parametrize("name", KINDS)
def test_the_letter_of_every_way_in_which_a_pack_binds(desk: Desk, name: str, tmp_path: Path) -> None:
    kind = KINDS[name]
    adopt(desk.office, SMALL.format(top=kind.top, worth=kind.worth, more=kind.more))
    pack = next(one for one in _shelf(desk) if one.id == "small-voucher")
    settle(desk, pack)
    _allot(desk, pack, kind.left)
    if kind.before:
        decided(desk, submit(desk, pack, contract_no="HT-2026-000", contract_amount=kind.before))
    case = submit(desk, pack, **kind.facts)
    if kind.verified:
        checking.verify_facts(desk.office, "officer", case, dict(kind.verified), "会议研究")
    assert decided(desk, case).status == "awarded"
    said = compared(desk, case, issued(desk, case), tmp_path / "ledger.xlsx")
    for words in kind.said:
        assert words in said, said


def _shelf(desk: Desk) -> tuple[Pack, ...]:
    from casework.rulebook.in_force import Shelf

    with desk.office.read() as session:
        return Shelf(session).bare_packs()


def _allot(desk: Desk, pack: Pack, fen: int = ALLOTTED) -> None:
    key = f"{pack.budget.key if pack.budget else pack.id}/{day_of(pack).year}"
    with desk.office.read() as session:
        found = budgets.find(session, key)
    before = 0 if found is None else found.appropriation_fen
    if fen != before:
        desk.give(fen - before, key)
