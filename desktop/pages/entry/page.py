"""The entry page: the form on the left, what would be decided on the right, the draft kept underneath."""

import datetime
import uuid
from collections.abc import Callable
from html import escape

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from casework.award import precheck
from casework.award.precheck import Precheck, Scheme
from casework.cases.confirmed_codes import Confirmed
from casework.core.act import By
from casework.core.change import Change
from casework.core.office import SHANGHAI, Office
from casework.core.refused import Refused
from casework.intake import counter_entry
from desktop.kit import confirm_code
from desktop.kit.action import Action
from desktop.kit.ask_dialog import AskDialog
from desktop.kit.award_panel import AwardView, Outcome
from desktop.kit.desk import Desk
from desktop.kit.drafts import Draft, Drafts
from desktop.kit.fact_fields import QuietCombo, title_of
from desktop.kit.height_by_width import HeightByWidth
from desktop.kit.language import called, language, t, titled
from desktop.kit.page import Page
from desktop.kit.theme import GRID, Theme
from desktop.kit.widgets import card, clear, link, scrolled, words
from desktop.pages.entry.form import Form

PAUSE = 200
"""Milliseconds after the last key until the outcome is asked for again."""
KEEP = 3_000
"""Milliseconds after which what was typed is on disk."""
SIDE = 344
ABOUT = {"refused.credit_code": "applicant", "refused.case_exists": "case"}
"""The field that a refusal is about."""
LEAST_FORM = 380
"""The width in pixels at 100 % that keeps a label and its field in sight together."""


