"""One door for facts: a value is the same whoever brings it, and what no door may let in none lets in.

A spelling goes through import, entry by hand, the command line's `act`, verification, an answer to a
correction and `calculate`; what is stored, or decided, is the same.
"""

import csv
import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import col

from casework.cases import versions
from casework.cases.case_facts import Register, facts_of, row_of
from casework.cases.field_table import FIELDS, SAID
from casework.core.refused import Refused
from casework.intake import counter_entry
from casework.intake.portal_import import Options, import_file
from casework.review import checking, corrections
from casework.rulebook.shipped_packs import DEFAULT, shipped
from casework.without_office.calculation import Calculation, calculate
from models import Application, ApplicationVersion, BankAccount, Contact
from rules.plain_text import says_nothing
from tests.casework.desk import CODE, Desk
from tests.casework.spellings import SPELLED
from tests.papers.portal_files import HEADINGS, application, table, workbook

PLAIN: dict[str, str] = {
    "applicant": CODE,
    "applicant_name": "湾畔公司",
    "applicant_kind": "enterprise",
    "contract_amount": "100.00",
    "provider": "云海",
    "contract_no": "HT-1",
    "applied_at": "2026-05-20 09:30",
}
MORE = {"other_city": "其中：市级财政资金（元）", "purpose": "用途", "district": "注册地所在区"}


def said_of(desk: Desk, case: str) -> dict[str, Any]:
    with desk.office.read() as session:
        found = session.execute(select(Application).where(col(Application.case_no) == case)).scalar_one()
        return versions.held(session, found)


def by_hand(desk: Desk, facts: Mapping[str, str], _: Path) -> dict[str, Any]:
    change = counter_entry.submit(desk.office, "officer", {**PLAIN, **facts})
    return said_of(desk, str(change.facts["case"]))


def by_words(desk: Desk, facts: Mapping[str, str], _: Path) -> dict[str, Any]:
    said = ";".join(f"{name}={text}" for name, text in {**PLAIN, **facts}.items())
    change = counter_entry.submit(desk.office, "officer", said)
    return said_of(desk, str(change.facts["case"]))


def by_import(desk: Desk, facts: Mapping[str, str], folder: Path) -> dict[str, Any]:
    number = len(desk.rows(Application)) + 1
    row = {**application(number), **facts}
    file = workbook(folder / f"{number}.xlsx", table(row, headings={**HEADINGS, **MORE}))
    imported = import_file(desk.office, "officer", file)
    assert imported.rejected == (), imported.rejected
    return said_of(desk, f"T{number:04d}")


def _unsaid(name: str, text: str) -> bool:
    """What is no change: who applies never changes, and an empty purpose is none."""
    return name == "applicant" or (name == "purpose" and says_nothing(text or "/"))


def by_verification(desk: Desk, facts: Mapping[str, str], _: Path) -> dict[str, Any]:
    own = {name: text for name, text in facts.items() if not _unsaid(name, text)}
    case = desk.submit(**{name: None for name in own if name not in ("applicant_name", "contract_amount")})
    if own:
        checking.verify_facts(desk.office, "officer", case, own, "核对原件")
    return said_of(desk, case)


def by_correction(desk: Desk, facts: Mapping[str, str], _: Path) -> dict[str, Any]:
    own = {name: text for name, text in facts.items() if not _unsaid(name, text)}
    case = desk.submit(**{name: None for name in own if name not in ("applicant_name", "contract_amount")})
    corrections.ask_correction(desk.office, "officer", case, [("paper", "contract", "缺页")])
    corrections.answer_correction(desk.office, "officer", case, own)
    return said_of(desk, case)


def by_calculate(_: Desk, facts: Mapping[str, str], __: Path) -> dict[str, Any]:
    """What the stand-alone calculation reads of the facts that it knows."""
    row = {**PLAIN, "case": "1", **facts}
    calculation = Calculation(tuple(row), shipped(), DEFAULT)
    return dict(calculation.read(list(row.values())).facts)


Door = Callable[[Desk, Mapping[str, str], Path], dict[str, Any]]
DOORS: Mapping[str, Door] = {
    "by hand": by_hand,
    "in words": by_words,
    "import": by_import,
    "verification": by_verification,
    "correction": by_correction,
    "calculate": by_calculate,
}


