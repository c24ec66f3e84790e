"""Two contracts that share a cap by the likeness of their numbers are never so in silence."""

from pathlib import Path

from casework.without_office.calculation import calculate
from casework.without_office.summary import Summary
from rules.pack import Pack, load
from tests.rules.desk import small_text

PER_CONTRACT = (
    "[[cap]]\nid = 'most'\ntitle = '每份合同上限'\nlimit = '600.00'\nper = ['contract']\narticle = 'a'\n"
)
PER_YEAR = PER_CONTRACT.replace("'contract'", "'applicant', 'year'")
HEAD = "申报编号,统一社会信用代码,申报时间,合同编号,合同金额（元）"


def calculated(folder: Path, pack: Pack, *numbers: str, code: str = "91440300MA50050230") -> Summary:
    rows = [f"{at},{code},2026-05-20,{number},1000" for at, number in enumerate(numbers)]
    source = folder / "cases.csv"
    source.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return calculate(source, folder / "out.csv", [pack], pack.id)


def test_a_pair_that_may_be_two_contracts_is_named(tmp_path: Path) -> None:
    told = calculated(tmp_path, load(small_text(PER_CONTRACT)), "HT-1-11", "HT-11-1", "HT 11 1", "HT-2")
    assert told.alike == ("HT-1-11 / HT-11-1", "HT-1-11 / HT 11 1")
    assert told.as_json()["contracts_alike"] == list(told.alike)


def test_one_contract_in_many_writings_is_not(tmp_path: Path) -> None:
    pack = load(small_text(PER_CONTRACT))
    told = calculated(tmp_path, pack, "HT-1-11", "HT 1 11", "HT—1－11", "HT/1/11", "HT111", "ht1-11")
    assert (told.alike, "contracts_alike" in told.as_json()) == ((), False)


def test_where_no_cap_is_one_of_a_contract_nothing_is_shared(tmp_path: Path) -> None:
    assert calculated(tmp_path, load(small_text(PER_YEAR)), "HT-1-11", "HT-11-1").alike == ()
