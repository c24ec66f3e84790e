"""``cases``, ``findings`` and ``proposals``: what stands in the office, for a script and in words."""

from pathlib import Path

import pytest

from casework.award import refusals
from casework.core.office import Office
from casework.core.staff_names import of_account
from casework.money import allotments
from casework.review import checking
from casework.rulebook import supplements
from tests.casework.desk import BUDGET, PACK
from tests.commandline import Desk

SAID = ("用途材料系伪造", "不符合支持用途", "《某某措施》（深科〔2026〕1号）", "第九条")


def ours(office: Path, *more: str) -> tuple[object, ...]:
    return ("--json", "--office", office, "--user", "auditor", *more)


def test_cases_by_state_with_every_column_and_their_sum(desk: Desk, office: Path) -> None:
    told = desk(*ours(office, "cases")).json
    assert [one["state"] for one in told["cases"]] == ["issued", "refused"]
    assert (told["count"], told["award"]) == (2, "4000000.00")
    first = told["cases"][0]
    assert (first["case"], first["award"], first["contract_amount"]) == (
        "SL2026000001",
        "4000000.00",
        "8000000.00",
    )
    assert first["applied_at"] == "2026-05-20T09:30:00+08:00"
    (refused,) = desk(*ours(office, "cases", "--state", "refused")).json["cases"]
    assert (refused["decision"], refused["award"]) == ("refused", None)
    assert refused["reasons"] == ["threshold"]
    assert desk(*ours(office, "cases", "--scheme", "shenzhen-model-voucher")).json["cases"] == []
    assert len(desk(*ours(office, "cases", "--round", "第一批", "--text", "湾畔")).json["cases"]) == 2
    unknown = desk(*ours(office, "cases", "--state", "approvd"))
    assert (unknown.status, unknown.json["error"]) == (2, "cli.unknown_choice")
    assert "approved" in unknown.json["say"]


@pytest.mark.parametrize(
    ("words", "there_is"),
    [
        (("cases", "--scheme", "shenzhen-training"), "shenzhen-training-voucher"),
        (("cases", "--round", "第1批"), "第一批"),
        (("findings", "--code", "same_contracts"), "same_contract"),
        (("scenario", "--unfit", "nxt"), "next"),
    ],
)
def test_a_name_that_is_not_there_is_told_with_those_that_are(
    desk: Desk, office: Path, words: tuple[str, ...], there_is: str
) -> None:
    """They listed nothing and ended with 0, as if there were nothing to see."""
    asked = desk(*ours(office, *words))
    assert (asked.status, asked.json["error"]) == (2, "cli.unknown_choice")
    assert there_is in asked.json["say"] and words[2] in asked.json["say"]


def test_a_number_that_is_not_there_is_refused(desk: Desk, office: Path, tmp_path: Path) -> None:
    letters = desk(*ours(office, "letters", "--award", "99", "-o", str(tmp_path / "out")))
    assert (letters.status, letters.json["error"]) == (2, "refused.no_such_decision")
    assert not (tmp_path / "out").exists()
    none = desk(*ours(office, "scenario", "--round", "99"))
    assert (none.status, none.json["error"]) == (2, "refused.no_such_round")


def test_cases_in_words(desk: Desk, office: Path) -> None:
    shown = desk("--office", office, "--user", "auditor", "cases").out
    assert "已发券" in shown and "4000000.00" in shown and "共 2 件，核定额度合计 4,000,000.00 元" in shown
    english = desk("--lang", "en", "--office", office, "--user", "auditor", "cases").out
    assert "2 cases, 4,000,000.00 yuan awarded" in english


