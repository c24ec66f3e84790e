from pathlib import Path

from casework.rulebook.shipped_packs import POLICIES
from tests.commandline import Desk

TRAINING = POLICIES / "shenzhen" / "training-voucher-2026.toml"


def test_a_draft_is_tried_and_said_to_be_a_simulation(desk: Desk, tmp_path: Path) -> None:
    office, output = tmp_path / "office.db", tmp_path / "draft.xlsx"
    assert desk("init", office, "--demo-people").status == 0
    words = ("--office", office, "--user", "officer", "whatif", "--policy", TRAINING)
    answer = desk("--json", *words, "--year", 2026, "--set", "startup_ceiling=50", "-o", output)
    assert answer.status == 0
    assert answer.json["simulation"] is True and answer.json["cases"] == 0
    assert output.exists()
    assert "试算" in desk(*words).out
    assert "simulation" in desk("--lang", "en", *words).out


def test_what_cannot_be_done_ends_with_2(desk: Desk, tmp_path: Path) -> None:
    office = tmp_path / "office.db"
    assert desk("init", office, "--demo-people").status == 0
    words = ("--office", office, "--user", "officer", "whatif", "--policy")
    assert desk(*words, tmp_path / "none.toml").status == 2
    assert desk(*words, TRAINING, "--set", "startup_ceiling").status == 2
    assert desk(*words, TRAINING, "--set", "startup_ceiling=many").status == 2
    assert desk("--office", office, "--user", "finance", "whatif", "--policy", TRAINING).status == 2


def test_figures_of_a_pack_in_force_are_changed(desk: Desk, tmp_path: Path) -> None:
    office = tmp_path / "office.db"
    assert desk("init", office, "--demo-people").status == 0
    words = ("--office", office, "--user", "officer", "whatif", "--policy", "shenzhen-training-voucher@2026")
    answer = desk("--json", *words, "--change", "general.rate=0.45", "--change", "budget.amount=600000000.00")
    assert (answer.status, answer.json["draft"]) == (0, "shenzhen-training-voucher@2026-whatif")
    assert desk(*words, "--change", "general.colour=1").status == 2
    assert desk(*words, "--change", "general.rate").status == 2
