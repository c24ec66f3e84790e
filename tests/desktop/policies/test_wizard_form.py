"""The form of the wizard: what each row asks for, and where faults are said."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionComboBox

from casework.rulebook.pack_wizard import Answers, Spot, from_text, row
from casework.rulebook.shipped_packs import POLICIES
from casework.rulebook.wizard_asks import TABLES
from casework.rulebook.wizard_look import Note
from desktop.kit.language import speak, t
from desktop.pages.policies.wizard_fields import Vocabulary, WordCell, word_of
from desktop.pages.policies.wizard_form import GROUPS, RowForm, WizardForm, label_of
from words import has


@pytest.fixture
def form(dressed: QApplication) -> Iterator[WizardForm]:
    made = WizardForm()
    yield made
    made.close()
    made.deleteLater()


def test_every_table_is_asked_for_once_and_every_word_is_there(dressed: QApplication) -> None:
    asked = [table for _, tables in GROUPS for table in tables]
    assert sorted(asked) == sorted(table.name for table in TABLES)
    for lang in ("zh", "en"):
        speak(lang)
        for table in TABLES:
            for ask in table.asks:
                assert label_of(table.name, ask.key) != ask.key.removeprefix("when."), ask
                of_forms = any(ask.key in form.fixed for _, forms in table.parts for form in forms)
                for word in ask.choices if ask.kind != "flag" and not of_forms else ():
                    assert any(has(code, lang) for code in codes_of(ask.key, word)), (ask.key, word)
                    assert word_of(ask, word)
            for part, forms in table.parts:
                assert has(f"wizard.part.{part}", lang)
                assert all(has(f"wizard.form.{part}.{form.name}", lang) for form in forms)
    speak("zh")


def codes_of(key: str, word: str) -> tuple[str, ...]:
    return f"policies.grade.{word}", f"wizard.word.{key}.{word}", f"wizard.word.{word}"


@pytest.mark.parametrize(
    ("cells", "asks", "leaves"),
    [
        (
            {"otherwise": "true", "rate": "0.3"},
            {"rate", "up_to"},
            {"fixed", "bands", "when.fact", "otherwise"},
        ),
        ({"otherwise": "true", "fixed": "5000.00"}, {"fixed"}, {"rate"}),
        ({"when.fact": "applied_at", "when.after": "founded_on"}, {"when.less_than_months"}, {"when.fact"}),
        ({"when.fact": "model", "when.is": "yes"}, {"when.fact", "when.is"}, {"when.one_of"}),
    ],
)
def test_a_row_asks_for_what_its_ways_need(
    dressed: QApplication, cells: dict[str, str], asks: set[str], leaves: set[str]
) -> None:
    form = RowForm(row("tier", {"id": "x", **cells}), Vocabulary(Answers(())), None)
    assert asks <= set(form.fields) and not leaves & set(form.fields)


def test_a_fault_stands_beside_its_field_or_on_top_of_its_row(form: WizardForm) -> None:
    text = (POLICIES / "qingyang" / "compute-voucher-2024.toml").read_text(encoding="utf-8")
    form.put(from_text(text)[0])
    tier = next(at for at, one in enumerate(form.rows) if one.row.table == "tier")
    form.tell(
        [
            Note(Spot(tier, "rate"), "甲", "乙", 1, True),
            Note(Spot(tier, "when.fact"), "丙", "丙", 1, True),
            Note(Spot(tier, "article"), "丁", "丁", 1, False),
            Note(Spot(None), "戊", "戊", 1, True),
        ]
    )
    faults = {key: label.text() for key, label in form.rows[tier].faults.items() if label.text()}
    assert faults == {"rate": "乙", "": "丙"}
    form.tell([])
    assert not any(label.text() for label in form.rows[tier].faults.values())


def test_what_the_text_has_besides_is_named(form: WizardForm) -> None:
    form.put(from_text('[[tier]]\nid = "x"\notherwise = true\nnote = "y"\n')[0])
    labels = [label.text() for label in form.rows[1].findChildren(type(form.rows[1].faults[""]))]
    assert t("wizard.more", keys=(t("wizard.key.note"),)) in labels


@pytest.mark.parametrize("path", sorted(POLICIES.rglob("*.toml")), ids=lambda path: path.stem)
def test_each_field_holds_the_cell_that_it_shows(form: WizardForm, path: Path) -> None:
    """So that a change of one field changes nothing of another."""
    form.put(from_text(path.read_text(encoding="utf-8"))[0])
    for one in form.rows:
        for key, field in one.fields.items():
            assert field.cell() == one.row.get(key), (one.row, key)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_word_that_can_be_chosen_is_cut(
    dressed: QApplication, lang: str, request: pytest.FixtureRequest
) -> None:
    """Half of a window of 1280 points is the form's."""
    speak(lang)
    form = request.getfixturevalue("form")
    text = (POLICIES / "shenzhen" / "training-voucher-2026.toml").read_text(encoding="utf-8")
    form.put(from_text(text)[0])
    form.resize(628, 700)
    form.show()
    dressed.processEvents()
    cells = form.findChildren(WordCell)
    assert len(cells) > 20
    for cell in cells:
        option = QStyleOptionComboBox()
        cell.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        seen = cell.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part).width()
        words = [cell.itemText(at) for at in range(cell.count())]
        assert all(cell.fontMetrics().horizontalAdvance(word) <= seen for word in words), (seen, words)
    speak("zh")