@pytest.mark.parametrize("door", DOORS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_however_it_is_spelled_it_is_the_same_fact(
    desk: Desk, tmp_path: Path, door: str, data: st.DataObject
) -> None:
    desk.set("correction_days", "5") if not desk.rows(Application) else None
    some = data.draw(st.lists(st.sampled_from(sorted(SPELLED)), min_size=1, max_size=6, unique=True))
    facts = {name: data.draw(SPELLED[name][1], name) for name in some}
    found = DOORS[door](desk, facts, tmp_path)
    unsaid = {"applicant", "purpose"} if door in ("verification", "correction") else set()
    for name in facts:
        if name not in unsaid and (door != "calculate" or name in found):
            wanted = SPELLED[name][0]
            if door == "calculate" and name == "other_support" and "other_city" in facts:
                wanted = max(
                    wanted, SPELLED["other_city"][0]
                )  # what is said by level counts where it is more
            assert found[name] == wanted, (name, facts[name])


def test_the_same_case_by_two_doors_is_the_same_case(desk: Desk, tmp_path: Path) -> None:
    """What the rules see of an application is the same, field by field, however it came in."""
    facts = {name: str(text) for name, text in application(1).items() if isinstance(text, str)}
    facts |= {"applied_at": "2026-05-07 14:19", "contract_amount": "8000000", "founded_on": "2024-01-13"}
    facts |= {"starts_on": "2026-05-01", "ends_on": "2027-04-30"}
    known = facts | {"case": "H0001"}
    counter_entry.submit(desk.office, "officer", {k: v for k, v in known.items() if k != "case"}, "H0001")
    import_file(desk.office, "officer", workbook(tmp_path / "a.xlsx", table(application(1))))
    seen = []
    with desk.office.read() as session:
        register = Register(session)
        for case in ("H0001", "T0001"):
            number = session.execute(
                select(col(Application.id)).where(col(Application.case_no) == case)
            ).scalar_one()
            seen.append(facts_of(row_of(session, number), register) | {"case": ""})
    assert seen[0] == seen[1]
    alone = by_calculate(desk, facts, tmp_path)
    for name, value in alone.items():
        if name != "case":
            assert seen[1][name] == value, name


def test_nothing_accepted_is_lost(desk: Desk, tmp_path: Path) -> None:
    """Each field by itself, beside what an application needs, is found again."""
    values: dict[str, Any] = {
        "text": "某某",
        "long_text": "训练",
        "id": "X-1",
        "phone": "0755-26001234",
        "account": "622200001111",
        "money": "1234.50",
        "yes_no": "是",
        "date": "2026-04-01",
        "moment": "2026-05-20 09:30",
        "kind": "企业",
    }
    from papers.reading.portal_headings import table as fields

    for name in SAID:
        if name in PLAIN:
            continue
        text = values[fields()[name]["type"]]
        for door in (by_hand, by_words, by_verification, by_correction):
            if door in (by_verification, by_correction) and not desk.rows(Application):
                continue
            desk.set("correction_days", "5") if door is by_correction and name == "founded_on" else None
            found = door(desk, {name: text}, tmp_path)
            assert found[name] not in (None, ""), (name, door.__name__)
    assert any(row.name == "" and row.phone for row in desk.rows(Contact))
    assert any(row.number == "" and row.bank for row in desk.rows(BankAccount))


def test_a_file_with_a_column_for_each_field_loses_none(desk: Desk, tmp_path: Path) -> None:
    headings = {
        **HEADINGS,
        **MORE,
        "contact": "联系人",
        "phone": "联系电话",
        "bank": "开户银行",
        "net_amount": "合同金额（不含税，元）",
        "service": "服务事项",
        "other_national": "其中：国家级财政资金（元）",
        "other_district": "其中：区级财政资金（元）",
        "other_source": "其他财政资金来源",
        "awarded_before": "本年度此前已核定额度（元）",
    }
    row = application(1, leased_in_year="600000", other_support="3.00")
    row |= {
        "contact": None,
        "phone": "13800001111",
        "bank": "湾畔银行",
        "net_amount": "7000000",
        "service": "训练",
        "other_national": "1",
        "other_city": "1",
        "other_district": "1",
        "other_source": "区科创局",
        "awarded_before": "5",
        "purpose": "训练大模型",
        "district": "南山区",
    }
    assert set(SAID) <= set(headings)
    assert (
        import_file(
            desk.office, "officer", workbook(tmp_path / "a.xlsx", table(row, headings=headings))
        ).rejected
        == ()
    )
    found = said_of(desk, "T0001")
    assert [name for name in SAID if found[name] is None] == ["contact"]
    assert (found["phone"], found["bank"]) == ("13800001111", "湾畔银行")
    row |= {"account": None}
    row |= {"case": "T0002"}
    import_file(desk.office, "officer", workbook(tmp_path / "b.xlsx", table(row, headings=headings)))
    assert (said_of(desk, "T0002")["bank"], said_of(desk, "T0002")["account"]) == ("湾畔银行", None)


REFUSED = {
    "applicant_name": "湾畔\u202e公司",
    "contract_amount": "0.00",
    "applicant": "0" * 18,
    "signed_on": "2026年4月1日星期五",
    "account": "见附件",
    "related_party": "也许",
    "contract_no": "1.23E+17",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_door_may_let_in_none_lets_in(desk: Desk, tmp_path: Path, name: str) -> None:
    for door in (by_hand, by_words):
        with pytest.raises(Refused):
            door(desk, {name: REFUSED[name]}, tmp_path)
    row = {**application(1), name: REFUSED[name]}
    imported = import_file(desk.office, "officer", workbook(tmp_path / "a.xlsx", table(row)))
    assert len(imported.rejected) == 1 and not imported.accepted
    case = desk.submit()
    with pytest.raises(Refused):
        checking.verify_facts(desk.office, "officer", case, {name: REFUSED[name]}, "核对")
    assert len(desk.rows(ApplicationVersion)) == 1


@pytest.mark.parametrize(
    ("name", "code"),
    [("applicant_name", "applicant"), ("applicant", "credit_code"), ("单位名称", "applicant")],
)
def test_a_file_that_calculate_reads_an_import_reads_too(
    desk: Desk, tmp_path: Path, name: str, code: str
) -> None:
    """Under the names of `calculate` an import missed the code's column."""
    row: dict[str, str] = {each: text for each, text in PLAIN.items() if not each.startswith("applicant")}
    row |= {
        "case": "FL1",
        name: "湾畔公司",
        code: CODE,
        "applicant_kind": "enterprise",
        "signed_on": "2026-04-01",
    }
    row |= {"founded_on": "2019-03-01", "related_party": "no", "provider_admitted": "yes"}
    source, target = tmp_path / "cases.csv", tmp_path / "out.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(row | {"contract_amount": "8000000"})
    imported = import_file(desk.office, "officer", source)
    assert (imported.accepted, imported.rejected) == (1, ())
    found = said_of(desk, "FL1")
    assert (found["applicant"], found["applicant_name"]) == (CODE, "湾畔公司")
    calculate(source, target, shipped(), DEFAULT)
    with target.open(encoding="utf-8", newline="") as file:
        assert [each["award"] for each in csv.DictReader(file)] == ["4000000.00"]


def test_a_contract_of_a_fen_is_one(desk: Desk, tmp_path: Path) -> None:
    assert by_hand(desk, {"contract_amount": "0.01"}, tmp_path)["contract_amount"] == 1
    assert by_import(desk, {"contract_amount": "0.01", "other_support": "0"}, tmp_path)["other_support"] == 0
    with pytest.raises(Refused, match="contract_of_zero"):
        desk.submit(contract_amount=0, contract_no="HT-9")


@pytest.mark.parametrize("zero", ["0", "0.00", "¥0"])
def test_a_contract_without_a_price_is_none_at_every_door(desk: Desk, tmp_path: Path, zero: str) -> None:
    """By `calculate` it came out refused by the rules, as if the firm were not eligible."""
    case = desk.submit()
    book = workbook(tmp_path / "zero.xlsx", table(application(1, contract_amount=zero)))
    (rejected,) = import_file(desk.office, "officer", book).rejected
    assert (rejected.reason, rejected.why) == ("amount", "zero")
    with pytest.raises(Refused, match="contract_of_zero"):
        checking.verify_facts(desk.office, "officer", case, {"contract_amount": zero}, "核对")
    target = tmp_path / "awards.csv"
    calculate(book, target, shipped(), DEFAULT)
    with target.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["status"], row["reasons"], row["award"]) == ("blocked", "contract_amount", "")


def test_a_code_is_confirmed_from_the_licence_and_stays_a_finding(desk: Desk, tmp_path: Path) -> None:
    wrong = CODE[:17] + next(each for each in "0123" if each != CODE[17])
    file = workbook(tmp_path / "a.xlsx", table(application(1, applicant=wrong)))
    assert [each.reason for each in import_file(desk.office, "officer", file).rejected] == ["credit_code"]
    let_in = import_file(desk.office, "officer", file, Options(confirmed={wrong: "与营业执照一致"}))
    assert ("T0001", "code_confirmed", "applicant") in let_in.findings and let_in.accepted == 1
    assert desk.rows(ApplicationVersion)[0].reason == "与营业执照一致"
    checking.check(desk.office, "officer", "T0001")
    with desk.office.read() as session:
        from models import Finding

        codes_found = [row.code for row in session.execute(select(Finding)).scalars() if row.state == "open"]
    assert "code_confirmed" in codes_found
    more = workbook(tmp_path / "b.xlsx", table(application(2, applicant=wrong)))
    assert import_file(desk.office, "officer", more).accepted == 1, "what was confirmed once is known"
    with pytest.raises(Refused, match=r"refused\.credit_code"):
        desk.submit(applicant="91350203M000100X18", contract_no="HT-8")
    change = counter_entry.submit(
        desk.office, "officer", {**PLAIN, "applicant": "91350203M000100X18"}, reason="与营业执照一致"
    )
    assert "code_confirmed" in change.facts["findings"]


def test_calculate_takes_a_confirmed_code_and_says_so(tmp_path: Path) -> None:
    wrong = CODE[:17] + next(each for each in "0123" if each != CODE[17])
    rows = [
        {
            **PLAIN,
            "case": str(at),
            "applicant": said,
            "contract_amount": "30000000",
            "founded_on": "2019-03-01",
            "related_party": "否",
            "provider_admitted": "是",
            "signed_on": "2026-04-01",
        }
        for at, said in enumerate((wrong, wrong[:8] + "-" + wrong[8:], CODE, wrong[:17] + "O"))
    ]
    source, target = tmp_path / "cases.csv", tmp_path / "out.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)

    def told(**confirmed: str) -> list[tuple[str, str]]:
        calculate(source, target, shipped(), DEFAULT, confirmed=confirmed)
        with target.open(encoding="utf-8", newline="") as file:
            return [(row["award"] or row["status"], row["reasons"]) for row in csv.DictReader(file)]

    blocked = ("blocked", "applicant")
    assert told() == [blocked, blocked, ("10000000.00", ""), blocked]
    assert told(**{wrong: "与营业执照一致"}) == [
        ("10000000.00", ""),
        ("refused", "applicant_year"),
        ("10000000.00", ""),
        blocked,
    ]


def test_a_founding_after_the_application_is_not_known(desk: Desk, tmp_path: Path) -> None:
    late = {"founded_on": "2026-06-01", "applied_at": "2026-05-20 09:30"}
    case = desk.submit(founded_on=datetime.date(2026, 6, 1), provider_admitted=True)
    decided = desk.decide(case)
    assert (decided.status, decided.award_fen) == ("blocked", None)
    assert "founded_on" in decided.reasons
    assert by_calculate(desk, {**late}, tmp_path)["founded_on"] is None
    assert by_calculate(desk, {**late, "founded_on": "2026-05-20"}, tmp_path)["founded_on"] is not None
    change = counter_entry.submit(desk.office, "officer", {**PLAIN, **late})
    assert "founded_after_applying" in change.facts["findings"]


def test_every_field_is_tried() -> None:
    assert set(SPELLED) <= set(FIELDS)
