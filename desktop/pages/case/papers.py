"""The papers of a case: taken by drag, paste and file, found by hash, shown beside the case."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from casework.boards.case_parts import PaperView
from casework.boards.case_view import CaseView
from casework.cases.paper_kinds import MEDIA, kind_of, media_of
from casework.core.office import SHANGHAI
from casework.core.stored_files import MOST_BYTES
from desktop.kit.desk import Desk
from desktop.kit.language import t, t_or
from desktop.kit.theme import Theme
from desktop.kit.widgets import one_line, tint
from desktop.pages.case.kind_dialog import KindDialog, Taken
from desktop.pages.case.page_part import Part, at, plain, row_of, small_link
from words import machine


class PapersPart(Part):
    """The papers.

    Signals:
        taken: papers to be filed, as a list of `Taken`.
        picked: a paper to be shown: its name and hash.
        opened: another case that has the same file.
    """

    taken = Signal(object)
    picked = Signal(str, str)
    opened = Signal(str)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__("case.papers", desk, theme)
        self.may = False

    def tell(self, view: CaseView) -> None:
        """Show a case's papers."""
        self.empty()
        self.may = "add_paper" in view.may
        if self.may:
            self.offer("action.case_add_paper", self.choose)
            self.offer("action.case_paste", self.paste)
        if not view.papers:
            self.nothing("case.papers.none" if self.may else "case.papers.none_here")
        for paper in view.papers:
            self._paper(paper)

    def _paper(self, paper: PaperView) -> None:
        name = small_link(paper.name, partial(self.picked.emit, paper.name, paper.sha256), self.theme)
        name.setToolTip(
            t("case.paper_says", sha256=paper.sha256, person=paper.person, at=at(paper.received_at))
        )
        kind = plain(t_or(f"paper.kind.{paper.kind}", paper.kind), muted=True)
        kind.setFixedWidth(72)
        self.column.addLayout(row_of(kind, name, plain(f"{paper.received_at:%m-%d}", small=True), stretch=1))
        if paper.also_on:
            also = one_line(t("case.paper_also", cases=paper.also_on))
            tint(also, self.theme.look)
            other = small_link(t("case.open_other"), partial(self.opened.emit, paper.also_on[0]), self.theme)
            self.column.addLayout(row_of(also, other))

    # -- taking them in --------------------------------------------------------------------------------

    def choose(self) -> None:
        """Choose files."""
        endings = " ".join(f"*{ending}" for ending in MEDIA)
        names, _ = QFileDialog.getOpenFileNames(
            self, t("action.case_add_paper"), "", t("case.paper_filter", endings=endings)
        )
        self.take([Path(name) for name in names])

    def paste(self) -> None:
        """Take what the clipboard holds: files, or a picture."""
        self.take_data(QGuiApplication.clipboard().mimeData())

    def takes(self, data: QMimeData) -> bool:
        """Whether these can be papers."""
        return self.may and (data.hasImage() or any(url.isLocalFile() for url in data.urls()))

    def take_data(self, data: QMimeData) -> None:
        """Take what was dropped or pasted."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.take(paths)
        elif data.hasImage():
            image = data.imageData()
            if isinstance(image, QImage) and not image.isNull():
                now = self.desk.office.now().astimezone(SHANGHAI)
                self._file([("other", f"{now:%Y%m%d-%H%M%S}.png", _png(image), "image/png")])
        else:
            self.desk.say(t("case.nothing_to_paste"), "look")

    def take(self, paths: list[Path]) -> None:
        """Take files; one that can't be read is named."""
        found: list[Taken] = []
        for path in paths:
            try:
                body = machine.read_bytes(path, MOST_BYTES)
                found.append((kind_of(path.name), path.name, body, media_of(path.name)))
            except OSError as error:
                self.desk.not_written("case.paper_unread", error, name=path.name)
        self._file(found)

    def _file(self, found: list[Taken]) -> None:
        """File papers; where a name does not tell the kind, it is asked."""
        if any(kind == "other" for kind, *_ in found):
            KindDialog(self, found, self.taken.emit).open()
        elif found:
            self.taken.emit(found)


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return bytes(data.data())
