"""Adopting a pack: nothing is taken of one with a fault, and its examples stay with it for ever."""

import datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from casework.core.refused import Refused
from casework.rulebook import adoption, pack_examples, packs
from casework.rulebook.adoption import PackRefused, examples_of
from casework.rulebook.in_force import Shelf
from casework.rulebook.shipped_packs import POLICIES, examples_beside
from models import Content, Pack
from rules.examples import run
from rules.pack import load
from rules.policy import Policy
from tests.casework.desk import PACK, Desk
from tests.casework.rulebook.test_packs import EXAMPLES, NEXT

TRAINING = POLICIES / "shenzhen" / "training-voucher-2026.toml"
SCHEME = "shenzhen-training-voucher"
DAY = datetime.date(2026, 5, 20)


def adopt(desk: Desk, text: str, examples: str) -> str:
    """Two people adopt it."""
    ref = str(packs.propose_pack(desk.office, "officer", text, examples).facts["pack"])
    packs.confirm_pack(desk.office, "approver", ref)
    return ref


def test_the_examples_of_an_adopted_pack_can_be_run_again_from_what_was_stored(desk: Desk) -> None:
    ref = adopt(desk, NEXT, EXAMPLES)
    with desk.office.read() as session:
        row = packs.find(session, ref)
        kept = examples_of(session, row)
        assert kept == EXAMPLES
        assert run(Policy(load(bytes(row.canonical).decode())), kept) == []


def test_shipped_packs_have_theirs_with_them(desk: Desk) -> None:
    with desk.office.read() as session:
        for row in desk.rows(Pack):
            kept = examples_of(session, row)
            assert kept, row.scheme
        row = packs.find(session, PACK)
        assert run(Policy(load(bytes(row.canonical).decode())), examples_of(session, row) or "") == []


def test_an_adopted_pack_and_its_examples_never_change(desk: Desk) -> None:
    ref = adopt(desk, NEXT, EXAMPLES)
    with desk.office.read() as session:
        number, kept = packs.find(session, ref).id, packs.find(session, ref).examples_sha256
    for statement in (
        f"UPDATE pack SET canonical = x'00' WHERE id = {number}",
        f"UPDATE pack SET examples_sha256 = NULL WHERE id = {number}",
        f"UPDATE pack SET in_force_from = '2020-01-01' WHERE id = {number}",
        f"UPDATE pack SET state = 'proposed', confirmed_at = NULL WHERE id = {number}",
        f"DELETE FROM pack WHERE id = {number}",
        f"UPDATE content SET body = x'00' WHERE sha256 = '{kept}'",
        f"DELETE FROM content WHERE sha256 = '{kept}'",
    ):
        with pytest.raises(IntegrityError, match="kept for ever"), desk.office.write() as session:
            session.connection().exec_driver_sql(statement)


def test_every_fault_is_told_with_its_line_and_nothing_is_stored(desk: Desk) -> None:
    before = len(desk.rows(Pack)), len(desk.rows(Content))
    broken = NEXT.replace('rate = "0.4"', "rate = 0.4").replace('is = "enterprise"', "is_not = 3")
    with pytest.raises(PackRefused) as refused:
        packs.propose_pack(desk.office, "officer", broken, EXAMPLES)
    lines = {fault.line for fault in refused.value.faults}
    at = broken.splitlines()
    assert {at.index("rate = 0.4") + 1, at.index("is_not = 3") + 1} <= lines
    for lang in ("zh", "en"):
        said = refused.value.say(lang)
        assert all(str(line) in said for line in lines)
    assert (len(desk.rows(Pack)), len(desk.rows(Content))) == before


def test_examples_that_count_working_days_are_run_by_the_offices_calendar(desk: Desk) -> None:
    path = Path(__file__).parents[2] / "rules" / "made_up" / "repair-deadline.toml"
    examples = path.with_suffix(".examples.csv").read_text(encoding="utf-8")
    ref = adopt(desk, path.read_text(encoding="utf-8"), examples)
    assert all(not one.differs for one in pack_examples.told(desk.office, ref))


