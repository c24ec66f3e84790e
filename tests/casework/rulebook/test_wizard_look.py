"""What the wizard shows beside its form."""

from casework.rulebook.pack_wizard import Spot, from_text
from casework.rulebook.shipped_packs import POLICIES, shipped
from casework.rulebook.wizard_look import look

TEXT = (POLICIES / "qingyang" / "compute-voucher-2024.toml").read_text(encoding="utf-8")


def test_a_pack_is_told_checked_and_tried() -> None:
    found = look(TEXT, shipped(), None, {}, "zh")
    assert found.pack is not None and found.faults == 0
    assert [note.fault for note in found.notes] == [False]
    assert len(found.cases) == len(found.outcomes) == 3
    assert {statement.rule for statement in found.statements} >= {"general", "least_award"}


def test_a_value_of_a_case_is_changed() -> None:
    changed = {(0, "contract_amount"): "16666.66", (1, "no_such"): "x"}
    found = look(TEXT, (), None, changed, "zh")
    assert found.cases[0]["contract_amount"] == "16666.66"
    assert found.outcomes[0].status == "refused"


def test_a_fault_is_said_in_words_at_its_field() -> None:
    text = TEXT.replace('rate = "0.3"', 'rate = "一半"')
    (note,) = look(text, (), None, {}, "zh").notes
    at = next(number for number, one in enumerate(from_text(text)[0].rows) if one.get("id") == "general")
    assert (note.spot, note.fault) == (Spot(at, "rate"), True) and "一半" in note.says
    assert note.line == text[: text.index('rate = "一半"')].count("\n") + 1
    found = look(text, (), None, {}, "zh")
    assert (found.pack, found.cases) == (None, ())
    assert {one.rule for one in found.statements} >= {"least_award", "claim"}


def test_a_version_that_overlaps_its_neighbour_is_a_fault() -> None:
    text = TEXT.replace('version = "2024"', 'version = "2024b"')
    assert look(text, shipped(), None, {}, "zh").faults == 1
