"""Parameters and readings are told by title with what is typed behind, and typed as before."""

from pathlib import Path

from tests.commandline import Desk

PACK = "shenzhen-training-voucher@2026"


def test_people_read_titles_and_programs_ids(desk: Desk, tmp_path: Path) -> None:
    office = tmp_path / "office.db"
    made = desk("init", office, "--demo-people").out
    assert f"深圳市训力券（2026年度）（{PACK}）" in made
    listed = desk("--office", office, "--user", "auditor", "policy", "list").out
    assert "初创企业成立年限的计算日（startup_reference_date）" in listed
    proposed = (
        "--office", office, "--user", "officer", "policy", "supplement", PACK,
        "--set", "startup_ceiling=50", "--source", "局办公会纪要〔2026〕3号",
    )  # fmt: skip
    assert desk(*proposed).status == 0
    shown = desk("--office", office, "--user", "auditor", "policy", "show", PACK).out
    assert "（startup_ceiling）：合同金额的50%（50）" in shown
    english = desk("--lang", "en", "--office", office, "--user", "auditor", "policy", "show", PACK).out
    assert "(startup_ceiling): 50 % of the contract (50)" in english
