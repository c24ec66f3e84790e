"""What if: past cases under other figures or another pack. A simulation, and it says so where it is shown."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from casework.award.whatif import changed, whatif
from casework.boards import chart_data
from casework.core.office import Office
from casework.core.refused import Refused
from casework.rulebook.pack_figures import AMOUNTS, Figure, figures
from casework.rulebook.pack_files import from_file
from desktop.kit.desk import Desk
from desktop.kit.dialog_buttons import CloseAside
from desktop.kit.fitting import resized
from desktop.kit.jobs import Job
from desktop.kit.language import called, language, t, titled
from desktop.kit.money_field import MoneyField, echoed
from desktop.kit.theme import GRID, Theme
from desktop.kit.widgets import DECISION_MEANING, card, chip, clear, scrolled, words
from desktop.kit.widgets import current as mark_current
from desktop.lists.look_ahead_dialog import budget_name
from desktop.lists.plain_table import PlainTable
from desktop.lists.spec import Column
from desktop.pages.policies.asking import rules_named
from rules.money import grouped, parse, yuan
from rules.pack import Pack
from rules.whatif import Side, WhatIf

FORM_WIDTH = 330
MONTHS = 120


def _status(code: str) -> str:
    return t(f"whatif.status.{code}")


COLUMNS = (
    Column("case", "number_text", 136),
    Column("then_status", "chip", 104, show=_status, meaning=DECISION_MEANING.__getitem__),
    Column("then", "money", 128),
    Column("now_status", "chip", 104, show=_status, meaning=DECISION_MEANING.__getitem__),
    Column("now", "money", 128),
    Column("change", "money", 128),
    Column("why", width=120),
)


class TryDialog(QDialog):
    """Figures or a file on the left; then and now, and every case, on the right.

    Signals:
        opened: a case was chosen to be looked at.
    """

    opened = Signal(str)

    def __init__(self, parent: QWidget, desk: Desk, theme: Theme, pack: Pack) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("action.try_pack"))
        self.desk, self.theme, self.pack = desk, theme, pack
        self.file: Path | None = None
        self.found: WhatIf | None = None
        self.fields: dict[str, tuple[Figure, QLineEdit]] = {}
        self.table = PlainTable(desk, theme, "policies.trying", COLUMNS, cases=True)
        self.table.opened.connect(self._open)
        self.fault, self.sides = words(""), QWidget()
        self.fault.setProperty("fault", True)
        self.fault.hide()
        self.standing = words(t("policies.try_first"), muted=True)
        self.sides_column = QVBoxLayout(self.sides)
        self.sides_column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout(self)
        row.setSpacing(2 * GRID)
        row.addWidget(self._asked())
        right = QVBoxLayout()
        right.addWidget(chip(t("whatif.shown"), "look", theme), 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self.fault)
        right.addWidget(self.standing)
        right.addWidget(self.sides)
        right.addWidget(self.table, 1)
        right.addWidget(CloseAside(self))
        row.addLayout(right, 1)
        resized(self, 1240, 680)
        desk.read(chart_data.years, self._offer_years, owner=self)

    # -- what is asked -------------------------------------------------------------------------------

    def _asked(self) -> QWidget:
        whole = QWidget()
        whole.setFixedWidth(FORM_WIDTH)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        self.about = words(t("policies.try_figures", name=called(self.pack)), muted=True)
        column.addWidget(self.about)
        self.form = scrolled(self._figures())
        column.addWidget(self.form, 1)
        pick = QPushButton(t("policies.try_file"))
        pick.setAutoDefault(False)
        pick.clicked.connect(lambda checked=False: self.pick())
        column.addWidget(pick)
        self.year, self.months = QComboBox(), QLineEdit("0")
        self.year.addItem(t("policies.all_years"), None)
        self.months.setValidator(QIntValidator(-MONTHS, MONTHS, self.months))
        when = QFormLayout()
        self.year.currentIndexChanged.connect(lambda at: self._not_current())
        self.months.textChanged.connect(lambda text: self._not_current())
        for code, widget in (("try_year", self.year), ("try_months", self.months)):
            widget.setAccessibleName(t(f"policies.{code}"))
            when.addRow(t(f"policies.{code}"), widget)
        column.addLayout(when)
        buttons = QHBoxLayout()
        self.yes, self.out = QPushButton(t("policies.try")), QPushButton(t("policies.try_export"))
        self.yes.setProperty("main", True)
        self.yes.setDefault(True)
        self.out.setEnabled(False)
        self.out.setAutoDefault(False)
        self.yes.clicked.connect(lambda checked=False: self.try_it())
        self.out.clicked.connect(lambda checked=False: self.export())
        for button in (self.yes, self.out):
            buttons.addWidget(button)
        column.addLayout(buttons)
        return whole

    def _figures(self) -> QWidget:
        """The pack's own figures, each in a field where another can be typed."""
        inside = QWidget()
        form = QFormLayout(inside)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setContentsMargins(0, 0, GRID, 0)
        for figure in figures(self.pack):
            field = _field(figure)
            label = t(f"policies.figure.{figure.key}", title=titled(figure))
            field.setAccessibleName(label)
            field.setPlaceholderText(t("policies.figure_open"))
            field.returnPressed.connect(self.try_it)
            field.textChanged.connect(lambda text: self._not_current())
            self.fields[figure.name] = (figure, field)
            form.addRow(words(label))
            form.addRow(echoed(field) if isinstance(field, MoneyField) else field)
        return inside

    def _offer_years(self, years: Sequence[int]) -> None:
        for year in years:
            self.year.addItem(str(year), year)

    def pick(self) -> None:
        """Try the pack of a file instead of other figures."""
        where, _ = QFileDialog.getOpenFileName(self, t("policies.try_file"), "", t("policies.filter"))
        if where:
            self.take(Path(where))

    def take(self, path: Path) -> None:
        """Try this file's pack."""
        self.file = path
        self.form.setEnabled(False)
        self.about.setText(t("policies.try_this_file", file=path.name))
        self.try_it()

    # -- trying --------------------------------------------------------------------------------------

    def try_it(self, target: Path | None = None) -> None:
        """Work it out in a worker; with a target, write it as a workbook too."""
        self.fault.hide()
        year = self.year.currentData()
        try:
            wanted, months = self._wanted(), self._months()
        except Refused as refusal:
            self._refused(refusal)
            return
        self.yes.setEnabled(False)
        self._stand(False, t("policies.computing") if self.found is not None else "")
        office, person, file, pack, lang = (
            self.desk.office,
            self.desk.person,
            self.file,
            self.pack,
            language(),
        )

        def read(job: Job[Any]) -> tuple[WhatIf, Pack]:
            draft = _draft(office, file, pack, wanted)
            return whatif(office, person, draft, year=year, months=months, path=target, lang=lang), draft

        def then(tried: tuple[WhatIf, Pack]) -> None:
            self._show(*tried)
            if target is not None:
                self.desk.say(t("policies.try_written", file=target.name))

        self.desk.workers.start(read, then, refused=self._refused, owner=self, pool="act")

    def _wanted(self) -> dict[str, str]:
        """The figures that differ from the pack's, as a pack writes them.

        Raises:
            Refused: an amount that can't be read.
        """
        found: dict[str, str] = {}
        for name, (figure, field) in self.fields.items():
            said = field.text().strip()
            if isinstance(field, MoneyField) and said:
                fen = field.fen(f"policies.figure.{figure.key}", title=titled(figure))
                said = "" if fen == _fen(figure) or fen is None else yuan(fen)
            if said and said != figure.value:
                found[name] = said
        return found

    def _months(self) -> int:
        """By how many months dates are moved; none where nothing stands there.

        Raises:
            Refused: more than ten years, or no number.
        """
        typed = self.months.text().strip()
        if typed and not self.months.hasAcceptableInput():
            raise Refused("refused.bad_field", field=t("policies.try_months"), value=typed)
        return int(typed or 0)

    def _stand(self, current: bool, why: str = "") -> None:
        """Whether the figures on screen are those of what is asked; where not, they are grey and say why."""
        self.standing.setText(why)
        self.standing.setVisible(bool(why))
        mark_current(self.sides, current)
        self.table.setEnabled(current)
        self.table.view.setVisible(current and self.table.stack.currentIndex() == 0)
        self.out.setEnabled(current and self.found is not None)

    def _not_current(self) -> None:
        if self.found is not None:
            self._stand(False, t("policies.not_current"))

    def export(self) -> None:
        """Write what is shown as a workbook."""
        name = f"{t('whatif.sheet')}.xlsx"
        where, _ = QFileDialog.getSaveFileName(self, t("policies.try_export"), name, "Excel (*.xlsx)")
        if where:
            self.try_it(Path(where))

    def _refused(self, refusal: Exception) -> None:
        self.yes.setEnabled(True)
        self._not_current()
        say = getattr(refusal, "say", None)
        self.fault.setText(say(language()) if callable(say) else "")
        self.fault.show()

    def _open(self, number: int) -> None:
        self.opened.emit(str(self.table.rows[number][0]))
        self.accept()

    # -- what came out -------------------------------------------------------------------------------

    def _show(self, found: WhatIf, draft: Pack) -> None:
        self.found = found
        self.yes.setEnabled(True)
        self._stand(True)
        clear(self.sides_column)
        self.sides_column.addWidget(_sides(found, draft))
        lines = sorted(found.lines, key=lambda one: -abs(one.change_fen))
        self.table.put(
            [
                (
                    one.case,
                    one.then_status,
                    one.then_fen,
                    one.now_status,
                    one.now_fen,
                    one.change_fen,
                    rules_named(self.pack, ";".join(one.reasons) or one.binding),
                )
                for one in lines
            ]
        )


