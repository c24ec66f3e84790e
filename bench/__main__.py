"""``python -m bench [NAME …]``: every measure beside its peer, in one run, into ``build/bench.json``.

A measure is a module here with a function ``rows()``. Each runs in a process of its own, so that what one
loads or caches helps no other.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import bench

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "build" / "bench.json"
ONE = "--one"


def measures() -> list[str]:
    """The names of the modules that measure something."""
    names = [module.name for module in pkgutil.iter_modules(bench.__path__) if module.name != "__main__"]
    sources = {name: (Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8") for name in names}
    return [name for name in names if "\ndef rows(" in sources[name]]


def main(arguments: list[str]) -> int:
    """Runs the measures named, or all; 1 where one of them failed."""
    if arguments[:1] == [ONE]:
        json.dump(importlib.import_module(f"bench.{arguments[1]}").rows(), sys.stdout)
        return 0
    found: list[dict[str, object]] = []
    failed = []
    for name in arguments or measures():
        done = subprocess.run([sys.executable, "-m", "bench", ONE, name], cwd=ROOT, stdout=subprocess.PIPE)
        if done.returncode:
            failed.append(name)
            continue
        for row in json.loads(done.stdout):
            found.append(row)
            print(
                f"{row['name']:<28} {row['ours']:>12} {row['peer']:>12} {row['ratio']:>8}  {row['unit']}",
                flush=True,
            )
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for name in failed:
        print(f"failed: {name}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
