"""A cap per contract follows the contract: however it is spelled, and whoever else numbers alike."""

import contextlib
import datetime
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from casework.audit.replay import replay
from casework.audit.verify import checks
from casework.award import deciding
from casework.cases import elsewhere, versions
from casework.core.act import by_itself
from casework.core.office import Office
from casework.founding.office_upgrade import bring_up
from casework.intake import arrivals, counter_entry, in_file
from casework.issuing import withdraw_suspend_revoke
from casework.money.cap_counters import cap_used
from casework.money.caps_carried import ACT, bring_over
from models import Application, CapEntry, CapUse, Contract, Finding, LogEntry
from rules import counter_keys
from rules.facts import Facts
from rules.policy import Policy
from tests.casework.adopted import adopt
from tests.casework.desk import CODE, OTHER_CODE, Desk
from tests.models.later import with_later_step
from tests.rules.round_packs import pack_text

CAP = ("test-voucher/applicant_year/" + CODE + "/HT2026001", "test-voucher/applicant_year/" + CODE + "/001")
SPELLED = ("HT-2026-001", "HT 2026-001", "ht-2026-001", "ＨＴ－2026－001", "HT—2026—001")
FIRST_COME = 'exceeded = "rest"'


def by_contract() -> str:
    return pack_text(FIRST_COME, cap="100000.00").replace('["applicant", "year"]', '["contract"]')


def submit(desk: Desk, contract: str, applicant: str = CODE, amount: int = 8_000_000) -> str:
    facts = {
        "applied_at": datetime.datetime(2026, 5, 20, 9),
        "applicant": applicant,
        "applicant_name": f"单位{applicant[-2:]}",
        "applicant_kind": "enterprise",
        "contract_no": contract,
        "contract_amount": amount,
    }
    return str(counter_entry.submit(desk.office, "officer", facts, "", None, "test-voucher").facts["case"])


def award(desk: Desk, contract: str, applicant: str = CODE, amount: int = 8_000_000) -> int | None:
    return desk.decide(submit(desk, contract, applicant, amount)).award_fen


def cases(desk: Desk) -> list[str]:
    return [row.case_no for row in desk.rows(Application)]


@contextlib.contextmanager
def brought_up(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The desk's office after it was closed and brought up by a program that knows one step more."""
    desk.office.close()
    with_later_step(monkeypatch, folder)
    path = folder / "desk.office"
    bring_up(path)
    with Office.open(path, clock=desk.clock).closing() as office:
        yield Desk(office, desk.clock)


def sound(desk: Desk) -> None:
    found = replay(desk.office)
    assert (found["differ"], found["same"]) == ([], found["decisions"])
    assert [check.name for check in checks(desk.office) if not check.ok] == []


def carry(desk: Desk) -> int:
    def body(session: Session, at: datetime.datetime) -> dict[str, int]:
        return {"caps_carried": bring_over(session, at)}

    said = by_itself(desk.office, ACT, "office", body) or {}
    return int(said["caps_carried"])


def test_five_spellings_of_one_contract_have_one_cap(desk: Desk) -> None:
    adopt(desk.office, by_contract())
    assert [award(desk, each) for each in SPELLED] == [8_000_000, 2_000_000, None, None, None]


def test_two_firms_whose_contract_is_001_have_two(desk: Desk) -> None:
    adopt(desk.office, by_contract())
    assert [award(desk, "001", each) for each in (CODE, OTHER_CODE)] == [8_000_000, 8_000_000]


def as_written(policy: Policy, facts: Facts) -> tuple[str, ...]:
    """How an earlier version named the caps' counters: by the number as it was written."""
    return tuple(f"{policy.pack.id}/{scope.cap.id}/{facts['contract_no']}" for scope in policy.caps)


@pytest.fixture
def of_old(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An office that an earlier version decided in: counters by the number as it was written."""
    adopt(desk.office, by_contract())
    with monkeypatch.context() as earlier:
        earlier.setattr(Policy, "cap_keys", as_written)
        assert [award(desk, each, amount=3_000_000) for each in SPELLED[:2]] == [3_000_000, 3_000_000]
        assert [award(desk, "001", each, 6_000_000) for each in (CODE, OTHER_CODE)] == [6_000_000, 4_000_000]
    return desk


def test_what_was_used_under_old_names_is_carried_over_by_entries(of_old: Desk) -> None:
    stored = [decision.cap_keys for decision in map(of_old.decision, cases(of_old))]
    assert carry(of_old) == 4
    assert carry(of_old) == 0
    with of_old.office.read() as session:
        assert cap_used(session, [*CAP, CAP[1].replace(CODE, OTHER_CODE)]) == (
            6_000_000,
            6_000_000,
            4_000_000,
        )
    old = {row.key: row.used_fen for row in of_old.rows(CapUse) if row.key.count("/") == 2}
    assert old == {f"test-voucher/applicant_year/{number}": 0 for number in (*SPELLED[:2], "001")}
    assert len([row for row in of_old.rows(CapEntry) if row.act == ACT]) == 8
    assert stored == [decision.cap_keys for decision in map(of_old.decision, cases(of_old))]
    sound(of_old)
    assert award(of_old, SPELLED[4]) == 4_000_000


def test_what_a_decision_of_old_gives_back_is_found_under_the_new_name(of_old: Desk) -> None:
    carry(of_old)
    first, second, *_ = cases(of_old)
    withdraw_suspend_revoke.withdraw(of_old.office, "officer", first, "申请单位撤回")
    deciding.decide_again(of_old.office, "officer", second, "再次核定")
    with of_old.office.read() as session:
        assert cap_used(session, CAP[:1]) == (3_000_000,)
    sound(of_old)


def test_an_older_office_brings_its_caps_along(
    of_old: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with brought_up(of_old, tmp_path, monkeypatch) as up:
        last = up.rows(LogEntry)[-1]
        assert (last.act, json.loads(last.payload)["caps_carried"]) == ("upgrade", 4)
        sound(up)
        assert award(up, SPELLED[4]) == 4_000_000


LABELLED = ("No. HT-2026-001", "合同编号：HT-2026-001", "HT-2026-001号")


def test_a_label_is_no_second_contract(desk: Desk) -> None:
    adopt(desk.office, by_contract())
    assert [award(desk, each) for each in (*LABELLED, SPELLED[0])] == [8_000_000, 2_000_000, None, None]
    assert len(desk.rows(Contract)) == 1
    said = [finding.code for finding in desk.rows(Finding)]
    assert said.count("same_contract") == 3, "and each but the first is asked about"


def as_cleaned_before(number: str) -> str:
    """How an earlier version cleaned a number: it kept the label."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", number) if sign.isalnum()).upper()


