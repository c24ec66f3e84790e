"""The rules: each pack in plain sentences with its sources, what the office has set, and what waits."""

import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QListWidgetItem, QVBoxLayout, QWidget

from casework.boards import policy_board
from casework.boards.policy_board import Given, OnBoard
from casework.core.change import Change
from casework.core.office import Office
from casework.core.refused import Refused
from casework.rulebook import pack_examples, packs, supplements
from casework.rulebook.adoption import PackRefused
from casework.rulebook.pack_in_words import SECTIONS, told
from desktop.kit.action import Action
from desktop.kit.desk import Desk
from desktop.kit.language import called, language, t, titled
from desktop.kit.page import Page
from desktop.kit.theme import GRID, Theme
from desktop.kit.widgets import clear, scrolled, side_list
from desktop.pages.policies import asking, detail
from desktop.pages.policies.sources import sources_card
from rules.pack import Pack

LIST_WIDTH = 286


OFFERS = (
    Action("compare_packs", "policies", "Ctrl+D"),
    Action("try_orders", "policies"),
    Action("withdraw_pack", "policies", act="withdraw_pack"),
    Action("paper_pack", "policies", act="export"),
    Action("edit_pack", "policies", act="propose_pack"),
    Action("write_pack", "policies", act="propose_pack", button=True),
    Action("check_pack", "policies", button=True),
    Action("propose_pack", "policies", act="propose_pack", button=True),
    Action("try_pack", "policies", "Ctrl+T", act="whatif", button=True),
    Action("propose_supplement", "policies", "Ctrl+N", act="propose_supplement", main=True),
)


