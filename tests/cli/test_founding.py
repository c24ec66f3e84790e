"""``init`` and ``demo``: a new office, empty or with a round taken to its vouchers."""

from pathlib import Path

import pytest

import words
from casework.founding import demonstration
from casework.people import accounts
from casework.rulebook.shipped_packs import shipped
from papers import draft_file
from tests.commandline import Desk, interrupted_after


def test_a_new_office_names_its_people_and_its_packs(desk: Desk, tmp_path: Path) -> None:
    office = tmp_path / "our.office"
    answer = desk("--json", "init", office)
    packs = [pack.ref for pack in shipped()]
    assert (answer.status, answer.json["office"], answer.json["people"]) == (
        0, str(office), ["system", "rights"],
    )  # fmt: skip
    assert sorted(answer.json["packs"]) == sorted(packs)
    again = desk("--json", "init", office)
    assert (again.status, again.json["error"]) == (2, "office.exists")


@pytest.mark.parametrize(
    ("named", "begun"),
    [
        ("shenzhen-training-voucher", ["shenzhen-training-voucher@2025", "shenzhen-training-voucher@2026"]),
        (
            "shenzhen-corpus-voucher， shenzhen-training-voucher@2026,",
            ["shenzhen-corpus-voucher@2025", "shenzhen-training-voucher@2026"],
        ),
    ],
)
def test_an_office_begins_with_the_packs_that_are_named(
    desk: Desk, tmp_path: Path, named: str, begun: list[str]
) -> None:
    office = tmp_path / "our.office"
    assert desk("--json", "init", office, "--demo-people", "--packs", named).json["packs"] == begun
    listed = desk("--json", "--office", office, "--user", "auditor", "policy", "list").json["packs"]
    assert sorted(f"{one['id']}@{one['version']}" for one in listed) == begun


def test_a_pack_that_there_is_not_makes_no_office(desk: Desk, tmp_path: Path) -> None:
    office = tmp_path / "our.office"
    answer = desk("--json", "init", office, "--packs", "shenzhen-training-voucher,shenzhen-trainin")
    assert (answer.status, answer.json["error"]) == (2, "refused.no_such_pack")
    assert "shenzhen-trainin" in str(answer.json) and list(tmp_path.iterdir()) == []


def test_people_read_who_is_there(desk: Desk, tmp_path: Path) -> None:
    office = tmp_path / "our.office"
    said = desk("--lang", "en", "init", office, "--demo-people").out
    assert said.startswith(f"Made {office}; people: officer, officer2, approver")
    assert "shenzhen-training-voucher@2026" in said


def test_the_demonstration_lays_its_papers_beside_its_office(desk: Desk, tmp_path: Path) -> None:
    made = ["demo", tmp_path / "demo.office", "--cases", "5", "--seed", "3"]
    answer = desk("--json", *made)
    papers = tmp_path / "demo-papers"
    assert answer.status == 0
    assert (answer.json["applications"], answer.json["seed"], answer.json["papers"]) == (5, 3, str(papers))
    assert (papers / "portal.xlsx").is_file() and (papers / "ledgers" / "voucher-2026.xlsx").is_file()
    again = desk("--json", *made)
    assert (again.status, again.json["error"]) == (2, "office.exists")


def test_people_read_its_figures_and_where_its_papers_are(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, object] = {}

    def demo(office: str, **named: object) -> dict[str, object]:
        asked.update(named, office=office)
        return {"applications": 4, "states": {"issued": 4}, "left": "499,000,000.01", "seed": 9}

    monkeypatch.setattr(demonstration, "demo", demo)
    out = tmp_path / "out"
    office = tmp_path / "demo.office"
    printed = desk("--lang", "en", "demo", office, "--cases", "4", "--seed", "9", "--out", out).out
    _, *rows, last = printed.splitlines()
    assert [line.split() for line in rows] == [
        ["Applications", "4"],
        ["Left", "of", "the", "budget", "(yuan)", "499,000,000.01"],
    ]
    assert last == words.say("cli.demo.lies", "en", folder=out)
    for told in ("progress", "stored"):
        asked.pop(told)
    assert asked == {"office": str(office), "cases": 4, "seed": 9, "out": out, "lang": "en"}


def test_a_server_has_no_folder_beside_it(desk: Desk) -> None:
    refused = desk("--json", "demo", "postgresql://a/b")
    assert (refused.status, refused.json["error"]) == (2, "cli.demo.no_out")


@pytest.mark.parametrize(("kind", "name"), [(draft_file, "place_new"), (accounts, "found")])
@pytest.mark.parametrize("command", [("init", "--demo-people"), ("demo", "--cases", "2")])
def test_interrupted_an_office_is_told_as_made_where_it_is(
    desk: Desk, tmp_path: Path, kind: object, name: str, command: tuple[str, ...]
) -> None:
    """An office that stood whole in its place was said not to have been changed."""
    office, made = tmp_path / "our.office", name == "place_new"
    with interrupted_after(kind, name):
        answer = desk("--lang", "en", command[0], office, *command[1:])
    code = "cli.interrupted_made" if made else "cli.interrupted"
    assert answer.err == words.say(code, "en", office=office) + "\n"
    assert (answer.status, office.exists()) == ((1, True) if made else (2, False))
    if made:
        assert desk("--json", "--office", office, "verify").status == 0
