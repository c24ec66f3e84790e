"""The cells that were not taken, as a list: only what can be typed over is, and typing is told once."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.kit.language import t
from desktop.kit.theme import LIGHT
from desktop.pages.import_.rejects import COLUMNS, TYPED, Fault, Faults

BAD = Fault(("表一", 4, "合同金额"), "八百万", None, "不是金额")
FIXED = Fault(("表一", 5, ""), "", None, "整行不能用", fixed=True)
MENDED = Fault(("表一", 6, "合同金额"), "八百万", "8000000", "")


def test_a_cell_is_typed_over_and_told_once(dressed: QApplication) -> None:
    faults = Faults(LIGHT)
    faults.put([BAD, FIXED, MENDED])
    told: list[tuple[object, str]] = []
    faults.typed.connect(lambda cell, text: told.append((cell, text)))
    at = faults.index(0, TYPED)
    assert not faults.setData(at, " 八百万 "), "what stands there already is nothing new"
    assert faults.setData(at, " 8000000 ")
    assert told == [(BAD.cell, "8000000")]
    editable = [bool(faults.flags(faults.index(row, TYPED)) & Qt.ItemFlag.ItemIsEditable) for row in range(3)]
    assert editable == [True, False, True]


def test_a_mended_cell_says_so(dressed: QApplication) -> None:
    faults = Faults(LIGHT)
    faults.put([BAD, MENDED])
    why = COLUMNS.index("why")
    assert [faults.data(faults.index(row, why)) for row in (0, 1)] == ["不是金额", t("import.mended")]
    assert faults.data(faults.index(0, COLUMNS.index("row"))) == "4"
    faults.put([BAD, MENDED._replace(cell=("表二", 6, "合同金额"))])
    assert faults.data(faults.index(0, COLUMNS.index("row"))) == "表一 4"
