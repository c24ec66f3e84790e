"""Both themes can be read: every text reaches a contrast of 4.5 to 1 on every ground it stands on."""

import sys

import pytest
from PySide6.QtGui import QColor, QTextLayout
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from desktop.kit import theme
from desktop.kit.theme import SHAPES, THEMES


@pytest.mark.parametrize("name", THEMES)
def test_text_is_readable_on_every_ground(name: str) -> None:
    one = THEMES[name]
    for ground in (one.window, one.base, one.alternate, one.raised, one.selection):
        assert contrast(one.text, ground) >= 4.5
    for ground in (one.window, one.base, one.alternate, one.raised):
        for colour in (one.muted, one.done, one.waiting, one.look, one.stopped, one.accent):
            assert contrast(colour, ground) >= 4.5, (colour, ground)
    assert contrast(one.on_accent, one.accent) >= 4.5


def contrast(first: str, second: str) -> float:
    """How far two colours stand apart, 1 to 21 (WCAG 2.1, contrast ratio)."""
    bright, dark = sorted((_luminance(QColor(first)), _luminance(QColor(second))), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    def part(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else float(((value + 0.055) / 1.055) ** 2.4)

    red, green, blue = (part(value) for value in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_as_the_guideline_counts_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_each_meaning_has_a_shape_of_its_own() -> None:
    assert len(set(SHAPES.values())) == len(SHAPES)


def test_the_family_is_the_bundled_one(dressed: QApplication) -> None:
    assert dressed.font().family() == theme.FAMILY
    assert dressed.font().pixelSize() == theme.BODY


def test_a_rare_name_is_drawn_as_on_paper(dressed: QApplication) -> None:
    layout = QTextLayout("深圳㐂𫚖𠀀", theme.body_font())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    drawn = [(run.rawFont().familyName(), all(run.glyphIndexes())) for run in layout.glyphRuns()]
    assert sorted(drawn) == [("Desk Rare A", True), ("Desk Rare B", True), (theme.FAMILY, True)]


def test_a_thousand_calls_leave_none_alive(dressed: QApplication) -> None:
    """A broken PySide drops a reference of None a call, and the process dies a while later."""
    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(1_000):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 500


@pytest.mark.parametrize("name", THEMES)
def test_a_box_to_tick_is_seen(dressed: QApplication, name: str) -> None:
    box = QCheckBox("x")
    box.setStyleSheet(THEMES[name].sheet())
    box.resize(60, 30)
    seen = box.grab().toImage()
    row = [seen.pixelColor(at, seen.height() // 2).name() for at in range(8)]
    assert THEMES[name].muted.lower() in row
    box.deleteLater()


def test_all_fields_are_of_one_height_and_what_is_typed_into_a_choice_is_not_cut(
    dressed: QApplication,
) -> None:
    form = QWidget()
    rows = QFormLayout(form)
    choice, typed = QComboBox(), QComboBox()
    typed.setEditable(True)
    fields = (QLineEdit(), choice, typed)
    for field in fields:
        rows.addRow("项", field)
    form.show()
    QApplication.processEvents()
    assert len({field.height() for field in fields}) == 1
    inner = typed.lineEdit()
    assert inner is not None and inner.height() >= inner.fontMetrics().height()
    assert typed.rect().contains(inner.geometry())
    form.close()
