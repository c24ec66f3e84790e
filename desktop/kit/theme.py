"""Colours, sizes and fonts: one quiet hand in two themes.

Fusion and a palette carry the theme; style sheets only touch headers, buttons and chips, because a sheet on
a table switches off the scrolling of its pixels. Each of the four meanings has a colour, a shape and a word,
so that nothing is told by colour alone. All text reaches a contrast of 4.5 to 1 (tested).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "noto-sans-sc"
ARROWS = Path(__file__).resolve().parents[2] / "resources" / "icons"
FAMILY = "Noto Sans SC"
RARE_FAMILIES = ("Desk Rare A", "Desk Rare B")
LABEL, BODY, TITLE = 12, 13, 18
"""The three sizes of type, in pixels at 100 %."""
GRID, ROW = 8, 28
"""The grid and the height of a table's row, in pixels at 100 %."""
TEXT_WIDTH = 760

Meaning = Literal["done", "waiting", "look", "stopped"]
SHAPES: dict[str, str] = {"done": "✓", "waiting": "◷", "look": "▲", "stopped": "■"}


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme, as ``#rrggbb``."""

    name: str
    window: str
    base: str
    alternate: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    selection: str
    done: str
    waiting: str
    look: str
    stopped: str

    def meaning(self, meaning: Meaning) -> str:
        """The colour of a meaning."""
        return str(getattr(self, meaning))

    def palette(self) -> QPalette:
        """The theme as Qt's palette."""
        palette = QPalette()
        role = QPalette.ColorRole
        for name, colour in (
            (role.Window, self.window),
            (role.WindowText, self.text),
            (role.Base, self.base),
            (role.AlternateBase, self.alternate),
            (role.Text, self.text),
            (role.Button, self.raised),
            (role.ButtonText, self.text),
            (role.ToolTipBase, self.raised),
            (role.ToolTipText, self.text),
            (role.PlaceholderText, self.muted),
            (role.Highlight, self.selection),
            (role.HighlightedText, self.text),
            (role.Link, self.accent),
            (role.LinkVisited, self.accent),
            (role.Accent, self.accent),
            (role.Mid, self.line),
            (role.Midlight, self.line),
            (role.Light, self.raised),
            (role.Dark, self.line),
            (role.BrightText, self.stopped),
        ):
            palette.setColor(name, QColor(colour))
        for name in (role.Text, role.WindowText, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(self.muted))
        return palette

    def sheet(self) -> str:
        """Style for headers, buttons, fields and labels; never for table views."""
        return self._buttons() + self._fields() + self._labels()

    def _buttons(self) -> str:
        return f"""
        QHeaderView::section {{ background: {self.window}; color: {self.muted}; border: none;
            border-bottom: 1px solid {self.line}; border-right: 1px solid {self.line}; padding: 4px 8px; }}
        QPushButton {{ background: {self.raised}; border: 1px solid {self.line}; border-radius: 4px;
            padding: 4px 14px; min-height: 20px; }}
        QPushButton:hover {{ border-color: {self.accent}; }}
        QPushButton:focus {{ border: 1px solid {self.accent}; }}
        QPushButton:disabled {{ color: {self.muted}; background: {self.window}; }}
        QPushButton[main="true"] {{ background: {self.accent}; color: {self.on_accent};
            border-color: {self.accent}; }}
        QPushButton[main="true"]:disabled {{ background: {self.line}; color: {self.muted};
            border-color: {self.line}; }}
        QPushButton[flat="true"] {{ background: transparent; border: none; padding: 4px 8px;
            color: {self.accent}; }}
        QPushButton[flat="true"]:disabled {{ color: {self.muted}; }}
        QPushButton[flat="true"]:hover {{ background: {self.alternate}; border-radius: 4px; }}
        QPushButton[flat="true"]:focus {{ border: 1px solid {self.accent}; border-radius: 4px; }}
        """

    def _fields(self) -> str:
        return f"""
        QLineEdit, QPlainTextEdit, QTextEdit {{ background: {self.base};
            border: 1px solid {self.line}; border-radius: 4px; padding: 3px 6px; min-height: 20px; }}
        QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {{
            border-color: {self.accent}; }}
        QComboBox QLineEdit {{ background: transparent; border: none; padding: 0; min-height: 0; }}
        QCheckBox::indicator:unchecked {{ background: {self.base}; border: 1px solid {self.muted};
            border-radius: 1px; width: 12px; height: 12px; }}
        QComboBox {{ background: {self.base}; border: 1px solid {self.line}; border-radius: 4px;
            padding: 3px 6px; min-height: 20px; }}
        QComboBox:focus, QComboBox:on {{ border-color: {self.accent}; }}
        QComboBox:disabled {{ color: {self.muted}; background: {self.window}; }}
        QComboBox::drop-down {{ border: none; width: 22px; }}
        QComboBox::down-arrow {{ image: url("{ARROWS.as_posix()}/down-{self.name}.svg");
            width: 10px; height: 10px; }}
        QLineEdit[faulty="true"], QPlainTextEdit[faulty="true"] {{
            border-color: {self.stopped}; }}
        """

    def _labels(self) -> str:
        return f"""
        QLabel[muted="true"] {{ color: {self.muted}; }}
        QLabel[title="true"] {{ font-size: {TITLE}px; }}
        QLabel[small="true"] {{ font-size: {LABEL}px; color: {self.muted}; }}
        QLabel[fault="true"] {{ color: {self.stopped}; font-size: {LABEL}px; }}
        QLabel[banner="true"] {{ background: {self.alternate}; color: {self.stopped};
            border-bottom: 1px solid {self.line}; padding: 6px 12px; }}
        QFrame[card="true"] {{ background: {self.base}; border: 1px solid {self.line}; border-radius: 6px; }}
        QToolButton[rail="true"] {{ border: none; border-radius: 6px; padding: 4px 0; }}
        QToolButton[rail="true"]:hover {{ background: {self.alternate}; }}
        QToolButton[rail="true"]:checked {{ background: {self.selection}; }}
        QToolButton[rail="true"]:focus {{ border: 1px solid {self.accent}; }}
        QToolTip {{ border: 1px solid {self.line}; padding: 4px; }}
        """


