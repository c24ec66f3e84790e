"""An auditor's day: the office calculates and verifies clean, and each planted fault is found.

The faults are planted with the triggers taken away first, as someone with the file in hand would.
"""

from pathlib import Path

import pytest

from tests.commandline import Desk
from tests.end_to_end.conftest import Shown
from tests.other_hand import opened


def plant(office: Path, *statements: str) -> None:
    """Changes the file behind the program's back; each statement has to change something."""
    with opened(office) as file:
        triggers = file.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        for name, _ in triggers:
            file.execute(f'drop trigger "{name}"')
        for statement in statements:
            assert file.execute(statement).rowcount > 0, statement
        for _, sql in triggers:
            file.execute(sql)


def test_a_clean_office_replays_and_verifies(desk: Desk, shown: Shown) -> None:
    replayed = desk("--json", "--office", shown.office, "replay")
    assert replayed.status == 0
    assert replayed.json["decisions"] == replayed.json["same"] > 0
    assert replayed.json["differ"] == []
    verified = desk("--json", "--office", shown.office, "verify")
    assert verified.status == 0
    assert all(check["ok"] for check in verified.json["checks"])


def test_a_sample_is_the_same_for_the_same_seed(desk: Desk, shown: Shown) -> None:
    def sampled(seed: int) -> list[dict[str, object]]:
        found: list[dict[str, object]] = desk(
            "--json", "--office", shown.office, "replay", "--sample", 5, "--seed", seed
        ).json["sampled"]
        return found

    assert len(sampled(3)) == 5
    assert sampled(3) == sampled(3) != sampled(4)


PACK = (
    "update pack set canonical = cast(replace(cast(canonical as text), '0.5', '0.6') as blob)"
    " where scheme = 'shenzhen-training-voucher' and version = '2026'"
)
AWARD = (
    "update decision set award_fen = award_fen + 1, holds_fen = holds_fen + 1"
    " where seq = (select max(seq) from decision where award_fen is not null)"
)
LETTER = "update content set body = zeroblob(size) where sha256 = (select content_sha256 from letter limit 1)"
ENTRY = "delete from log_entry where seq = (select max(seq) / 2 from log_entry)"


@pytest.mark.parametrize("statement", [AWARD, PACK], ids=["award", "pack"])
def test_what_was_changed_comes_out_otherwise_in_a_replay(desk: Desk, copy: Path, statement: str) -> None:
    plant(copy, statement)
    replayed = desk("--json", "--office", copy, "replay")
    assert replayed.status == 1
    assert replayed.json["same"] < replayed.json["decisions"]
    assert {"award", "field", "stored", "again"} <= replayed.json["differ"][0].keys()
    told = desk("--office", copy, "replay")
    assert told.status == 1
    assert str(replayed.json["differ"][0]["award"]) in told.out


@pytest.mark.parametrize(
    "statement", [AWARD, PACK, LETTER, ENTRY], ids=["award", "pack", "letter", "log entry"]
)
def test_what_was_changed_is_found_by_verify(desk: Desk, copy: Path, statement: str) -> None:
    plant(copy, statement)
    verified = desk("--json", "--office", copy, "verify")
    assert verified.status == 1
    assert any(not check["ok"] for check in verified.json["checks"])
    told = desk("--lang", "en", "--office", copy, "verify")
    assert told.status == 1
    assert "broken" in told.out