def test_a_pack_of_the_same_name_is_a_new_version_or_none(desk: Desk) -> None:
    adopt(desk, NEXT, EXAMPLES)
    with pytest.raises(Refused, match="pack_awards_otherwise"):
        packs.propose_pack(desk.office, "officer", NEXT.replace('"0.4"', '"0.3"'), EXAMPLES)


@pytest.mark.parametrize(
    ("applied_at", "version"),
    [
        ("2024-12-17T23:59:59", None),
        ("2024-12-18T00:00:00", "2025"),
        ("2025-02-28T12:00:00", "2025"),
        ("2025-12-31T23:59:59", "2025"),
        ("2026-01-01T00:00:00", "2026"),
        ("2026-01-02T00:00:00", "2026"),
        ("2026-12-17T23:59:59", "2026"),
        ("2026-12-18T00:00:00", "2027"),
        ("2026-12-31T23:59:59", "2027"),
        ("2027-01-01T00:00:00", "2027"),
        ("2028-02-28T23:59:59", "2027"),
        ("2028-02-29T00:00:00", "2028"),
        ("2028-03-01T00:00:00", "2028"),
    ],
)
def test_the_legal_date_chooses_the_version_to_the_second(
    desk: Desk, applied_at: str, version: str | None
) -> None:
    limited = NEXT.replace("from = 2026-12-18", "from = 2026-12-18, until = 2028-02-29")
    adopt(desk, limited, EXAMPLES)
    leap = NEXT.replace('"2027"', '"2028"').replace("2026-12-18", "2028-02-29")
    adopt(desk, leap, EXAMPLES.replace("2026-12-18", "2028-02-29"))
    with desk.office.read() as session:
        facts = {"applied_at": datetime.datetime.fromisoformat(applied_at)}
        chosen = Shelf(session).policy(SCHEME, facts, DAY)
    assert (chosen.pack.version if chosen else None) == version


@pytest.mark.parametrize(("day", "version"), [("31", "2026"), ("01", "2027"), ("02", "2027")])
def test_within_the_year_one_is_withdrawn_and_another_takes_its_place(
    desk: Desk, day: str, version: str
) -> None:
    packs.withdraw_pack(desk.office, "approver", PACK, datetime.date(2026, 9, 1), "国家已有规定")
    adopt(desk, NEXT.replace("2026-12-18", "2026-09-01"), EXAMPLES.replace("2026-12-18", "2026-09-01"))
    month = 8 if day == "31" else 9
    with desk.office.read() as session:
        facts = {"applied_at": datetime.datetime(2026, month, int(day), 9)}
        chosen = Shelf(session).policy(SCHEME, facts, DAY)
    assert chosen is not None and chosen.pack.version == version


def test_the_versions_that_count_end_where_they_were_withdrawn(desk: Desk) -> None:
    packs.withdraw_pack(desk.office, "approver", PACK, datetime.date(2026, 9, 1), "停止")
    with desk.office.read() as session:
        others = {one.version: one for one in adoption.versions(session, load(NEXT))}
    assert others["2026"].in_force_until == datetime.date(2026, 9, 1)
    assert others["2025"].in_force_until == datetime.date(2026, 1, 1)


def test_every_shipped_pack_of_another_name_could_be_adopted(desk: Desk) -> None:
    text = TRAINING.read_text(encoding="utf-8").replace(SCHEME, "another-voucher")
    with desk.office.read() as session:
        found = adoption.adoptable(session, text, examples_beside(TRAINING) or "")
    assert found.ref == "another-voucher@2026"


def test_a_text_that_does_not_load_is_refused_with_its_line(desk: Desk) -> None:
    with desk.office.read() as session, pytest.raises(Refused) as refused:
        adoption.adoptable(session, 'id = "x"\nversion = 1', "")
    assert (refused.value.code, refused.value.params["line"]) == ("refused.pack_faults", 1)


def test_a_version_withdrawn_on_its_first_day_counts_for_nothing(desk: Desk) -> None:
    first = datetime.date(2024, 12, 18)
    packs.withdraw_pack(desk.office, "approver", f"{SCHEME}@2025", first, "措施停止执行")
    with desk.office.read() as session:
        assert [one.ref for one in adoption.versions(session, load(NEXT))] == [PACK]