LIGHT = Theme(
    name="light",
    window="#f4f5f7",
    base="#ffffff",
    alternate="#fafbfc",
    raised="#ffffff",
    line="#d5d9e0",
    text="#1f2430",
    muted="#5b6472",
    accent="#1d4f91",
    on_accent="#ffffff",
    selection="#d4e2f4",
    done="#1e6b3c",
    waiting="#5b6472",
    look="#8a5a00",
    stopped="#b3261e",
)
DARK = Theme(
    name="dark",
    window="#1d2026",
    base="#24282f",
    alternate="#282c34",
    raised="#2d323b",
    line="#3d434e",
    text="#e6e8ec",
    muted="#a6aebb",
    accent="#8fb6ec",
    on_accent="#14223a",
    selection="#33486a",
    done="#7fcb98",
    waiting="#a6aebb",
    look="#e6b450",
    stopped="#f28b82",
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def load_fonts() -> str:
    """Make the bundled family known to Qt, and those that draw rare names; gives the family's name."""
    names = ("NotoSansSC-Regular.ttf", "NotoSansSC-Medium.ttf")
    for path in (*(FONTS / name for name in names), *sorted((FONTS.parent / "rare").glob("*.ttf"))):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(str(path))
    return FAMILY


def body_font(pixels: int = BODY) -> QFont:
    """The one family, with figures of one width."""
    font = QFont()
    font.setFamilies([FAMILY, *RARE_FAMILIES])
    font.setPixelSize(pixels)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the whole application in a theme."""
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(theme.palette())
    app.setStyleSheet(theme.sheet())
    app.setFont(body_font())