class EntryPage(Page):
    """One application after the other, without the mouse."""

    name = "entry"
    kinds = frozenset(("pack", "supplement", "round", "provider"))
    offers = (
        Action("clear_entry", "entry", "Ctrl+Shift+N", act="submit", button=True),
        Action("submit_entry", "entry", "Ctrl+Return", act="submit", main=True),
    )

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(desk)
        self.theme = theme
        self.schemes: dict[str, Scheme] = {}
        self.request = uuid.uuid4().hex
        self.drafts = Drafts(desk.office.row.uid, desk.person)
        self.dirty = self.storing = self.asking = self.again = False
        self.scheme = QuietCombo(self)
        self.scheme.setAccessibleName(t("entry.scheme"))
        self.scheme.currentIndexChanged.connect(self._chosen)
        self.offer = QWidget(self)
        self.offers_column = QVBoxLayout(self.offer)
        self.offers_column.setContentsMargins(0, 0, 0, 0)
        self.form = Form(theme, self.now, self)
        self.form.edited.connect(self._edited)
        self.form.finished.connect(lambda: desk.say(t("entry.finished"), "waiting"))
        self.fault = QLabel(self)
        self.fault.setProperty("fault", True)
        self.fault.setWordWrap(True)
        self.fault.hide()
        self.missing = QLabel()
        self.missing.setWordWrap(True)
        self.missing.setTextFormat(Qt.TextFormat.RichText)
        self.missing.linkActivated.connect(self.form.go_to)
        self.award = AwardView(theme)
        self._lay_out()
        self.soon = self._timer(PAUSE, self._precheck)
        self.keeping = self._timer(KEEP, self.keep)

    def _timer(self, pause: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(do)
        return timer

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(words(t("entry.scheme"), muted=True))
        top.addWidget(self.scheme, 1)
        left = QVBoxLayout()
        left.setSpacing(GRID)
        left.addLayout(top)
        left.addWidget(self.offer)
        left.addWidget(self.fault)
        self.form.setMinimumWidth(LEAST_FORM)
        left.addWidget(self.form, 1)
        frame, column = card()
        column.addWidget(words(t("entry.precheck")))
        column.addWidget(words(t("entry.precheck_says"), small=True))
        column.addWidget(self.missing)
        column.addWidget(self.award)
        column.addStretch(1)
        inside = HeightByWidth()
        down = QVBoxLayout(inside)
        down.setContentsMargins(0, 0, GRID, 2 * GRID)
        down.addWidget(frame, 1)
        side = scrolled(inside)
        side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side.setMinimumWidth(SIDE)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(2 * GRID)
        across.addLayout(left, 6)
        across.addWidget(side, 5)

    def now(self) -> datetime.datetime:
        """The moment on the clock of the office's place."""
        return self.desk.office.now().astimezone(SHANGHAI).replace(tzinfo=None)

    # -- schemes ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the schemes again."""
        self.desk.read(precheck.schemes, self._show, owner=self)

    def come(self, what: str = "") -> None:
        """Offers drafts that were left, and stands on the first field."""
        super().come(what)
        self._offer_drafts()
        if self.form.fields and self.focusWidget() in (None, self, self.scheme):
            self.form.go_to(self.form.first())

    def _show(self, found: tuple[Scheme, ...]) -> None:
        before = self.scheme.currentData() or self.desk.settings.value("entry/scheme", "")
        self.schemes = {one.id: one for one in found}
        self.scheme.blockSignals(True)
        self.scheme.clear()
        for one in found:
            title = titled(one.pack)
            self.scheme.addItem(title if one.in_force else t("entry.not_in_force", title=title), one.id)
        wanted = str(before) if before in self.schemes else "shenzhen-training-voucher"
        self.scheme.setCurrentIndex(max(0, self.scheme.findData(wanted)))
        self.scheme.blockSignals(False)
        self._chosen()
        self._offer_drafts()

    def _chosen(self) -> None:
        scheme = self.schemes.get(str(self.scheme.currentData()))
        if scheme is not None:
            self.desk.settings.setValue("entry/scheme", scheme.id)
            made = self.form.make(scheme)
            self._precheck()
            if made and self.isVisible() and not self.offer.isVisible() and not self.scheme.hasFocus():
                self.form.go_to(self.form.first())

    # -- the outcome as one types ----------------------------------------------------------------------

    def _edited(self) -> None:
        self.dirty = True
        self.fault.hide()
        self.soon.start()
        if not self.keeping.isActive():
            self.keeping.start()

    def _precheck(self) -> None:
        """Ask what would be decided; while one question is under way the next waits for it."""
        if self.asking:
            self.again = True
            return
        scheme, facts = self.form.scheme, self.form.facts()
        if not scheme:
            return
        self.asking = True

        def read(office: Office) -> Precheck:
            return precheck.precheck(office, scheme, facts)

        self.desk.read(read, self._outcome, owner=self)

    def _outcome(self, found: Precheck) -> None:
        self.asking = False
        if self.again:
            self.again = False
            self._precheck()
            return
        if "provider_admitted" in self.form.beside and found.admitted is not None:
            self._say_admitted(found.admitted)
        if not self.form.facts():
            self.award.hide()
            self.missing.setText(t("entry.begin"))
            return
        self.missing.setVisible(bool(found.missing))
        self.missing.setText(t("entry.missing", fields=self._links(found.missing)) if found.missing else "")
        self.award.setVisible(found.decision is not None)
        if found.bar is not None or found.policy is None:
            said = t("entry.no_pack") if found.bar is None else escape(found.bar.say(language()))
            self.missing.setText("<br>".join(filter(None, (said, self.missing.text()))))
            self.missing.setVisible(True)
        if found.closed_by is not None:
            closed = escape(found.closed_by.say(language()))
            self.missing.setText("<br>".join(filter(None, (self.missing.text(), closed))))
            self.missing.setVisible(True)
        if found.decision is None or found.policy is None:
            return
        outcome = Outcome.would_be(found.policy, found.decision, found.lines)
        self.award.tell(outcome, heading=found.round or called(found.policy.pack), brief=True)

    def _say_admitted(self, admitted: bool) -> None:
        label = self.form.beside["provider_admitted"]
        label.setStyleSheet(f"color: {self.theme.muted if admitted else self.theme.stopped}; font-size: 12px")
        label.setText(t("entry.admitted" if admitted else "entry.not_admitted"))

    def _links(self, names: tuple[str, ...]) -> str:
        own = self.schemes[self.form.scheme].pack.facts
        parts = []
        for name in names:
            field = self.form.fields.get(name)
            title = title_of(field.fact) if field is not None else titled(own[name]) if name in own else name
            parts.append(f'<a href="{name}" style="color: {self.theme.accent}">{title}</a>')
        return t("people.and").join(parts)

    # -- storing ---------------------------------------------------------------------------------------

    def do_submit_entry(self) -> None:
        """Store the application and go on with the next."""
        if self.storing:
            return
        for field in self.form.fields.values():
            field.settle()
        faults = self.form.check(storing=True)
        code = self.form.to_confirm()
        if code and set(faults) == {"applicant"}:
            self.form.go_to("applicant")
            confirm_code.ask(self, code, self._confirmed)
            return
        if faults:
            self.form.go_to(next(name for name in self.form.fields if name in faults))
            self._fault(t("entry.faults", count=len(faults)))
            return
        self.keep()
        self.storing = True
        by = By(self.desk.person, self.request)
        facts, scheme = self.form.facts(), self.form.scheme
        case = self.form.fields["case"].raw().strip()
        reason = self.form.confirmed.get(str(facts.get("applicant")), "")
        office = self.desk.office
        self.desk.long_act(
            lambda job: counter_entry.submit(office, by, facts, case, scheme=scheme, reason=reason),
            then=self._stored,
            refused=self._refused,
            owner=self,
        )

    def _confirmed(self, let_in: Confirmed) -> None:
        """The code stands so on the licence: it is taken, and the application is stored with the reason."""
        self.form.confirmed = let_in
        self.form.check()
        self.do_submit_entry()

    def _stored(self, change: Change) -> None:
        self.storing = False
        self.drafts.discard(self.request)
        case, found = change.facts.get("case", ""), change.facts.get("findings", [])
        if found:
            self.desk.say(t("entry.stored_with", case=case, count=len(found)), "look")
        else:
            self.desk.say(t("entry.stored", case=case))
        self._begin({})

    def _refused(self, refusal: Refused) -> None:
        self.storing = False
        if refusal.code == "refused.request_used":  # what was asked with this id had other contents
            self.request = uuid.uuid4().hex
            self.dirty = True
        self._fault(refusal.say(language()))
        name = str(refusal.params.get("field", ABOUT.get(refusal.code, "")))
        if name in self.form.fields:
            self.form.fields[name].mark(True)
            self.form.go_to(name)

    def _fault(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.setAccessibleName(sentence)
        self.fault.show()

    def _begin(self, fields: dict[str, str], request: str = "") -> None:
        """A form with these texts, under a name of its own."""
        self.request = request or uuid.uuid4().hex
        self.dirty = False
        self.keeping.stop()
        self.fault.hide()
        self.form.confirmed = {}
        self.form.put(fields)
        self._precheck()
        self.form.go_to(self.form.first())

    def do_clear_entry(self) -> None:
        """Begin anew; what was typed is thrown away, after asking."""
        if not self.form.raw():
            return

        def do(dialog: AskDialog, values: dict[str, str]) -> None:
            self.drafts.discard(self.request)
            self._begin({})
            dialog.accept()

        AskDialog(self, "action.clear_entry", t("entry.clear_says"), {}, do).open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter submits."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Enter, Qt.Key.Key_Return):
            self.do_submit_entry()
            return
        super().keyPressEvent(event)

    # -- drafts ----------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Put what was typed on disk."""
        self.keeping.stop()
        if not self.dirty:
            return
        draft = Draft(self.request, self.form.scheme, self.desk.office.now(), self.form.raw())
        try:
            if draft.fields:
                self.drafts.keep(draft)
            else:
                self.drafts.discard(self.request)
            self.dirty = False
        except OSError as error:
            self.desk.not_written("entry.draft_fault", error)
            self.keeping.start()

    def leave(self) -> bool:
        """Keeps the draft; one may always go."""
        self.keep()
        return True

    def _offer_drafts(self) -> None:
        clear(self.offers_column)
        waiting = [draft for draft in self.drafts.all() if draft.request != self.request]
        for draft in waiting[:3]:
            self.offers_column.addWidget(self._draft(draft))
        self.offer.setVisible(bool(waiting) and bool(self.form.fields))

    def _draft(self, draft: Draft) -> QWidget:
        frame, column = card()
        row = QHBoxLayout()
        name = draft.fields.get("applicant_name") or draft.fields.get("applicant") or t("entry.unnamed")
        at = draft.saved_at.astimezone(SHANGHAI)
        row.addWidget(words(t("entry.draft", name=name, at=f"{at:%m-%d %H:%M}")), 1)
        row.addWidget(link(t("entry.draft_go_on"), lambda: self._go_on(draft.request)))
        row.addWidget(link(t("entry.draft_discard"), lambda: self._discard(draft.request)))
        column.addLayout(row)
        return frame

    def _go_on(self, request: str) -> None:
        """Go on with a draft; what stands in the form is kept as another."""
        draft = self.drafts.read(request)
        self.keep()
        if draft is not None:
            at = self.scheme.findData(draft.scheme)
            if at >= 0:
                self.scheme.setCurrentIndex(at)
            self._begin(dict(draft.fields), draft.request)
        self._offer_drafts()

    def _discard(self, request: str) -> None:
        self.drafts.discard(request)
        self._offer_drafts()
