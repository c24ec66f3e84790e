"""The house itself: what ships is locked, nothing else is used, and nothing says where it came from."""

import ast
import importlib.metadata
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("words", "rules", "models", "papers", "casework", "desktop", "cli")
LOCKS = ("requirements.lock", "requirements-dev.lock")


def locked(lock: str) -> set[str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {name.lower() for name in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)}


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_what_the_program_imports_is_what_ships() -> None:
    packages = importlib.metadata.packages_distributions()
    ships = locked("requirements.lock")
    own = {*ROOMS, "bench", "tests"}
    strangers = {
        (path.relative_to(ROOT).as_posix(), name)
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for name in imported(path) - own
        if name not in sys.stdlib_module_names
        and not ships & {found.lower().replace("_", "-") for found in packages.get(name, [])}
    }
    assert strangers == set()


def test_start_needs_the_standard_library_and_its_own_words_only() -> None:
    assert imported(ROOT / "start.py") - set(sys.stdlib_module_names) == {"words"}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "@ " not in text
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) > 40
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_tests_run_on_what_ships() -> None:
    def lines(lock: str) -> set[str]:
        """Names and versions, on whatever system they are wanted: a tool may want one on all of them."""
        text = (ROOT / lock).read_text(encoding="utf-8")
        return {line.split(" ")[0] for line in text.splitlines() if "==" in line}

    assert lines("requirements.lock") <= lines("requirements-dev.lock")


def test_nothing_that_ships_is_under_the_gpl_alone() -> None:
    """LGPL and a choice of licences are fine; GPL or AGPL alone are not."""
    bound = []
    for name in sorted(locked("requirements.lock")):
        try:
            about = importlib.metadata.metadata(name).json
        except importlib.metadata.PackageNotFoundError:  # for another system
            continue
        said = str(about.get("license_expression") or about.get("license") or "")[:200]
        if re.search(r"\bA?GPL", said) and not re.search(r"LGPL| OR ", said):
            bound.append((name, said))
    assert bound == []


@pytest.mark.parametrize("room", [*ROOMS, "tests", "bench"])
def test_a_public_name_without_its_docstring_is_found(room: str) -> None:
    """Module, class, method and function; where the program is, and not where names are sentences."""
    text = "class Claim:\n    def paid(self) -> int:\n        return 1\n\ndef paid() -> int:\n    return 2\n"
    command = [sys.executable, "-m", "ruff", "check", "--output-format", "concise", "--no-cache"]
    command += ["--stdin-filename", f"{room}/planted.py", "-"]
    done = subprocess.run(command, cwd=ROOT, input=text, capture_output=True, encoding="utf-8")
    codes = sorted(re.findall(r"D10\d", done.stdout))
    assert codes == ([] if room in ("tests", "bench") else ["D100", "D101", "D102", "D103"])


def test_an_import_that_leads_back_is_found_though_only_types_need_it(tmp_path: Path) -> None:
    """The contract of the house, laid over a tree where one room's modules know each other."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (contract,) = (one for one in contracts["contracts"] if one["type"] == "acyclic_siblings")
    assert set(contract["ancestors"]) == set(ROOMS)
    for name, text in (
        ("__init__", ""),
        ("case", "import planted.claim"),
        ("claim", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import planted.case"),
    ):
        path = tmp_path / "planted" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    told = "[importlinter]\nroot_package = planted\n[importlinter:contract:one]\nname = one\n"
    told += f"type = {contract['type']}\nancestors = planted\n"
    (tmp_path / ".importlinter").write_text(told, encoding="utf-8")
    linter = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    command = [sys.executable, "-c", linter]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert "No cycles are allowed in planted." in done.stdout


def test_no_file_knows_a_registry_or_a_machine() -> None:
    """Addresses of package registries and folders of one machine belong in no commit."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    banned = re.compile(
        "|".join(("py" + r"pi\.org", "python" + "hosted", "npm" + r"js\.", r"(?<![\w.])/ro" + "ot/"))
    )
    found = []
    for name in tracked.stdout.splitlines():
        path = ROOT / name
        if path.suffix in (".py", ".toml", ".md", ".lock", ".in", ".po", "") and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [(name, hit[0]) for hit in banned.finditer(text)]
    assert found == []