class PoliciesPage(Page):
    """Packs on the left, the one chosen in words on the right."""

    name = "policies"
    kinds = frozenset(("pack", "supplement", "decision"))
    offers: tuple[Action, ...] = OFFERS

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(desk)
        self.theme = theme
        self.shown: tuple[OnBoard, ...] = ()
        self.examples: tuple[pack_examples.Example, ...] = ()
        self.list = side_list(t("page.policies"), LIST_WIDTH)
        self.list.currentRowChanged.connect(self._tell)
        self.detail = QWidget()
        self.column = QVBoxLayout(self.detail)
        self.column.setContentsMargins(0, 0, GRID, 2 * GRID)
        self.column.setSpacing(2 * GRID)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(self.list)
        row.addWidget(scrolled(self.detail), 1)

    @property
    def today(self) -> datetime.date:
        """The day at the office's place."""
        return self.desk.office.today()

    @property
    def chosen(self) -> OnBoard | None:
        """The pack that is marked."""
        row = self.list.currentRow()
        return self.shown[row] if 0 <= row < len(self.shown) else None

    def refresh(self) -> None:
        """Reads the packs and supplements again."""
        self.desk.read(partial(policy_board.board, person=self.desk.person), self._show, owner=self)

    def _show(self, shown: tuple[OnBoard, ...]) -> None:
        marked = self.chosen.sha256 if self.chosen else ""
        self.shown = shown
        self.list.blockSignals(True)
        self.list.clear()
        for one in shown:
            standing = t(f"policies.{one.standing(self.today)}")
            version = t("policies.version_of", version=one.pack.version)
            item = QListWidgetItem(f"{titled(one.pack)}\n{version}　{standing}")
            item.setToolTip(called(one.pack))
            self.list.addItem(item)
        hashes = [one.sha256 for one in shown]
        self.list.setCurrentRow(hashes.index(marked) if marked in hashes else self._first())
        self.list.blockSignals(False)
        self._tell(self.list.currentRow())

    def _first(self) -> int:
        """The first pack to look at: one that is in force today and has cases waiting, else in force."""
        waits = [row for row, one in enumerate(self.shown) if one.waits]
        now = [row for row, one in enumerate(self.shown) if one.standing(self.today) == "in_force"]
        return next(iter([row for row in waits if row in now] or waits or now), 0)

    # -- the pack in words ---------------------------------------------------------------------------

    def _tell(self, row: int) -> None:
        clear(self.column)
        one = self.chosen
        may = frozenset() if one is None else one.may
        self.offers = tuple(each for each in OFFERS if each.act != "withdraw_pack" or each.act in may)
        self.offered.emit()
        if one is None:
            return
        doing = self._doing(one)
        self.column.addWidget(detail.head(one, self.today, self.theme, doing))
        for waits in one.waits:
            self.column.addWidget(detail.waits_card(one, waits, self.theme, doing))
        if one.supplements:
            self.column.addWidget(detail.supplements_card(one, self.today, self.theme, doing))
        sources = sources_card(self, self.desk, one, self.theme, doing)
        if sources is not None:
            self.column.addWidget(sources)
        statements = told(one.pack, language(), one.settled(self.today))
        for section in SECTIONS:
            rows = [statement for statement in statements if statement.section == section]
            if rows:
                self.column.addWidget(detail.section_card(section, rows, self.theme))
        self.column.addStretch(1)
        self.examples = ()
        self.desk.read(
            lambda office: pack_examples.told(office, one.ref),
            partial(self._show_examples, one.ref),
            owner=self,
        )

    def _show_examples(self, ref: str, examples: tuple[pack_examples.Example, ...]) -> None:
        """The examples come below the rules once they have been decided again."""
        if self.chosen is None or self.chosen.ref != ref or not examples:
            return
        self.examples = examples
        made = detail.examples_card(examples, self.theme, self.show_examples)
        self.column.insertWidget(self.column.count() - 1, made)

    def _doing(self, one: OnBoard) -> detail.PackActs:
        return detail.PackActs(
            lambda: asking.confirm_pack(self, self.desk, one),
            partial(self._reject_pack, one),
            self.do_withdraw_pack,
            self._confirm_supplement,
            self._reject_supplement,
            self._revoke,
            self.do_compare_packs,
            self.do_try_pack if self.desk.may("whatif") else None,
            self.do_try_orders,
            self.do_edit_pack if self.desk.may("propose_pack") else None,
            self.do_paper_pack if self.desk.may("export") else None,
            self.opened.emit,
            partial(self._renew, one.ref) if one.newer and self.desk.may("renew_pack") else None,
        )

    # -- what can be done ----------------------------------------------------------------------------

    def show_examples(self) -> None:
        """All examples of the pack that is marked."""
        from desktop.pages.policies.examples import ExamplesDialog

        if self.chosen is not None:
            ExamplesDialog(self, self.desk, self.theme, self.chosen.pack, self.examples).open()

    def _renew(self, ref: str) -> None:
        self.desk.act(packs.renew_pack, ref, then=lambda change: self.desk.say(t("policies.proposed_now")))

    def _confirm_supplement(self, number: int) -> None:
        one = self.chosen
        if one is not None:
            asking.confirm_supplement(self, self.desk, one, self._given(one, number))

    def _given(self, one: OnBoard, number: int) -> Given:
        return next(each for each in (*one.supplements, *one.sources) if each.id == number)

    def _reject_pack(self, one: OnBoard) -> None:
        says = asking.pack_says(one, "policies.reject_says")
        asking.reject(self, self.desk, says, packs.reject_pack, one.ref, one.sha256)

    def _reject_supplement(self, number: int) -> None:
        one = self.chosen
        if one is not None:
            says = asking.supplement_says(one, self._given(one, number), "policies.reject_says")
            asking.reject(self, self.desk, says, supplements.reject_supplement, number)

    def _revoke(self, number: int) -> None:
        asking.revoke(self, self.desk, self.today, number)

    def do_withdraw_pack(self) -> None:
        """Withdraw the pack from a day on: it then applies to no case."""
        if self.chosen is not None:
            asking.withdraw(self, self.desk, self.today, self.chosen.ref)

    def do_propose_supplement(self) -> None:
        """Set a parameter that the pack leaves open; another person confirms it."""
        if self.chosen is not None:
            asking.SupplementDialog(self, self.desk, self.chosen, self.today).open()

    def do_propose_pack(self) -> None:
        """Take a pack's file in as a proposal, with the examples that lie beside it."""
        where, _ = QFileDialog.getOpenFileName(self, t("action.propose_pack"), "", t("policies.filter"))
        if where:
            self.propose(Path(where))

    def propose(self, path: Path) -> None:
        """Propose the pack of a file; one with faults is shown with each of them."""
        from desktop.pages.policies.pack_check import read_pack, show_faults

        def act(office: Office, person: str) -> Change:
            return packs.propose_pack(office, person, *read_pack(path))

        def refused(refusal: Refused) -> None:
            if isinstance(refusal, PackRefused):
                show_faults(self, path.name, refusal.faults)
            else:
                self.desk.refuse(refusal)

        self.desk.act(
            act, then=lambda change: self.desk.say(t("policies.proposed_now")), refused=refused, owner=self
        )

    def do_write_pack(self) -> None:
        """Write a pack in a form; what the form can't say is written in its text."""
        from desktop.pages.policies.wizard import WizardDialog

        WizardDialog(self, neighbours=self.neighbours).open()

    def leave(self) -> bool:
        """Keeps the draft of a pack that is being written; one may always go."""
        if self.findChildren(QDialog):
            from desktop.pages.policies.wizard import WizardDialog

            for dialog in self.findChildren(WizardDialog):
                dialog.keep_draft()
        return True

    def do_edit_pack(self) -> None:
        """Open the pack that is marked in the form, as a draft of its own."""
        one = self.chosen
        if one is not None:
            self.desk.read(lambda office: policy_board.examples(office, one.ref), self._edit, owner=self)

    def _edit(self, examples: str | None) -> None:
        from desktop.pages.policies.wizard import WizardDialog

        if self.chosen is not None:
            text = self.chosen.pack.canonical.decode()
            WizardDialog(self, text, examples or "", self.neighbours).open()

    def do_paper_pack(self) -> None:
        """The pack that is marked as a paper, for the two who adopt it to sign."""
        if self.chosen is not None:
            name = f"{self.chosen.ref.replace('@', '-')}.pdf"
            where, _ = QFileDialog.getSaveFileName(self, t("action.paper_pack"), name, "PDF (*.pdf)")
            if where:
                self.paper(Path(where))

    def paper(self, path: Path) -> None:
        """Save the paper of the pack that is marked."""
        from casework.outgoing.pack_export import save_paper_of

        if self.chosen is not None:
            said = t("wizard.paper_saved", file=path.name)
            self.desk.act(
                save_paper_of, self.chosen.sha256, path, then=lambda change: self.desk.say(said), owner=self
            )

    def do_check_pack(self) -> None:
        """Check a pack's file without taking it in: its faults with their lines."""
        from desktop.pages.policies.pack_check import check_file

        where, _ = QFileDialog.getOpenFileName(self, t("action.check_pack"), "", t("policies.filter"))
        if where:
            check_file(self, where, self.neighbours)

    @property
    def neighbours(self) -> tuple[Pack, ...]:
        """The packs in force here, each until it ends or was withdrawn."""
        return tuple(one.in_force_pack() for one in self.shown if one.state == "confirmed" and one.ever())

    def do_compare_packs(self) -> None:
        """Two versions side by side: the rules in which they differ."""
        from desktop.pages.policies.compare import CompareDialog

        if self.chosen is not None:
            CompareDialog(self, self.shown, self.chosen).open()

    def do_try_pack(self) -> None:
        """What past cases would get under other figures or another pack; nothing is changed."""
        from desktop.pages.policies.trying import TryDialog

        if self.chosen is not None:
            dialog = TryDialog(self, self.desk, self.theme, self.chosen.pack)
            dialog.opened.connect(self.opened)
            dialog.open()

    def do_try_orders(self) -> None:
        """A round first come, ranked and shared out, side by side; nothing is changed."""
        from desktop.pages.policies.three_orders import OrdersDialog

        dialog = OrdersDialog(self, self.desk, self.theme)
        dialog.opened.connect(self.opened)
        dialog.open()