def _fen(figure: Figure) -> int | None:
    """An amount of the pack; None while it is unset."""
    return parse(figure.value) if figure.value else None


def _field(figure: Figure) -> QLineEdit:
    return MoneyField(_fen(figure)) if figure.key in AMOUNTS else QLineEdit(figure.value)


def _draft(office: Office, file: Path | None, pack: Pack, wanted: dict[str, str]) -> Pack:
    return changed(pack, wanted) if file is None else from_file(file)


def _sides(found: WhatIf, pack: Pack) -> QWidget:
    """Then and now, summed up."""
    frame, column = card()
    grid = QGridLayout()
    grid.setHorizontalSpacing(3 * GRID)
    grid.setColumnStretch(3, 1)
    for at, code in enumerate(("whatif.then", "whatif.now"), 1):
        grid.addWidget(_right(t(code)), 0, at)
    then, now = _told(found.then, pack), _told(found.now, pack)
    for line, name in enumerate(then, 1):
        grid.addWidget(words(t(f"cli.whatif.{name}"), muted=True, wrap=False), line, 0)
        grid.addWidget(_right(then[name]), line, 1)
        grid.addWidget(_right(now[name]), line, 2)
    column.addLayout(grid)
    gain, lose = found.gainers, found.losers
    sums = {
        "gain_fen": sum(one.change_fen for one in gain),
        "lose_fen": sum(-one.change_fen for one in lose),
    }
    said = t("policies.try_changes", cases=len(found.lines), gain=len(gain), lose=len(lose), **sums)
    column.addWidget(words(said))
    return frame


def _right(text: str) -> QLabel:
    label = words(text, wrap=False)
    label.setAlignment(Qt.AlignmentFlag.AlignRight)
    return label


def _told(side: Side, pack: Pack) -> dict[str, str]:
    return {
        "awarded": str(side.awarded),
        "refused": str(side.refused),
        "blocked": str(side.blocked),
        "total": grouped(side.total_fen),
        "held": grouped(side.held_fen),
        "startups": _share(side.startup_fen, side.total_fen),
        "small_firms": _share(side.small_fen, side.total_fen),
        "runs_out": t("people.and").join(
            budget_name(key, pack) + t("whatif.on", day=day) for key, day in side.runs_out
        )
        or "-",
    }


def _share(part: int, whole: int) -> str:
    """An amount with its share of the whole, to a tenth of a percent."""
    permille = part * 1000 // whole if whole else 0
    return f"{grouped(part)} ({permille // 10}.{permille % 10}%)"
