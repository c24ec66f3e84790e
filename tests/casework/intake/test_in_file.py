"""What the rows of a file have in common, and how far an amount is out of its column."""

import datetime
from pathlib import Path

import pytest

from casework.intake import portal_import
from casework.review import checking
from models import Finding
from tests.casework.desk import CODE, OTHER_CODE, YOUNG_CODE, Desk
from tests.casework.portal_rows import ROW, bring_in

FOURTH = "91440300MA5005014X"
WAN = "合同金额（万元）"


def rows(*amounts: str, heading: str = WAN) -> list[dict[str, str]]:
    codes = (CODE, OTHER_CODE, YOUNG_CODE)
    return [
        {
            "申报编号": f"FL{at}",
            "统一社会信用代码": codes[at % 3],
            "单位名称": f"单位{at % 3}",
            "合同编号": f"HT-{at}",
            "合同签订日期": f"2026-04-{at + 1:02}",
            "合同金额（元）": "",
            heading: amount,
        }
        for at, amount in enumerate(amounts)
    ]


def far_out(desk: Desk) -> list[tuple[int, str | None]]:
    return [
        (one.application_id, one.with_text)
        for one in desk.rows(Finding)
        if one.code == "amount_far_out" and one.state == "open"
    ]


def without_yuan(row: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in row.items() if name != "合同金额（元）"}


