"""The sentences of a pack before it is one."""

import pytest

from casework.rulebook.pack_wizard import begun, from_text, to_text
from casework.rulebook.shipped_packs import POLICIES
from casework.rulebook.wizard_grown import GAP, grown
from casework.rulebook.wizard_look import look

TEXT = (POLICIES / "shenzhen" / "training-voucher-2026.toml").read_text(encoding="utf-8")


def rules(text: str) -> set[str]:
    return {one.rule for one in grown(text, "zh") if one.section != "fact"}


def test_what_has_been_filled_in_is_told_with_gaps() -> None:
    answers, rest = from_text(to_text(begun()))
    assert rules(rest) == {"base"}
    tier = next(at for at, one in enumerate(answers.rows) if one.table == "tier")
    text = to_text(answers.changing(tier, {"rate": "30%"}), rest)
    (general,) = [one for one in grown(text, "zh") if one.rule == "general"]
    assert "30%" in general.text and GAP in general.source
    assert rules("") == {"base"}


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ('limit = "10000000.00"', 'limit = "很多"', {"applicant_year"}),
        ('rate = "0.5"', "", {"general"}),
        ('id = "shenzhen-training-voucher"', "", set()),
        ("in_force = { from = 2026-01-01,", 'in_force = { from = "明年",', {""}),
        ('fact = "leased_in_year"', 'fact = "no_such"', {"threshold"}),
    ],
)
def test_only_the_rule_that_can_not_be_read_is_left_out(old: str, new: str, lost: set[str]) -> None:
    assert TEXT.count(old) == 1
    whole = {one.rule for one in look(TEXT, (), None, {}, "zh").statements if one.section != "fact"}
    assert lost <= whole
    assert rules(TEXT.replace(old, new)) == whole - lost


@pytest.mark.parametrize(
    "new",
    [
        "version = { value = 1 }\n",
        "[version]\nvalue = 1\n",
        '[cap]\nid = "x"\n',
        '[tier]\nid = "x"\nrate = "0.3"\n',
        'tier = [1, { id = "x" }]\n',
        "line = 7\n",
    ],
)
def test_a_table_in_the_place_of_something_else_is_told_about_and_breaks_nothing(new: str) -> None:
    text = 'id = "a"\ntitle = "甲"\n' + new
    assert look(text, (), None, {}, "zh").notes
    assert isinstance(grown(text, "zh"), tuple)


def test_what_is_no_pack_at_all_has_no_sentences() -> None:
    assert rules("cap = 5\n") <= {"base"}
    assert grown('[[tier]]\nid = "x"\nunknown = 1\n', "en") is not None
