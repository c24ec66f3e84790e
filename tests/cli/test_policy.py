import shutil
from pathlib import Path
from typing import Any

import pytest

from casework.rulebook.shipped_packs import POLICIES, shipped
from tests.commandline import Desk

TRAINING = POLICIES / "shenzhen" / "training-voucher-2026.toml"


def test_list_names_every_shipped_pack_with_what_is_unset(desk: Desk) -> None:
    found = {f"{row['id']}@{row['version']}": row for row in desk("--json", "policy", "list").json["packs"]}
    assert found.keys() == {pack.ref for pack in shipped()}
    training = found["shenzhen-training-voucher@2026"]
    assert (training["from"], training["until"]) == ("2026-01-01", "2026-12-18")
    assert {"startup_reference_date", "startup_ceiling", "budget_exceeded"} <= set(training["unset"])
    assert "shenzhen-training-voucher@2026" in desk("policy", "list").out


def test_show_prints_what_is_stored_and_hashed(desk: Desk, tmp_path: Path) -> None:
    (row,) = desk("--json", "policy", "show", "shenzhen-training-voucher@2026").json["packs"]
    again = tmp_path / "again.toml"
    again.write_text(row["toml"], encoding="utf-8")
    (same,) = desk("--json", "policy", "show", again).json["packs"]
    assert same == row
    assert len(desk("--json", "policy", "show", "shenzhen-training-voucher").json["packs"]) == 2


@pytest.mark.parametrize("path", sorted(POLICIES.rglob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_pack_is_without_fault(desk: Desk, path: Path) -> None:
    answer = desk("--json", "policy", "check", path)
    assert (answer.status, answer.json["faults"]) == (0, [])


def test_a_fault_is_named_with_its_line(desk: Desk, tmp_path: Path) -> None:
    lines = TRAINING.read_text(encoding="utf-8").splitlines()
    at = lines.index('rate = "0.6"')
    lines[at] = "rate = 0.6"
    pack = tmp_path / "mine.toml"
    pack.write_text("\n".join(lines), encoding="utf-8")
    answer = desk("--json", "--lang", "en", "policy", "check", pack)
    assert answer.status == 1
    assert [fault["line"] for fault in answer.json["faults"]] == [at + 1]
    assert f"line {at + 1}" in desk("--lang", "en", "policy", "check", pack).out


def test_a_pack_that_is_no_text_or_not_there_ends_with_2(desk: Desk, tmp_path: Path) -> None:
    binary = tmp_path / "mine.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    assert desk("policy", "check", binary).status == 2
    assert desk("policy", "check", tmp_path / "none.toml").status == 2
    assert desk("policy", "show", "no-such-pack").status == 2


def test_of_several_supplements_all_are_proposed_or_none(desk: Desk, tmp_path: Path) -> None:
    office = tmp_path / "office.db"
    assert desk("init", office, "--demo-people").status == 0
    whole = (
        "--json", "--office", office, "--user", "officer", "policy", "supplement",
        "shenzhen-training-voucher@2026", "--source", "纪要1号", "--set", "validity_months=12", "--set",
    )  # fmt: skip
    refused = desk(*whole, "tax_basis=gross")
    assert (refused.status, refused.json["error"]) == (2, "refused.no_such_value")
    assert desk(*whole, "tax_basis=with").json["supplements"] == [1, 2]


def test_a_supplement_takes_two_people(desk: Desk, tmp_path: Path) -> None:
    office = tmp_path / "office.db"
    assert desk("init", office, "--demo-people").status == 0
    pack = "shenzhen-training-voucher@2026"
    proposed = desk(
        "--json", "--office", office, "--user", "approver", "policy", "supplement", pack,
        "--set", "startup_ceiling=50", "--source", "made up",
    )  # fmt: skip
    number = proposed.json["supplements"][0]
    same = desk("--json", "--office", office, "--user", "approver", "policy", "confirm", number)
    assert (same.status, same.json["error"]) == (2, "refused.same_person")
    assert desk("--office", office, "--user", "approver2", "policy", "confirm", number).status == 0
    wrong = desk(
        "--json", "--office", office, "--user", "approver", "policy", "supplement", pack,
        "--set", "startup_ceiling=many", "--source", "made up",
    )  # fmt: skip
    assert (wrong.status, wrong.json["error"]) == (2, "refused.no_such_value")


def test_adopting_takes_two_people(desk: Desk, tmp_path: Path) -> None:
    office = tmp_path / "office.db"
    assert desk("init", office, "--demo-people").status == 0
    text = TRAINING.read_text(encoding="utf-8").replace("shenzhen-training-voucher", "another-voucher")
    pack = tmp_path / "another.toml"
    pack.write_text(text, encoding="utf-8")
    unshown = desk("--json", "--office", office, "--user", "officer", "policy", "adopt", pack)
    assert (unshown.status, unshown.json["error"]) == (2, "refused.pack_faults")
    assert [fault["code"] for fault in unshown.json["faults"]] == ["check.no_examples"]
    said = desk("--office", office, "--user", "officer", "--lang", "en", "policy", "adopt", pack)
    assert (said.status, said.out) == (2, "") and "example" in said.err
    shutil.copy(TRAINING.with_name("training-voucher-2026.examples.csv"), tmp_path / "another.examples.csv")
    assert (
        desk("--json", "--office", office, "--user", "officer", "policy", "adopt", pack).json["pack"]
        == "another-voucher@2026"
    )
    confirm = ("--json", "--office", office, "--user", "approver", "policy", "confirm")
    other = desk(*confirm, "another-voucher@2026", "--sha256", "0" * 16)
    assert (other.status, other.json["error"]) == (2, "refused.other_text")
    read = other.json["say"].partition("指纹 ")[2][:16]
    assert desk(*confirm, "another-voucher@2026", "--sha256", read).status == 0
    again = desk("--json", "--office", office, "--user", "officer", "policy", "adopt", pack)
    assert (again.status, again.json["error"]) == (2, "refused.pack_exists")


def test_the_official_document_of_a_rule_takes_two_people(desk: Desk, tmp_path: Path) -> None:
    office, pack = tmp_path / "office.sqlite", "shenzhen-training-voucher@2026"
    assert desk("init", office, "--demo-people").status == 0

    def shown() -> dict[str, Any]:
        (row,) = desk("--json", "--office", office, "--user", "auditor", "policy", "show", pack).json["packs"]
        found: dict[str, Any] = row
        return found

    before = shown()["digests"]
    assert "threshold" in before
    said = (
        "--title",
        "《申报指南》",
        "--article",
        "第三条",
        "--on",
        "2026-04-20",
        "--number",
        "某科〔2026〕9号",
    )
    source = ("--json", "--office", office, "--user", "officer", "policy", "source", pack)
    proposed = desk(*source, "threshold", *said)
    assert proposed.status == 0, proposed.err
    number = proposed.json["supplement"]
    wrong = desk(*source, "no_such", *said)
    assert (wrong.status, wrong.json["error"]) == (2, "refused.no_such_rule")
    assert shown()["digests"] == before
    confirmed = desk("--office", office, "--user", "approver", "policy", "confirm", number)
    assert confirmed.status == 0, confirmed.err
    row = shown()
    assert row["digests"] == [name for name in before if name != "threshold"]
    assert [one["value"] for one in row["sources"]] == ["《申报指南》（某科〔2026〕9号）第三条"]
    text = desk("--office", office, "--user", "auditor", "policy", "show", pack).out
    assert "《申报指南》（某科〔2026〕9号）第三条" in text and "related_party" in text
