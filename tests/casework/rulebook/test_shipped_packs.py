"""The packs that come with the program, and the examples beside each."""

import csv
import datetime
import io
from pathlib import Path

import pytest

import models
from casework.audit.replay import replay
from casework.audit.verify import verify
from casework.boards import policy_board
from casework.core.refused import Refused
from casework.rulebook import packs, shipped_packs
from casework.rulebook.in_force import Shelf
from casework.rulebook.shipped_packs import DEFAULT, POLICIES, examples_beside, shipped, shipped_examples
from rules.pack import Pack, load
from tests.casework.desk import PACK, Desk

DAY = datetime.date(2026, 5, 20)
TRAINING = POLICIES / "shenzhen" / "training-voucher-2026.toml"


def test_every_file_is_a_pack_of_its_own_in_order_of_its_days() -> None:
    packs = shipped()
    assert len(packs) == len(list(POLICIES.rglob("*.toml")))
    assert len({pack.ref for pack in packs}) == len(packs)
    of_default = [pack for pack in packs if pack.id == DEFAULT]
    assert [pack.version for pack in of_default] == ["2025", "2026"]
    assert of_default[0].in_force_from < of_default[1].in_force_from
    assert [pack.id for pack in packs] == sorted(pack.id for pack in packs)


def test_a_pack_s_examples_are_found_by_its_hash() -> None:
    hashes = {pack.sha256 for pack in shipped()}
    assert shipped_examples().keys() == hashes, "no pack is shipped without examples"
    mine = shipped_examples()[load(TRAINING.read_text(encoding="utf-8")).sha256]
    beside = TRAINING.with_name("training-voucher-2026.examples.csv")
    assert mine == beside.read_text(encoding="utf-8-sig")
    assert next(csv.reader(io.StringIO(mine)))[0] == "case"


def test_the_examples_lie_beside_the_file_or_there_are_none(tmp_path: Path) -> None:
    pack = tmp_path / "mine.toml"
    assert examples_beside(pack) is None
    (tmp_path / "mine.examples.csv").write_text("case,expected\n", encoding="utf-8-sig")
    assert examples_beside(pack) == "case,expected\n", "without the mark that a spreadsheet sets in front"


# -- a mended text of a version in force --------------------------------------------------------------------


def mended(
    monkeypatch: pytest.MonkeyPatch, old: str = "服务机构已入库", new: str = "服务机构须已入库"
) -> Pack:
    """A later program that brings another text of the version."""
    text = next(pack for pack in shipped_packs.shipped() if pack.ref == PACK).canonical.decode()
    assert old in text
    found = load(text.replace(old, new))
    examples = {found.sha256: shipped_packs.shipped_examples()[load(text).sha256]}
    monkeypatch.setattr(shipped_packs, "shipped", lambda: (found,))
    monkeypatch.setattr(shipped_packs, "shipped_examples", lambda: examples)
    return found


def test_an_office_keeps_its_text_and_is_told_of_the_mended_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = policy_board.board(desk.office)
    assert {one.newer for one in before} == {""}
    text = mended(monkeypatch)
    assert packs.put_in_force(desk.office) == ()
    told = {one.ref: one.newer for one in policy_board.board(desk.office)}
    assert told.pop(PACK) == text.sha256
    assert set(told.values()) == {""}


def test_two_people_adopt_the_mended_text_and_what_was_decided_stays(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.set_terms()
    first = desk.decide(desk.submit())
    text = mended(monkeypatch)
    packs.renew_pack(desk.office, "approver", PACK)
    (proposed,) = [one for one in policy_board.board(desk.office) if one.state == "proposed"]
    assert (proposed.ref, proposed.sha256) == (PACK, text.sha256)
    assert {one.newer for one in policy_board.board(desk.office)} == {""}
    with pytest.raises(Refused, match="same_person"):
        packs.confirm_pack(desk.office, "approver", PACK)
    packs.confirm_pack(desk.office, "approver2", PACK)
    states = {row.sha256: row.state for row in desk.rows(models.Pack) if row.version == "2026"}
    assert states[text.sha256] == "confirmed"
    assert sorted(states.values()) == ["confirmed", "confirmed", "replaced"]  # Longgang's 2026 is the other
    second = desk.decide(desk.submit(contract_no="HT-2026-002", contract_amount=100_000_000))
    assert (first.award_fen, second.award_fen) == (400_000_000, 50_000_000)
    assert first.policy_sha256 != second.policy_sha256
    assert first.pack == second.pack == PACK
    with desk.office.read() as session:
        assert Shelf(session).term("shenzhen-training-voucher", "publicity_days", DAY, DAY) == 5
    answer = replay(desk.office)
    assert (answer["decisions"], answer["same"]) == (2, 2)
    assert [check["name"] for check in verify(desk.office)["checks"] if not check["ok"]] == []


def test_a_text_that_awards_otherwise_is_never_the_same_version(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = mended(monkeypatch, 'rate = "0.6"', 'rate = "0.7"')
    assert {one.newer for one in policy_board.board(desk.office)} == {""}
    with pytest.raises(Refused, match="no_newer_text"):
        packs.renew_pack(desk.office, "officer", PACK)
    with pytest.raises(Refused, match="pack_awards_otherwise") as refused:
        packs.propose_pack(desk.office, "officer", text.canonical.decode(), "")
    assert "startup" in refused.value.say("zh")


def test_of_a_version_one_text_waits_at_a_time_and_the_very_same_is_not_taken_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = mended(monkeypatch)
    with pytest.raises(Refused, match="no_such_pack"):
        packs.renew_pack(desk.office, "officer", "nowhere@1")
    packs.renew_pack(desk.office, "officer", PACK)
    with pytest.raises(Refused, match="pack_exists"):
        packs.renew_pack(desk.office, "officer", PACK)
    other = text.canonical.decode().replace("服务机构须已入库", "服务机构应当已入库")
    examples = shipped_packs.shipped_examples()[text.sha256]
    with pytest.raises(Refused, match="pack_waits"):
        packs.propose_pack(desk.office, "officer", other, examples)
    packs.reject_pack(desk.office, "approver", PACK, "用词不妥")
    packs.propose_pack(desk.office, "officer", other, examples)
    packs.confirm_pack(desk.office, "approver", PACK)
    with desk.office.read() as session:
        assert packs.find(session, PACK).sha256 == load(other).sha256


def test_a_withdrawal_holds_for_the_mended_text_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    packs.withdraw_pack(desk.office, "approver", PACK, datetime.date(2026, 7, 1), "另行规定")
    mended(monkeypatch)
    packs.renew_pack(desk.office, "officer", PACK)
    packs.confirm_pack(desk.office, "approver", PACK)
    with desk.office.read() as session:
        assert packs.find(session, PACK).withdrawn_on == datetime.date(2026, 7, 1)
