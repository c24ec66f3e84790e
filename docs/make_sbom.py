"""The program's bill of materials, from its lock: what is in it, in which version, under which licence.

`make sbom` writes `build/sbom.json` (CycloneDX 1.5). It is made of the lock alone, so that the same lock
gives the same bytes; the licence of each part is what the part itself says, where it is installed.
"""

import hashlib
import importlib.metadata
import json
import re
import sys
import uuid
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_PART = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;\s*([^\\]+?))?\s*\\?$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def parts(lock: str) -> list[dict[str, Any]]:
    """Each part of a lock (a list of `name==version` with its hashes) as a component, in its order."""
    found: list[dict[str, Any]] = []
    for line in lock.splitlines():
        if (named := _PART.match(line)) is not None:
            name, version, where = named[1], named[2], named[3]
            address = f"pkg:pypi/{name.lower()}@{version}"
            part: dict[str, Any] = {"type": "library", "name": name, "version": version}
            part |= {"purl": address, "bom-ref": address}
            if licence := licence_of(name, version):
                part["licenses"] = [{"license": {"name": licence}}]
            if where:
                part["properties"] = [{"name": "marker", "value": where}]
            found.append(part | {"hashes": []})
        elif found and (hashed := _HASH.search(line)) is not None:
            found[-1]["hashes"].append({"alg": "SHA-256", "content": hashed[1]})
    return found


def licence_of(name: str, version: str) -> str:
    """What a part says of its licence, on one line; empty where it is not installed in this version."""
    try:
        said = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
    if said["Version"] != version:
        return ""
    classed = [
        each.rsplit(" :: ", 1)[-1] for each in said.get_all("Classifier") or () if "License ::" in each
    ]
    text = said["License-Expression"] or ", ".join(classed) or said["License"] or ""
    return text.strip().partition("\n")[0][:100]


def bill(lock: str) -> dict[str, Any]:
    """The bill of a lock. Its number is the lock's own."""
    number = uuid.UUID(bytes=hashlib.sha256(lock.encode()).digest()[:16], version=4)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "voucher-desk", "bom-ref": "voucher-desk"}},
        "components": parts(lock),
    }


def main() -> None:
    """Write the bill to the file that is named."""
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    made = json.dumps(
        bill((ROOT / "requirements.lock").read_text(encoding="utf-8")), indent=1, ensure_ascii=False
    )
    target.write_text(made + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