def test_findings_that_stand_and_those_that_were_judged(desk: Desk, office: Path) -> None:
    same = [*_facts(), "--set", "contract_no=HT-2026-001"]
    assert desk("--office", office, "--user", "officer", "act", "submit", *same).status == 0
    (found,) = desk(*ours(office, "findings", "--code", "same_contract")).json["findings"]
    assert (found["code"], found["case"], found["other"]) == ("same_contract", "SL2026000003", "SL2026000001")
    assert (found["state"], found["effect"]) == ("open", "forbids")
    with Office.open(office).closing() as opened:
        checking.judge_finding(opened, "officer", found["number"], "upheld", "核实")
    code = ("--case", found["case"], "--code", found["code"])
    (again,) = desk(*ours(office, "findings", *code)).json["findings"]
    assert (again["state"], again["reason"], again["judged_by"]) == ("upheld", "核实", "陈知远")
    assert desk(*ours(office, "findings", "--case", "SL2026000001")).json["findings"] == []
    assert desk(*ours(office, "findings", "--state", "cleared")).json["findings"] == []
    nobody = desk(*ours(office, "findings", "--case", "SL9"))
    assert (nobody.status, nobody.json["error"]) == (2, "refused.no_such_case")
    assert "认定成立" in desk("--office", office, "--user", "auditor", "findings").out


def test_a_condition_that_fails_is_told_by_its_title(desk: Desk, office: Path) -> None:
    small = [*_facts()[:-1], "contract_amount=1"]
    assert desk("--office", office, "--user", "officer", "act", "submit", *small).status == 0
    with Office.open(office).closing() as opened:
        checking.check(opened, "officer", "SL2026000003")
    found = desk(*ours(office, "findings", "--code", "condition.threshold")).json["findings"]
    assert [one["outcome"] for one in found] == ["fail"]
    assert "不符合“" in found[0]["say"] and "threshold" not in found[0]["say"]


def test_all_that_waits_for_a_second_person(desk: Desk, office: Path) -> None:
    assert desk(*ours(office, "proposals")).json == {"proposals": []}
    with Office.open(office).closing() as opened:
        case = "SL2026000003"
        desk("--office", office, "--user", "officer", "act", "submit", "--case", case, *_facts())
        refusals.propose_refusal(opened, "officer", case, *SAID)
        supplements.propose_supplement(opened, "officer", PACK, "budget_exceeded", "rest", "纪要")
        allotments.appropriate(opened, "finance", BUDGET, "财指〔2026〕9号", 1_000, "追加")
    told = desk(*ours(office, "proposals")).json["proposals"]
    assert [(one["kind"], one["about"], one["confirm"]) for one in told] == [
        ("refusal", case, "confirm_refusal"),
        ("supplement", PACK, "confirm_supplement"),
        ("appropriation", BUDGET, "confirm_appropriation"),
    ]
    assert told[2]["value"] == "10.00" and told[1]["value"] == "rest"
    confirmed = desk(
        *("--office", office, "--user", "approver", "act", told[1]["confirm"]),
        *("--set", f"supplement={told[1]['number']}"),
    )
    assert confirmed.status == 0
    read = desk("--office", office, "--user", "auditor", "proposals").out
    assert "confirm_refusal" in read and "10.00 元" in read and "T09:" not in read


def _facts() -> list[str]:
    said = {"applicant": "91440300MA5005088M", "applicant_name": "乙公司", "contract_amount": "8000000"}
    return [word for key, value in said.items() for word in ("--set", f"{key}={value}")]


def test_who_may_not_read_cases_is_refused(desk: Desk, office: Path) -> None:
    """The window has no page of applications for them either."""
    with Office.open(office).closing() as opened, opened.read() as session:
        called = of_account(session, "system")
    for command in ("cases", "findings", "proposals"):
        answer = desk("--json", "--office", office, "--user", "system", command)
        assert (answer.status, answer.json["error"]) == (2, "refused.may_not_look")
        assert called in answer.json["say"] and called != "system"
        assert desk("--json", "--office", office, "--user", "nobody", command).status == 2
        with pytest.MonkeyPatch.context() as nobody:
            nobody.delenv("VOUCHER_DESK_USER")
            assert desk("--json", "--office", office, command).json["error"] == "cli.no_user"
