"""The pane beside a case in which a paper or letter is read: the very stored bytes, saved and printed."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMargins, Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from casework.boards.case_view import Stored
from desktop.kit.language import t
from desktop.kit.theme import GRID
from desktop.kit.widgets import link, one_line, words


class Shown(NamedTuple):
    """What is in the pane: how it is called, and its bytes."""

    name: str
    stored: Stored


class Picture(QScrollArea):
    """A picture as wide as the pane."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = QImage()
        self.label = QLabel()
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(self.label)
        self.setWidgetResizable(True)

    def put(self, body: bytes) -> bool:
        """Show a picture; False where it is none."""
        self.image = QImage.fromData(QByteArray(body))
        self._fit()
        return not self.image.isNull()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits the picture to the pane."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self.image.isNull():
            wide = max(80, min(self.viewport().width() - 4, self.image.width()))
            scaled = self.image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
            self.label.setPixmap(QPixmap.fromImage(scaled))


class Viewer(QWidget):
    """Shows one file at a time.

    Signals:
        save_asked: the person wants it as a file.
        print_asked: the person wants it on a printer, which comes with it.
        closed: the pane is put away.
    """

    save_asked = Signal(object)
    print_asked = Signal(object, object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: Shown | None = None
        self.title = one_line("")
        self.hash = words("", small=True)
        self.hash.setWordWrap(False)
        self.document = QPdfDocument(self)
        self.buffer = QBuffer(self)
        self.pages = QPdfView(self)
        self.pages.setPageMode(QPdfView.PageMode.MultiPage)
        self.pages.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.pages.setDocumentMargins(QMargins(4, 4, 4, 4))
        self.pages.setDocument(self.document)
        self.picture = Picture(self)
        self.other = words("", muted=True)
        self.other.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget(self)
        for widget in (self.pages, self.picture, self.other):
            self.stack.addWidget(widget)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.title, 1)
        for code, do in self._buttons():
            head.addWidget(link(t(code), do))
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, 0, 0, GRID)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.hash)
        column.addWidget(self.stack, 1)
        QShortcut(
            QKeySequence("Escape"),
            self,
            self.close_pane,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )

    def _buttons(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        return (
            ("case.view.save", self._save),
            ("case.view.print", self.print_it),
            ("case.view.close", self.close_pane),
        )

    def put(self, name: str, stored: Stored) -> None:
        """Show a file."""
        self.shown = Shown(name, stored)
        self.title.setText(name)
        self.title.setToolTip(name)
        self.hash.setText(t("case.hash", sha256=stored.sha256[:16], size=_size(len(stored.body))))
        self.hash.setToolTip(stored.sha256)
        self.pages.setAccessibleName(name)
        self.picture.setAccessibleName(name)
        if stored.media == "application/pdf" and self._pdf(stored.body):
            self.stack.setCurrentWidget(self.pages)
        elif stored.media.startswith("image/") and self.picture.put(stored.body):
            self.stack.setCurrentWidget(self.picture)
        else:
            self.other.setText(t("case.not_shown"))
            self.stack.setCurrentWidget(self.other)
        self.show()

    def _pdf(self, body: bytes) -> bool:
        self.document.close()
        self.buffer.close()
        self.buffer.setData(QByteArray(body))
        self.buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self.buffer)
        return self.document.status() == QPdfDocument.Status.Ready and self.document.pageCount() > 0

    def close_pane(self) -> None:
        """Put the pane away."""
        self.shown = None
        self.document.close()
        self.hide()
        self.closed.emit()

    def _save(self) -> None:
        if self.shown is not None:
            self.save_asked.emit(self.shown)

    def print_it(self) -> None:
        """Ask on which printer what is shown goes; the page has it logged, and then printed
        (`desktop.kit.printing`)."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        shown = self.shown
        if shown is None or self.stack.currentWidget() is self.other:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle(t("case.view.print"))
        dialog.accepted.connect(lambda: self.print_asked.emit(shown, printer))
        dialog.finished.connect(lambda result: dialog.deleteLater())
        dialog.setModal(True)
        dialog.show()


def _size(count: int) -> str:
    """A file's size as people say it."""
    if count < 1024:
        return f"{count} B"
    return f"{count // 1024} KB" if count < 1024 * 1024 else f"{count / 1024 / 1024:.1f} MB"
