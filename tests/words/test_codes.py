"""Every code that the rooms name has its sentence: a letter or an error must never lack its words."""

import re
from pathlib import Path

import words

ROOT = Path(__file__).resolve().parents[2]


def named(pattern: str, *rooms: str) -> set[str]:
    found: set[str] = set()
    for room in rooms:
        for path in (ROOT / room).rglob("*.py"):
            found.update(re.findall(pattern, path.read_text(encoding="utf-8")))
    return found


def test_faults_of_packs() -> None:
    assert named(r'"((?:pack|supplement|witness|check)\.[a-z_]+)"', "rules") - words.codes() == set()


def test_refusals_of_acts() -> None:
    assert named(r'Refused\(\s*"([a-z_.]+)"', "casework") - words.codes() == set()


def test_faults_of_offices() -> None:
    assert named(r'OfficeFault\(\s*"([a-z_.]+)"', "models", "casework") - words.codes() == set()


def test_files_that_cannot_be_read() -> None:
    pattern = r'Unreadable\(\s*"([a-z_]+)"'
    tables = named(pattern, "papers/reading", "papers/ledgers", "papers/drawing", "papers/letters")
    assert {f"import.file.{code}" for code in tables} - words.codes() == set()
    invoices = named(pattern, "papers/invoices") | {"too_heavy", "not_found", "no_access", "empty_folder"}
    assert {f"invoice.refused.{code}" for code in invoices} - words.codes() == set()
    assert named(r'UnreadableFile\(\s*"([a-z_.]+)"', "casework", "papers") - words.codes() == set()


def test_files_of_banks() -> None:
    found = named(r'"(bank\.[a-z]+\.[a-z_]+|bank\.no_such)"', "papers")
    found |= {f"bank.match.{code}" for code in ("not_ours", "proposed", "twice", "amount", "amount_unread")}
    found |= {"bank.match.account", "bank.match.status"}
    assert found - words.codes() == set()


def test_what_is_said_by_name() -> None:
    """``say("…")`` and the command line's ``line("…")`` and ``Trouble("…")`` with a code in full."""
    said = named(
        r'(?<!self\.)\b(?:say|t|line|Trouble)\(\s*"([a-z_]+(?:\.[a-z_]+)+)"',
        "cli",
        "casework",
        "papers",
        "desktop",
    )
    assert said - words.codes() == set()


def test_acts_roles_and_states() -> None:
    from casework.core.act_table import ACTS
    from models.state_names import APPLICATION

    wanted = {f"act.{name}" for name in ACTS} | {f"state.{state}" for state in APPLICATION}
    wanted |= {f"role.{role}" for line in ACTS.values() for role in line.roles}
    assert wanted - words.codes() == set()