def test_an_older_office_joins_what_a_label_had_set_apart(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three labels had used three caps; the contract has had more than its one, and gets nothing again."""
    adopt(desk.office, by_contract())
    with monkeypatch.context() as earlier:
        for module in (versions, elsewhere, arrivals, in_file, counter_keys):
            earlier.setattr(module, "number_key", as_cleaned_before)
        assert [award(desk, each, amount=6_000_000) for each in LABELLED] == [6_000_000] * 3
    assert len({row.number_key for row in desk.rows(Contract)}) == 3
    with brought_up(desk, tmp_path, monkeypatch) as up:
        told = json.loads(up.rows(LogEntry)[-1].payload)
        assert (told["contracts_joined"], told["caps_carried"]) == (3, 3)
        assert len({row.contract_id for row in up.rows(Application)}) == 1
        with up.office.read() as session:
            assert cap_used(session, CAP[:1]) == (18_000_000,)
        sound(up)
        assert award(up, SPELLED[0]) is None
        sound(up)


PROJECT = """
[[fact]]
id = "project"
type = "text"
title = "项目编号"
"""


def by_project() -> str:
    return pack_text(FIRST_COME, cap="100000.00").replace('["applicant", "year"]', '["project"]') + PROJECT


def award_project(desk: Desk, contract: str, project: str) -> int | None:
    facts = {
        "applied_at": datetime.datetime(2026, 5, 20, 9),
        "applicant": CODE,
        "applicant_name": "单位甲",
        "applicant_kind": "enterprise",
        "contract_no": contract,
        "contract_amount": 4_000_000,
        "project": project,
    }
    kept = counter_entry.submit(desk.office, "officer", facts, "", None, "test-voucher")
    return desk.decide(str(kept.facts["case"])).award_fen


def test_an_older_office_joins_a_project_that_was_written_in_two_ways(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text of a pack's own was once told by capital letters and width: two spellings had used two caps."""
    adopt(desk.office, by_project())
    with monkeypatch.context() as earlier:
        earlier.setattr(counter_keys, "folded", str)
        for contract, project in (("A-1", "Xm-2026/7"), ("A-2", "ＸＭ-2026/7")):
            assert award_project(desk, contract, project) == 4_000_000
    with brought_up(desk, tmp_path, monkeypatch) as up:
        assert json.loads(up.rows(LogEntry)[-1].payload)["caps_carried"] == 2
        (used,) = (row for row in up.rows(CapUse) if row.used_fen)
        assert (used.key, used.used_fen) == ("test-voucher/applicant_year/XM-2026%2F7", 8_000_000)
        sound(up)
        assert award_project(up, "A-3", "xm-2026/7") == 2_000_000
        sound(up)


def by_group() -> str:
    group = PROJECT.replace("project", "group") + 'default = "applicant"\n'
    return pack_text(FIRST_COME, cap="100000.00").replace('["applicant", "year"]', '["group"]') + group


def test_firms_without_a_group_share_no_cap_and_an_older_office_sets_them_apart(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the group was blank all firms once drew on one counter: the second got what the first left."""
    adopt(desk.office, by_group())
    with monkeypatch.context() as earlier:
        earlier.setattr(Policy, "known", lambda policy, facts: facts)
        assert [award(desk, "A-1"), award(desk, "B-1", OTHER_CODE)] == [8_000_000, 2_000_000]
    with brought_up(desk, tmp_path, monkeypatch) as up:
        assert json.loads(up.rows(LogEntry)[-1].payload)["caps_carried"] == 2
        used = {row.key.split("/")[2]: row.used_fen for row in up.rows(CapUse) if row.used_fen}
        assert used == {CODE: 8_000_000, OTHER_CODE: 2_000_000}
        sound(up)
        assert award(up, "B-2", OTHER_CODE) == 8_000_000
        sound(up)
