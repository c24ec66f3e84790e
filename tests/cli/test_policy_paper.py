"""``policy paper``: of a file, of a pack that ships, and of one that an office holds."""

from pathlib import Path

from casework.rulebook.shipped_packs import POLICIES
from rules.pack import load
from tests.commandline import Desk
from tests.papers import poppler

FILE = POLICIES / "qingyang" / "compute-voucher-2024.toml"
REF = "qingyang-compute-voucher@2024"


def test_without_an_office(desk: Desk, tmp_path: Path) -> None:
    sha256 = load(FILE.read_text(encoding="utf-8")).sha256
    one, other = tmp_path / "one.pdf", tmp_path / "other.pdf"
    assert desk("policy", "paper", FILE, "-o", one).status == 0
    assert desk("--json", "policy", "paper", REF, "-o", other).json == {"file": str(other), "pack": REF}
    assert one.read_bytes() == other.read_bytes()
    assert sha256[:16] in poppler.text(one.read_bytes())


def test_of_an_office(desk: Desk, tmp_path: Path) -> None:
    office, out = tmp_path / "office.db", tmp_path / "out.pdf"
    assert desk("init", office, "--demo-people").status == 0
    assert desk("--office", office, "policy", "paper", REF, "-o", out).status == 0
    assert "庆阳市算力券" in poppler.text(out.read_bytes())
    assert desk("--office", office, "policy", "paper", FILE, "-o", out).status == 0
    assert desk("--office", office, "policy", "paper", "no-such", "-o", out).status == 2


def test_what_can_not_be_done_leaves_no_file(desk: Desk, tmp_path: Path) -> None:
    pack, out = tmp_path / "bad.toml", tmp_path / "out.pdf"
    pack.write_text("id = 1\n")
    assert desk("policy", "paper", pack, "-o", out).status == 2
    assert desk("policy", "paper", "no-such", "-o", out).status == 2
    assert not out.exists()
    copy = tmp_path / "copy.toml"
    copy.write_bytes(FILE.read_bytes())
    assert desk("policy", "paper", copy, "-o", copy).status == 2
    assert copy.read_bytes() == FILE.read_bytes()
