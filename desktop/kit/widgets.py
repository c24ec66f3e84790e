"""The few widgets that pages share: cards, chips of a state, muted words, empty pages."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.kit.fitting import grown
from desktop.kit.language import t
from desktop.kit.theme import GRID, SHAPES, TEXT_WIDTH, Meaning, Theme

STATE_MEANING: dict[str, Meaning] = {
    "approved": "done",
    "issued": "done",
    "refused": "stopped",
    "withdrawn": "stopped",
    "revoked": "stopped",
    "suspended": "look",
    "blocked": "look",
    "correction": "look",
}
"""The meaning of an application's state; the others wait."""
DECISION_MEANING: dict[str, Meaning] = {"awarded": "done", "refused": "stopped", "blocked": "look"}
OBJECTION_MEANING: dict[str, Meaning] = {"open": "look", "dismissed": "done", "upheld": "stopped"}
"""The meaning of how a case was decided, and of what became of an objection."""

UNBOUNDED = 16_777_215
"""Qt's own greatest width of a widget."""


def meaning_of(state: str) -> Meaning:
    """The meaning that a state of an application has."""
    return STATE_MEANING.get(state, "waiting")


def words(
    text: str, *, muted: bool = False, title: bool = False, small: bool = False, wrap: bool = True
) -> QLabel:
    """A label; muted, as a title, small, or kept on one line."""
    label = QLabel(text)
    label.setWordWrap(wrap and not title)
    label.setMaximumWidth(TEXT_WIDTH)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    for name, value in (("muted", muted), ("title", title), ("small", small)):
        if value:
            label.setProperty(name, True)
    return label


class FaultLabel(QLabel):
    """What is wrong, in a dialog: it takes no room where there is nothing, and the dialog grows for it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("fault", True)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hide()

    def setText(self, text: str) -> None:
        """Say it; nothing where nothing is wrong."""
        super().setText(text)
        self.setVisible(bool(text))
        if text and isinstance(self.window(), QDialog):
            grown(self.window())

    def clear(self) -> None:
        """Nothing is wrong any more."""
        self.setText("")


def one_line(text: str, *, muted: bool = False) -> QLabel:
    """Words on one line, cut where there is no room, whole as a tool tip."""
    label = words(text, muted=muted)
    label.setWordWrap(False)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    label.setToolTip(text)
    return label


def chip(text: str, meaning: Meaning, theme: Theme) -> QLabel:
    """A word with its meaning's shape and colour."""
    label = QLabel(f"{SHAPES[meaning]} {text}")
    colour = theme.meaning(meaning)
    label.setStyleSheet(f"color: {colour}; border: 1px solid {colour}; border-radius: 9px; padding: 0 7px;")
    label.setAccessibleName(text)
    label.setFixedHeight(20)
    label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return label


def card() -> tuple[QFrame, QVBoxLayout]:
    """A framed part of a page, with its column."""
    frame = QFrame()
    frame.setProperty("card", True)
    column = QVBoxLayout(frame)
    column.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
    column.setSpacing(GRID)
    return frame, column


def link(text: str, do: Callable[[], object]) -> QPushButton:
    """A flat button that reads like a link."""
    button = QPushButton(text)
    button.setProperty("flat", True)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.clicked.connect(lambda checked=False: do())
    return button


def scrolled(inside: QWidget) -> QScrollArea:
    """A part that scrolls when it is taller than the page."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inside)
    return area


def scrolled_column(page: QWidget) -> QVBoxLayout:
    """The one column of a page, which fills it and scrolls when it is taller."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, GRID, 2 * GRID)
    column.setSpacing(2 * GRID)
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(scrolled(inside))
    return column


def side_list(name: str, width: int) -> QListWidget:
    """What a page can show one of, on its left."""
    side = QListWidget()
    side.setAccessibleName(name)
    side.setFixedWidth(width)
    side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    side.setSpacing(2)
    return side


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)  # type: ignore[arg-type]


def empty(code: str, action: str = "", do: Callable[[], object] | None = None) -> QWidget:
    """What an empty page says: what would be here, and the one thing to do."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setAlignment(Qt.AlignmentFlag.AlignVCenter)  # as wide as there is room, and no wider
    says = words(t(code), muted=True)
    # A sentence a line, so that none ends with a lone word.
    says.setText(t(code).replace("。", "。\n").replace(". ", ".\n").strip())
    says.setMaximumWidth(UNBOUNDED)
    says.setAlignment(Qt.AlignmentFlag.AlignCenter)
    column.addWidget(says)
    if do is not None:
        button = QPushButton(t(action))
        button.clicked.connect(lambda checked=False: do())
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
    return whole


def current(widget: QWidget, on: bool) -> None:
    """Whether what a widget shows is what is asked now; where not, it is faint and can't be used."""
    widget.setEnabled(on)
    effect = None if on else QGraphicsOpacityEffect(widget)
    if effect is not None:
        effect.setOpacity(0.4)
    widget.setGraphicsEffect(effect)  # type: ignore[arg-type]


def tint(label: QLabel, colour: str) -> QLabel:
    """Colour a label's words by its palette: a page of many labels is laid out faster without sheets."""
    palette = label.palette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
    label.setPalette(palette)
    return label
