"""Offices made by earlier versions of the program: each comes up, opens, verifies, replays and goes on."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from casework.boards import budget_board
from casework.core import files_out
from casework.core.office import Office
from models import Application, Content, Decision, Letter, LogEntry, Voucher, migrate
from rules.money import yuan
from tests.commandline import Desk
from tests.models.server import server
from tests.offices import kept

__all__ = ["server"]


def came_up(desk: Desk, where: Path | str, name: str, *options: str) -> Any:
    """Bring it up on the command line; one of this very schema has nothing to be done."""
    answer = desk("--json", "upgrade", where, *options)
    assert answer.status == 0, answer.err
    assert (answer.json["from"], answer.json["to"]) == (kept.schema(name), migrate.NEWEST)
    return answer.json


def sound(desk: Desk, where: Path | str, decisions: int) -> None:
    """Every check holds and every decision comes out again."""
    verified = desk("--json", "--office", where, "verify")
    assert [check for check in verified.json["checks"] if not check["ok"]] == []
    assert verified.status == 0
    replayed = desk("--json", "--office", where, "replay")
    assert (replayed.status, replayed.json["differ"]) == (0, [])
    assert replayed.json["same"] == replayed.json["decisions"] == decisions


def as_noted(where: Path | str, noted: Any, upgrades: int) -> None:
    """What was counted when it was kept is there."""
    counts = {"applications": Application, "decisions": Decision, "letters": Letter, "vouchers": Voucher}
    with Office.open(where).closing() as office, office.read() as session:
        for each, table in counts.items():
            assert session.execute(select(func.count()).select_from(table)).scalar() == noted[each]
        entries = session.execute(select(func.count()).select_from(LogEntry)).scalar()
        assert entries == noted["log_entries"] + upgrades
        assert session.execute(select(func.sum(col(Decision.award_fen)))).scalar() == noted["awards_fen"]
        states = select(col(Application.state), func.count()).group_by(col(Application.state))
        assert {state: count for state, count in session.execute(states)} == noted["states"]  # noqa: C416
        first = noted["first_letter"]
        body = select(col(Content.body)).join(Letter, col(Letter.content_sha256) == col(Content.sha256))
        stored = session.execute(body.where(col(Letter.numbered) == first["number"])).scalar_one()
        assert hashlib.sha256(stored).hexdigest() == first["sha256"]
        assert office.row.schema_no == int(migrate.NEWEST)


def letters_come_out(desk: Desk, where: Path | str, folder: Path) -> None:
    """Every letter leaves the office again byte for byte: what is written has the hashes that are stored."""
    out = desk("--json", "--office", where, "--user", "auditor", "letters", "-o", folder)
    with Office.open(where).closing() as office, office.read() as session:
        wanted = select(col(Letter.content_sha256)).where(
            col(Letter.voided_at).is_(None), col(Letter.kind).in_(files_out.LETTERS)
        )
        stored = sorted(session.execute(wanted).scalars())
    written = sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir())
    assert written == stored
    assert out.json["letters"] == len(stored) > 0


def goes_on(desk: Desk, where: Path | str, decisions: int) -> None:
    """People work in it: a case that a reading blocks is decided again, and all is sound after it."""
    with Office.open(where).closing() as office, office.read() as session:
        blocked = (
            select(col(Application.case_no))
            .join(Decision, col(Decision.application_id) == col(Application.id))
            .where(col(Application.state) == "suspended", col(Decision.status) == "blocked")
        )
        case = session.execute(blocked.order_by(col(Application.id))).scalars().first()
    decide = ("act", "decide_again", "--case", case, "--reason", "再次核定")
    answer = desk("--json", "--office", where, "--user", "officer", *decide)
    assert answer.status == 0, answer.err
    sound(desk, where, decisions + 1)


def finance_replaces(desk: Desk, where: Path | str) -> int:
    """What the program itself had entered in a budget is replaced by one act; money adds up.

    Returns how many budgets held such an entry.
    """
    with Office.open(where).closing() as office:
        views = budget_board.board(office, "finance").budgets
    silent = [one for one in views if one.silent_fen]
    for one in silent:
        appropriate = ("act", "appropriate", "--set", f"budget={one.key}", "--set", "allotment_no=湾财9号")
        more = desk("--json", "--office", where, "--user", "finance", *appropriate, "--set", "amount=1.00")
        assert more.json["error"] == "refused.silent_budget"
        used = one.balance.appropriation_fen - one.balance.available_fen
        replace = ["act", "replace_appropriation", "--set", f"budget={one.key}", "--reason", "按指标文件"]
        replace += ("--set", "allotment_no=湾财10号", "--set", f"amount={yuan(used)}")
        told = desk("--json", "--office", where, "--user", "finance", *replace).json
        assert (told["appropriation"], told["available"]) == (yuan(used), "0.00")
        assert told["replaced"] == yuan(one.silent_fen)
    return len(silent)


def test_there_are_offices_of_every_schema_that_went_out() -> None:
    for names in (kept.FILES, kept.DUMPS):
        assert {kept.schema(name) for name in names} >= {*kept.GIVEN_OUT, "0001"}
    assert set(kept.GIVEN_OUT) <= set(migrate.KNOWN)


@pytest.mark.parametrize("name", kept.FILES)
def test_a_file_comes_up_and_goes_on(desk: Desk, tmp_path: Path, name: str) -> None:
    where, noted = kept.unpacked(name, tmp_path), kept.noted(name)
    done = came_up(desk, where, name)
    older = kept.schema(name) != migrate.NEWEST
    assert (done["copy"] is not None) == older
    as_noted(where, noted, int(older))
    sound(desk, where, noted["decisions"])
    letters_come_out(desk, where, tmp_path / "letters")
    goes_on(desk, where, noted["decisions"])
    replaced = finance_replaces(desk, where)
    assert replaced == int("every_state" in name and kept.schema(name) <= "0002")
    sound(desk, where, noted["decisions"] + 1)
    if older:
        again = tmp_path / "again"
        again.mkdir()
        Path(done["copy"]).rename(again / "copy.office")
        came_up(desk, again / "copy.office", name)
        as_noted(again / "copy.office", noted, 1)


@pytest.mark.slow
@pytest.mark.parametrize("name", kept.DUMPS)
def test_one_on_a_server_comes_up_and_goes_on(desk: Desk, server: str, tmp_path: Path, name: str) -> None:
    noted = kept.noted(name)
    kept.load(name, server)
    older = kept.schema(name) != migrate.NEWEST
    if older:
        assert desk("--json", "upgrade", server).json["error"] == "office.not_copied"
    came_up(desk, server, name, "--without-copy")
    as_noted(server, noted, int(older))
    sound(desk, server, noted["decisions"])
    letters_come_out(desk, server, tmp_path / "letters")
    goes_on(desk, server, noted["decisions"])
    finance_replaces(desk, server)
    sound(desk, server, noted["decisions"] + 1)
