"""Every module has its test file in the mirrored place: of `rules/money.py`, `tests/rules/test_money.py`."""

from pathlib import Path

from tests.tree import ROOMS, ROOT, dotted, modules

FOLDED = {"desktop/pages": "desktop"}
"""The tests of a page lie by the page's name, without the folder of all pages between."""

NEED_NONE = {
    "models.migrations.env": "Alembic's own entry; tests/models/test_migrate.py runs it with every migration",
    "models.migrations.shapes": "the shapes of columns that migrations write; tests/models/test_shapes.py",
}
"""Modules that need no test file of their own, and why."""

OF_SEVERAL = {
    "tests.casework.test_one_door": "every door for facts",
    "tests.casework.test_lapsed_and_back": "what was verified, lapsed and counts again, till the page",
    "tests.casework.test_money_on_a_server": "holds, caps, rounds and what cases share, on PostgreSQL",
    "tests.casework.test_money_of_others": "other public money by whatever column, through both readers",
    "tests.casework.test_odd_cells": "cells of every make through every door for facts",
    "tests.casework.award.test_cut_and_come_back": "what a hold cuts, and who comes back to a round",
    "tests.casework.award.test_refusals_taken_back": "what ends a refusal that two people made",
    "tests.casework.intake.test_portal_spellings": "how a file spells, from its reader to what is stored",
    "tests.casework.without_office.test_calculation_together": "a file whose cases are decided together",
    "tests.casework.boards.test_application_list_server": "browse, on PostgreSQL",
    "tests.casework.core.test_office_on_postgresql": "the office, on PostgreSQL",
    "tests.casework.core.test_look_ahead_on_postgresql": "looking ahead, on PostgreSQL",
    "tests.casework.core.test_office_only_read": "an office that can't be written, through every door",
    "tests.models.test_upgrade_only_read": "an older office where it can only be read, opened and brought up",
    "tests.casework.test_foreseen": "what the looks ahead foresee is what the acts store",
    "tests.casework.test_own_files_of_an_office": "what an office lays on the disk is its owner's alone",
    "tests.casework.issuing.test_rare_names": "a name of rare characters on every paper",
    "tests.papers.drawing.test_rare_characters": "what rare and own fonts draw, cut and checked",
    "tests.casework.test_refusals": "each refusal that the program can say, and what leads to it",
    "tests.casework.test_officers_own": "what only an officer can say, from each door to the award",
    "tests.casework.test_races": "two people at the same moment",
    "tests.desktop.lists.test_million": "the list over a million rows",
    "tests.desktop.test_narrow_window": "every page on a small screen at 150 %",
    "tests.desktop.program.test_read_only_window": "the window over an office that can't be written",
    "tests.desktop.test_dialogs_by_keys": "Enter and Escape in every dialog",
    "tests.desktop.test_helpers": "the tests of the window wait for it by these",
    "tests.desktop.test_real_screen": "the window on a screen with a window manager",
    "tests.desktop.test_window_thread": "no page reads or acts on the window's thread",
    "tests.models.test_server_bad_days": "what a server does to an office, on a real one",
    "tests.words.test_marks": "marks and spaces of every sentence",
    "tests.models.test_shapes": "the stored tables against the migrations",
    "tests.models.test_steps": "each migration on offices that people worked in",
    "tests.papers.banks.test_banks_page": "the page that teaches banks' files",
    "tests.papers.reading.test_advice": "each refusal of a file, and what its sentence advises",
    "tests.papers.invoices.test_hostile": "invoices that mean harm, and many broken by chance",
    "tests.papers.test_hostile": "files that mean harm, through every reader",
    "tests.rules.test_blocked_and_unranked": "what a blocked case keeps back, and ranks that are unset",
    "tests.rules.test_decide_tiers": "decide, the tiers and their order",
    "tests.rules.test_mutation": "a fault planted in each rule of a pack",
    "tests.rules.test_made_up_rules": "six made-up rules, each on another construct",
    "tests.rules.test_one_question": "a question is put in one place",
    "tests.rules.test_price": "counts at a price, as amounts and as limits",
    "tests.rules.test_packs_page": "the page that teaches packs",
    "tests.rules.test_properties": "what holds for any pack and case",
    "tests.rules.test_twin": "the rules against a second program",
    "tests.rules.test_twin_language": "the newer constructs against a second program",
    "tests.rules.test_twin_cities": "the cities' packs against a second program",
    "tests.words.test_codes": "every code that the rooms name",
    "tests.words.test_glossary": "every catalogue, the manual and the README",
    "tests.rules.test_waiting": "figures that only the office can set",
}
"""Test files that mirror no module because they are about several, and about what."""


def place(module: Path, root: Path = ROOT) -> Path:
    """Where the tests of a module lie."""
    folder = module.parent.relative_to(root).as_posix()
    for found, instead in FOLDED.items():
        if f"{folder}/".startswith(f"{found}/"):
            folder = instead + folder.removeprefix(found)
    return root / "tests" / folder / f"test_{module.name}"


def mirrored(root: Path = ROOT) -> dict[str, Path]:
    """The modules that need a test file, and its place."""
    needing = [path for path in modules(root) if not path.stem.startswith("__")]
    return {dotted(path, root): place(path, root) for path in needing}


def without_test(root: Path = ROOT) -> list[str]:
    """The modules whose test file is not there, whatever the reason."""
    return [name for name, there in mirrored(root).items() if not there.exists()]


def without_module(root: Path = ROOT) -> list[str]:
    """The test files that mirror a module that is not there."""
    known = set(mirrored(root).values())
    tests = [path for room in ROOMS for path in sorted((root / "tests" / room).rglob("test_*.py"))]
    return [dotted(path, root) for path in tests if path not in known]


def test_every_module_has_its_test_file() -> None:
    missing = [name for name in without_test() if name not in NEED_NONE]
    assert missing == [], "no test file in the mirrored place:\n" + "\n".join(
        f"    {name}: {mirrored()[name].relative_to(ROOT).as_posix()}" for name in missing
    )


def test_no_exception_outlives_its_reason() -> None:
    """A module that is gone, or has its test file by now, stands in no list."""
    assert NEED_NONE.keys() - set(without_test()) == set()


def test_every_test_file_mirrors_a_module() -> None:
    assert [name for name in without_module() if name not in OF_SEVERAL] == []
    assert [name for name in OF_SEVERAL if name not in without_module()] == []


def test_a_module_without_tests_and_tests_without_a_module_are_found(tmp_path: Path) -> None:
    def write(name: str) -> None:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    for name in ("casework/__init__.py", "casework/award/bench.py", "casework/award/order.py"):
        write(name)
    for name in ("desktop/pages/case/page.py", "desktop/kit/page.py", "models/migrations/versions/0001.py"):
        write(name)
    for name in ("casework/award/test_bench.py", "casework/test_order.py", "desktop/case/test_page.py"):
        write(f"tests/{name}")
    assert without_test(tmp_path) == ["casework.award.order", "desktop.kit.page"]
    assert without_module(tmp_path) == ["tests.casework.test_order"]
