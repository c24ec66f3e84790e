"""Every text of every page of an office at work: words, and no ids of the program's own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from desktop import pictures
from desktop.kit.language import speak

ROWS = 60
"""Rows of a list that are looked at: more than any screen shows."""
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
ID = re.compile(
    r"\b[a-z0-9]+(?:-[a-z0-9]+)*@\w"  # a pack's: shenzhen-training-voucher@2026
    r"|\b[a-z]+(?:-[a-z]+)+/\d"  # a budget's: shenzhen-training-voucher/2026
    r"|\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b"  # a fact's, parameter's, setting's or act's: publicity_days
    r"|\b(?:refused|act|state|case|field|reason|finding|work|action|page)\.[a-z_]+\b"  # a code without words
)
IN_CHINESE = re.compile(r"[a-z]{3,}", re.IGNORECASE)
"""English words, or ids of one word, on a Chinese page."""
WANTED = {
    r"(?:文件和命令行中的名称：|named in files and on the command line: )\S+": "is typed elsewhere",
    r"portal-2026-\w+\.xlsx": "the name of a file",
    r"[a-z]+@wanpan\.example|wanpan\.example/\w+": "addresses of the office",
}
"""What stands there as itself, in both languages, and why."""
WRITES_A_FILE = ("write_pack", "edit_pack")
"""Pictures of the form that writes a pack: its names are those of the file, and stand there as themselves."""
WANTED_IN_CHINESE = {
    r"English": "the other language by its own name",
    r"Ctrl|Shift|Alt|Backspace|Return|Enter|Del|Esc": "keys, as they stand on the keyboard",
    r"Excel|CSV|PDF|SHA-256\b.?|[0-9a-f]{16,64}": "names of formats and fingerprints",
    r"\b(?:SL|YS|JY|MX|HT)[\w-]+|\b[0-9A-Z]{16,18}\b": "numbers of cases, codes of units and letters",
    r"(?<![a-z])(?:officer|approver|finance|auditor|system|rights)2?(?![a-z])": "accounts",
    r"演示业务库：.*": "the sentence with the accounts and the password of the demonstration",
    r"Voucher Desk|demo\.office": "the program and its file by name",
}


def shown(window: QWidget) -> Iterator[str]:
    """Every text of a window: labels, buttons, fields, choices, cells, headings, hints, names for readers."""
    for one in (window, *window.findChildren(QWidget)):
        yield from (one.toolTip(), one.accessibleName(), one.windowTitle())
        for action in one.actions():
            yield from (action.text(), action.toolTip())
        if isinstance(one, QLabel | QAbstractButton):
            yield one.text()
        elif isinstance(one, QGroupBox):
            yield one.title()
        elif isinstance(one, QLineEdit):
            yield from (one.text(), one.placeholderText())
        elif isinstance(one, QPlainTextEdit | QTextEdit):
            yield from (one.toPlainText(), one.placeholderText())
        elif isinstance(one, QComboBox):
            yield from (one.itemText(at) for at in range(one.count()))
        elif isinstance(one, QAbstractItemView) and one.model() is not None:
            yield from _cells(one.model())


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for column in range(columns):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(), ROWS)):
            for role in ROLES:
                yield str(model.index(row, column).data(role) or "")


def raw(text: str, language: str) -> bool:
    """Whether a text holds an id, or English within Chinese."""
    wanted = [*WANTED, *(WANTED_IN_CHINESE if language == "zh" else ())]
    left = re.sub("|".join(f"(?:{one})" for one in wanted), " ", text)
    return bool(ID.search(left) or (language == "zh" and IN_CHINESE.search(left)))


@pytest.fixture(autouse=True)
def windows_thread() -> list[str]:
    """Which case is looked at is read between the pictures, on this thread; that is no page's doing."""
    return []


@pytest.fixture(scope="module")
def at_work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    pictures.at_work(folder)
    return folder


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_window_shows_words_and_no_ids(
    dressed: QApplication, at_work: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "DIALOGS", ((language, "light"),))
    seen = 0
    found: dict[str, str] = {}
    try:
        for name, window in pictures.pages(dressed, at_work, language, "light"):
            for text in () if name.endswith(WRITES_A_FILE) else shown(window):
                seen += bool(text)
                if raw(text, language):
                    found.setdefault(text, name)
    finally:
        speak("zh")
    assert seen > 10_000
    assert found == {}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("shenzhen-training-voucher@2026", "en"),
        ("预算 shenzhen-corpus/2026", "zh"),
        ("publicity_days", "en"),
        ("refused.state", "en"),
        ("tier is standard", "zh"),
    ],
)
def test_an_id_is_found(text: str, language: str) -> None:
    assert raw(text, language)
