"""A pack's file before anyone adopts it: every fault with its line, or that there are none."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import words
from casework.core.refused import Refused
from casework.rulebook.shipped_packs import POLICIES
from desktop.kit.language import t
from desktop.kit.theme import SHAPES
from desktop.pages.policies.pack_check import CheckDialog, check_file, read_pack, show_faults
from desktop.pages.policies.page import PoliciesPage
from rules.check import Finding, check
from tests.desktop.helpers import settle, texts

Shown = Callable[..., PoliciesPage]
SOURCE = POLICIES / "shenzhen" / "training-voucher-2026.toml"
EXAMPLES = SOURCE.with_name("training-voucher-2026.examples.csv")


def mine(folder: Path, *changes: tuple[str, str], examples: bool = True) -> Path:
    """The training voucher as a pack of one's own, changed."""
    text = SOURCE.read_text(encoding="utf-8").replace("shenzhen-training-voucher", "mine")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "mine.toml").write_text(text, encoding="utf-8-sig")
    if examples:
        shutil.copy(EXAMPLES, folder / "mine.examples.csv")
    return folder / "mine.toml"


def checked(page: PoliciesPage, path: Path) -> CheckDialog:
    """What the check of a file shows."""
    check_file(page, str(path), page.neighbours)
    settle(page.desk)
    (dialog,) = page.findChildren(CheckDialog)
    return dialog


def test_a_sound_pack_is_said_to_be(page_of: Shown, tmp_path: Path) -> None:
    dialog = checked(page_of("officer"), mine(tmp_path))
    assert dialog.windowTitle() == t("policies.check.title", file="mine.toml")
    fine = t("policies.check.fine", title="mine.toml")
    assert texts(dialog)[0] == f"{SHAPES['done']} {fine}"
    dialog.close()


def test_a_fault_stands_with_its_line_and_its_sentence(page_of: Shown, tmp_path: Path) -> None:
    path = mine(tmp_path, ('rate = "0.6"', "rate = 0.6"))
    text = path.read_text(encoding="utf-8-sig")
    line = 1 + text.splitlines().index("rate = 0.6")
    fault = check(text).faults[0]
    dialog = checked(page_of("officer"), path)
    said = texts(dialog)
    assert f"{SHAPES['stopped']} {line}" in said
    sentence = words.say(fault.code, "zh", **fault.params)
    assert t("policies.check.line", line=line, column=fault.column, say=sentence) in said
    assert not any(SHAPES["done"] in text for text in said)
    dialog.close()


def test_a_case_that_shows_the_fault_is_told_cell_by_cell(page_of: Shown) -> None:
    page = page_of("officer")
    cells = {"contract_amount": "8000000.00", "related_party": "no"}
    show_faults(page, "mine.toml", [Finding(3, 5, "check.no_examples", {"pack": "mine"}, cells=cells)])
    (dialog,) = page.findChildren(CheckDialog)
    said = texts(dialog)
    sentence = words.say("check.no_examples", "zh", pack="mine")
    assert t("policies.check.line", line=3, column=5, say=sentence) in said
    assert t("check.case", cells=tuple(f"{name}={cell}" for name, cell in cells.items())) in said
    dialog.close()


def test_a_pack_is_read_with_the_examples_beside_it(tmp_path: Path) -> None:
    text, examples = read_pack(mine(tmp_path))
    assert text.startswith("#"), "without the mark that an editor may set in front"
    assert examples == EXAMPLES.read_text(encoding="utf-8-sig")
    (tmp_path / "mine.examples.csv").unlink()
    assert read_pack(tmp_path / "mine.toml")[1] == ""


def test_what_is_no_text_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Refused) as refused:
        read_pack(path)
    assert (refused.value.code, refused.value.params) == ("policy.not_text", {"file": "mine.toml"})
