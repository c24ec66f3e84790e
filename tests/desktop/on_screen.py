"""The real window with a list of what stands on it: `python -m tests.desktop.on_screen OFFICE LIST`.

Every tenth of a second LIST is written anew: one JSON array of ``[words, x, y]``, the middle of every widget,
menu entry and cell that a person sees, in pixels of the screen. Whoever drives the window by real mouse and
keys reads there where to click, and sees what has come; nothing else is done to the program.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QTableView,
    QWidget,
)

from desktop.program.app import run

ROWS = 3
"""So many rows of a table are told."""
Seen = tuple[str, QPoint]


def _parts(widget: QWidget) -> Iterator[tuple[str, QRect]]:
    whole = widget.rect()
    if isinstance(widget, QMenu | QMenuBar):
        for action in widget.actions():
            yield action.text().replace("&", ""), widget.actionGeometry(action)
    elif isinstance(widget, QTableView):
        model = widget.model()
        for row in range(min(ROWS, model.rowCount())):
            for column in range(model.columnCount()):
                index = model.index(row, column)
                yield str(model.data(index) or ""), widget.visualRect(index)
    elif isinstance(widget, QAbstractButton | QLabel):
        yield widget.text().replace("&", ""), whole
        yield widget.accessibleName(), whole
    elif isinstance(widget, QLineEdit):
        yield widget.accessibleName() or widget.objectName(), whole
        yield f"={widget.text()}", whole
    elif isinstance(widget, QComboBox):
        yield widget.currentText(), whole


def seen() -> list[Seen]:
    """What a person can point at, with the place of its middle."""
    modal = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    found: list[Seen] = []
    for widget in QApplication.allWidgets():
        if not widget.isVisible() or (modal is not None and widget.window() is not modal.window()):
            continue
        place: QWidget = widget.viewport() if isinstance(widget, QTableView) else widget
        shown = place.visibleRegion().boundingRect()
        found += [
            (words, place.mapToGlobal(rect.intersected(shown).center()))
            for words, rect in _parts(widget)
            if words and rect.intersects(shown)
        ]
    tops = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    found += [(f"[{top.windowTitle()}]", top.pos()) for top in tops]
    return found


def main(office: str, told: Path) -> int:
    """Run the program, and tell what is on its screen until it ends."""
    app = QApplication(["voucher-desk"])
    draft = told.with_suffix(".draft")

    def tell() -> None:
        draft.write_text(json.dumps([(words, at.x(), at.y()) for words, at in seen()]), encoding="utf-8")
        os.replace(draft, told)

    clock = QTimer(app)
    clock.timeout.connect(tell)
    clock.start(100)
    return run(office)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
