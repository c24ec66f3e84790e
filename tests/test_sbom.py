"""The bill of materials names every part of the lock with its hashes, and no address."""

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.tree import ROOT


def test_the_bill_names_every_part_of_the_lock(tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        subprocess.run([sys.executable, ROOT / "docs" / "make_sbom.py", tmp_path / name], check=True)
    written = (tmp_path / "one.json").read_bytes()
    assert written == (tmp_path / "two.json").read_bytes(), "the same lock gives the same bytes"
    bill = json.loads(written)
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^([\w.-]+)==([\w.!+-]+)", lock, re.MULTILINE)
    assert [(part["name"], part["version"]) for part in bill["components"]] == pinned and len(pinned) > 20
    assert sum(len(part["hashes"]) for part in bill["components"]) == lock.count("--hash=sha256:")
    assert bill["bomFormat"] == "CycloneDX" and b"://" not in written
    licences = [part["licenses"][0]["license"]["name"] for part in bill["components"] if "licenses" in part]
    assert len(licences) > len(pinned) // 2 and any("LGPL" in each or "GPL" in each for each in licences)
