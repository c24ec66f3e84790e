"""The list as it would be published: the very PDF, its figures, and the one question: publish it?"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from casework.boards.case_view import Stored
from casework.core.refused import Refused
from casework.issuing import publicity, publicity_preview
from desktop.kit.desk import Desk
from desktop.kit.dialog_buttons import DialogButtons
from desktop.kit.fitting import resized
from desktop.kit.jobs import Cancelled, Job
from desktop.kit.language import language, t
from desktop.kit.paper_viewer import Viewer
from desktop.kit.theme import GRID
from desktop.kit.widgets import link, words

PDF = "application/pdf"
SHOWN = 5
"""Cases named of those that are kept back; the list of applications has them all."""


MENDED_AT = {
    "refused.unset": "policies",
    "refused.digest_only": "policies",
    "refused.settings_missing": "letterhead",
}
"""The page where the office gives what publishing lacks, by the code of the refusal."""


class PublishDialog(QDialog):
    """Asks once, with the list beside the question.

    Args:
        go: goes to a page by its name.
    """

    def __init__(
        self, parent: QWidget, desk: Desk, round_id: int | None, go: Callable[[str], object]
    ) -> None:
        super().__init__(parent)
        self.desk, self.round_id = desk, round_id
        self.setWindowTitle(t("action.publish_round"))
        resized(self, 800, 696)
        self.says, self.fault = words(t("ahead.looking")), words("")
        self.fault.setProperty("fault", True)
        self.fault.hide()
        self.go, self.to = go, ""
        self.set_it = link(t("rounds.set_terms"), self._set)
        self.set_it.hide()
        self.set_it.setAutoDefault(False)
        self.viewer = Viewer(self)
        self.viewer.closed.connect(self.reject)  # Escape within the list puts the question away
        for one in self.viewer.findChildren(QPushButton):
            one.hide()  # what is not published yet is not given away
        buttons = DialogButtons(self, t("action.publish_round"), self.carry_out)
        self.yes = buttons.yes
        self.yes.setEnabled(False)
        buttons.no.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        for widget in (self.says, self.fault):
            column.addWidget(widget)
        column.addWidget(self.set_it, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.viewer, 1)
        column.addStretch(0)
        column.addWidget(buttons)
        self.finished.connect(lambda result: self.deleteLater())
        self._look()

    def _set(self) -> None:
        self.reject()
        self.go(self.to)

    def _look(self) -> None:
        office, person, round_id = self.desk.office, self.desk.person, self.round_id

        def read(job: Job[Any]) -> publicity_preview.Proposed:
            return publicity_preview.proposed(office, person, round_id)

        self.desk.workers.start(read, self._show, refused=self._refused, owner=self, pool="act")

    def _show(self, found: publicity_preview.Proposed) -> None:
        said = t(
            "rounds.would_publish",
            cases=found.cases,
            award_fen=found.award_fen,
            first=publicity.first_day(found.from_on),
            until_on=found.until_on,
            days=found.workdays,
        )
        if found.lists > 1:
            said += t("rounds.would_publish_lists", lists=found.lists)
        if found.provisional:
            said += t("rounds.provisional")
        if found.kept_back:
            said += t("rounds.kept_back", count=len(found.kept_back), cases=list(found.kept_back[:SHOWN]))
        self.says.setText(said)
        self.viewer.put(t("rounds.list_preview"), Stored("", PDF, found.pdf))
        self.viewer.hash.hide()
        self.yes.setText(t("rounds.publish", cases=found.cases))
        self.yes.setEnabled(True)

    def carry_out(self) -> None:
        """Publish it."""
        self.yes.setEnabled(False)
        self.desk.act(
            publicity.publish,
            self.round_id,
            then=self._published,
            refused=self._refused,
            owner=self,
        )

    def _published(self, change: Any) -> None:
        facts = change.facts
        self.desk.say(t("rounds.published", cases=facts["cases"], until_on=facts["until_on"]))
        self.accept()

    def _refused(self, refusal: Exception) -> None:
        if isinstance(refusal, Refused):
            self.says.clear()
            self.fault.setText(refusal.say(language()))
            self.fault.show()
            self.to = MENDED_AT.get(refusal.code, "")
            self.set_it.setVisible(bool(self.to))
            self.viewer.hide()
            resized(self, 560, 160)
        elif not isinstance(refusal, Cancelled):
            raise refusal