@pytest.fixture
def wan(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A column in 万元 where one applicant wrote yuan."""
    monkeypatch.delitem(ROW, "合同金额（元）")
    bring_in(desk, tmp_path, *map(without_yuan, rows("100", "120", "150", "1000000")))
    return desk


def test_yuan_under_a_heading_in_ten_thousand_yuan_is_a_finding(wan: Desk) -> None:
    assert far_out(wan) == [(4, "contract_amount")]
    checking.check(wan.office, "officer", "FL3")
    assert far_out(wan) == [(4, "contract_amount")]
    checking.check(wan.office, "officer", "FL2")
    assert far_out(wan) == [(4, "contract_amount")]


@pytest.mark.parametrize(
    "scheme", ["guangming-compute-subsidy", "qingyang-compute-voucher", "longgang-compute-subsidy"]
)
def test_where_the_rules_state_no_budget_an_amount_beyond_any_lease_is_far_out(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    """8,000,000 yuan under a heading in 万元, and the largest lease that was seen."""
    monkeypatch.delitem(ROW, "合同金额（元）")
    bring_in(desk, tmp_path, *map(without_yuan, rows("8000000", "92200")), scheme=scheme)
    assert far_out(desk) == [(1, "contract_amount")]
    checking.check(desk.office, "officer", "FL0")
    assert far_out(desk) == [(1, "contract_amount")]


def test_once_the_amount_is_verified_the_check_finds_it_no_more(wan: Desk) -> None:
    checking.verify_facts(wan.office, "officer", "FL3", {"contract_amount": 100_000_000}, "单位为元")
    checking.check(wan.office, "officer", "FL3")
    assert far_out(wan) == []


def test_the_neighbours_tell_within_the_budget_too(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """400,000,000 is within the year's 500,000,000, and four thousand times what the others ask for."""
    monkeypatch.delitem(ROW, "合同金额（元）")
    bring_in(desk, tmp_path, *map(without_yuan, rows("9", "10", "11", "40000")))
    assert far_out(desk) == [(4, "contract_amount")]
    checking.check(desk.office, "officer", "FL3")
    assert far_out(desk) == [(4, "contract_amount")]


def test_an_amount_among_few_or_not_so_far_out_is_none(desk: Desk, tmp_path: Path) -> None:
    bring_in(desk, tmp_path, *rows("0", "0", "0", heading="区级财政资金（元）"))
    assert far_out(desk) == []


def test_at_the_counter_it_is_the_years_budget_that_tells(desk: Desk) -> None:
    desk.submit(contract_amount=50_000_000_000)
    case = desk.submit(contract_no="HT-2", contract_amount=50_000_000_001)
    assert far_out(desk) == [(2, "contract_amount")]
    checking.check(desk.office, "officer", case)
    assert far_out(desk) == [(2, "contract_amount")]


FEE = "使用费（万元）"
HENAN = "henan-compute-voucher"


@pytest.mark.parametrize("fees", [("500000",), ("0.01", "0.02", "0.03", "4000")])
def test_an_amount_that_a_pack_declares_is_measured_as_all_are(
    desk: Desk, tmp_path: Path, fees: tuple[str, ...]
) -> None:
    """5,000,000,000 yuan beyond the year's 50,000,000; 40,000,000 within it, and far above its neighbours."""
    fed = [row | {FEE: fee} for row, fee in zip(rows(*"1234", heading="附注"), fees, strict=False)]
    done = bring_in(desk, tmp_path, *({**row, "合同金额（元）": "600000"} for row in fed), scheme=HENAN)
    last = len(fees)
    assert [found for found in done.findings if found[1] == "amount_far_out"] == [
        (f"FL{last - 1}", "amount_far_out", "usage_fee")
    ]
    assert far_out(desk) == [(last, "usage_fee")]
    for case in dict.fromkeys(("FL0", f"FL{last - 1}")):
        checking.check(desk.office, "officer", case)
    assert far_out(desk) == [(last, "usage_fee")]
    fee_fen = 500_000_000_000 if last == 1 else 4_000_000_000
    checking.verify_facts(
        desk.office, "officer", f"FL{last - 1}", {"usage_fee": fee_fen // 10_000}, "单位为元"
    )
    assert far_out(desk) == []


def test_an_amount_that_a_pack_declares_is_measured_at_the_counter(desk: Desk) -> None:
    desk.submit(HENAN, usage_fee=5_000_000_000)
    case = desk.submit(HENAN, usage_fee=5_000_000_001, contract_no="HT-2")
    assert far_out(desk) == [(2, "usage_fee")]
    checking.check(desk.office, "officer", case)
    assert far_out(desk) == [(2, "usage_fee")]


def test_one_contract_under_two_numbers_is_told_to_both(desk: Desk, tmp_path: Path) -> None:
    same = {"申报编号": "B", "统一社会信用代码": OTHER_CODE, "单位名称": "乙", "合同编号": "另一个号"}
    done = bring_in(desk, tmp_path, {"申报编号": "A"}, same)
    assert done.findings == (("A", "similar_contract", "B"), ("B", "similar_contract", "A"))
    later = bring_in(desk, tmp_path, same | {"申报编号": "C", "合同编号": "又一个号"})
    assert later.findings == (("C", "likely_same_contract", "B"), ("C", "similar_contract", "A"))


def test_an_applicant_s_contract_under_two_numbers_is_told_as_one(desk: Desk, tmp_path: Path) -> None:
    """Whatever the provider is called; another signing day makes two contracts."""
    other = {"申报编号": "B", "合同编号": "HT-2026-002", "服务机构名称": "别的机构"}
    found = bring_in(desk, tmp_path, {"申报编号": "A"}, other).findings
    pairs = [each for each in found if each[1] == "likely_same_contract"]
    assert pairs == [("A", "likely_same_contract", "B"), ("B", "likely_same_contract", "A")]
    later = bring_in(
        desk, tmp_path, other | {"申报编号": "C", "合同编号": "HT-7", "合同签订日期": "2026-04-02"}
    )
    assert "likely_same_contract" not in [code for _, code, _ in later.findings]
    checking.check(desk.office, "officer", "B")
    assert [
        one.with_text
        for one in desk.rows(Finding)
        if one.code == "likely_same_contract"
        and one.state == "open"
        and one.with_id == desk.application("A").id
    ] == ["A"]


def test_a_dry_run_finds_the_same(desk: Desk, tmp_path: Path) -> None:
    from tests.casework.portal_rows import portal_file

    path = portal_file(
        tmp_path / "p.csv", {"申报编号": "A", "其他财政支持合计（元）": "1", "区级财政资金（元）": "2"}
    )
    tried = portal_import.try_file(desk.office, path)
    assert tried.findings == portal_import.import_file(desk.office, "officer", path).findings
    assert tried.findings == (("A", "support_differs", "other_support"),)
    assert datetime.date(2026, 5, 20) == desk.office.today()


ACCOUNTS = ("6222000011112200001", "6222-0000-1111-2200001", "6222 0000 1111 22-00001")


@pytest.mark.parametrize("first", ACCOUNTS)
@pytest.mark.parametrize("together", [True, False])
def test_one_account_of_two_applicants_is_found_however_it_is_written(
    desk: Desk, tmp_path: Path, first: str, together: bool
) -> None:
    """In one file, and in a file against what the office holds."""
    said = (first, *(each for each in ACCOUNTS if each != first), "6222000011112200002")
    table = [
        {
            "申报编号": f"FL{at}",
            "统一社会信用代码": code,
            "单位名称": f"单位{at}",
            "合同编号": f"HT-{at}",
            "合同金额（元）": f"{1000000 + at}",
            "开户银行": "湾畔银行",
            "银行账号": account,
        }
        for at, (account, code) in enumerate(zip(said, (CODE, OTHER_CODE, YOUNG_CODE, FOURTH), strict=True))
    ]
    if together:
        bring_in(desk, tmp_path, *table)
    else:
        for row in table:
            bring_in(desk, tmp_path, row)
    found = [one for one in desk.rows(Finding) if one.code == "same_account"]
    assert [(one.application_id, one.with_text) for one in found] == [(2, CODE), (3, CODE)]
