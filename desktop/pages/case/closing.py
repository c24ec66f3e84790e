"""What follows the award: publicity, objections, approvals, letters, the voucher; and all that happened."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from casework.boards.case_letters import LetterView
from casework.boards.case_story import Event
from casework.boards.case_view import CaseView
from casework.core.office import SHANGHAI
from casework.issuing.publicity import first_day
from desktop.kit.desk import Desk
from desktop.kit.language import language, t, t_or
from desktop.kit.theme import GRID, Meaning, Theme
from desktop.kit.widgets import chip, tint, words
from desktop.pages.case.page_part import Part, at, field_title, plain, row_of, small_link, wrapped
from rules.policy import Policy

OBJECTION: dict[str, Meaning] = {"open": "look", "upheld": "stopped", "dismissed": "done"}
VOUCHER: dict[str, Meaning] = {
    "issued": "done", "in_use": "done", "extended": "done", "used_up": "waiting", "expired": "stopped",
    "revoked": "stopped",
}  # fmt: skip
LETTER_ACTS = (
    ("record_delivery", "case.do_deliver"),
    ("issue_void_notice", "case.do_void_notice"),
    ("void_letter", "case.do_void"),
)
"""What can be done to a letter beside it: the act, and the word for it."""
STORY = 12
"""Entries of the story that are shown before one asks for all."""

Do = Callable[..., object]


class ApprovalPart(Part):
    """Publicity, objections and what a second person said."""

    def tell(self, view: CaseView, do: Do) -> bool:
        """Show them; False where there is nothing yet."""
        self.empty()
        if view.bar is not None:
            label = wrapped(t("case.bar", why=view.bar.say(language())))
            tint(label, self.theme.look)
            self.column.addWidget(label)
        if view.publicity is not None:
            one = view.publicity
            state = "over" if one.over else one.state
            meaning: Meaning = "look" if one.over else "done" if one.state == "ended" else "waiting"
            first = first_day(one.from_on)
            said = t("case.publicity", first=first, until=one.until_on, days=one.workdays)
            self.column.addLayout(
                row_of(chip(t(f"case.publicity.{state}"), meaning, self.theme), wrapped(said), stretch=1)
            )
        for objection in view.objections:
            who = objection.objector or t("objector.secret")
            said = t("case.objection", objector=who, on=objection.received_on,
                     grounds=objection.grounds)  # fmt: skip
            words_ = chip(t(f"case.objection.{objection.state}"), OBJECTION[objection.state], self.theme)
            row = row_of(words_, wrapped(said), stretch=1)
            if objection.state == "open" and "settle_objection" in view.may:
                row.addWidget(
                    small_link(t("case.settle"), partial(do, "settle_objection", objection.id), self.theme)
                )
            if view.may_about("issue_objection_answer", objection.id):
                to_answer = partial(do, "issue_objection_answer", objection.id)
                row.addWidget(small_link(t("case.do_answer"), to_answer, self.theme))
            self.column.addLayout(row)
            if objection.outcome:
                by = t("case.settled_by", person=objection.closed_by, reason=objection.outcome)
                self.column.addWidget(wrapped(by, small=True))
        told = [(decision, one) for decision in view.decisions for one in decision.approvals]
        for decision, answer in told:
            meaning = "done" if answer.outcome == "approved" else "look"
            why = answer.minutes or answer.reason or ""
            said = t(
                f"case.{answer.outcome}_by", person=answer.person, at=at(answer.at), seq=decision.seq, why=why
            )
            words_ = chip(t(f"case.{answer.outcome}"), meaning, self.theme)
            self.column.addLayout(row_of(words_, wrapped(said), stretch=1))
        return bool(view.publicity or view.objections or told or view.bar)


class LettersPart(Part):
    """The voucher and the letters.

    Signals:
        picked: a letter to be shown: its name and hash.
    """

    picked = Signal(str, str)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__("case.letters", desk, theme)

    def tell(self, view: CaseView, do: Do) -> bool:
        """Show them; False where there is nothing yet."""
        self.empty()
        for act in ("issue_voucher", "issue_letter", "issue_refusal", "issue_revocation", "issue_acceptance"):
            if act in view.may:
                self.offer(f"action.case_{act}", partial(do, act))
        if view.voucher is not None:
            self._voucher(view)
        for letter in view.letters:
            self._letter(letter, view, do)
        if view.letters and view.retention:
            self.column.addWidget(wrapped(t("case.retention", retention=view.retention), small=True))
        return bool(view.voucher or view.letters)

    def _voucher(self, view: CaseView) -> None:
        one = view.voucher
        assert one is not None
        state = chip(t(f"voucher_state.{one.state}"), VOUCHER[one.state], self.theme)
        code = words(t("case.voucher", number=one.code))
        self.column.addLayout(row_of(state, code, stretch=1))
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(2)
        figures = (
            ("quota", t("amount.grouped", amount_fen=one.quota_fen)),
            ("used", t("amount.grouped", amount_fen=one.used_fen)),
            ("left", t("amount.grouped", amount_fen=one.left_fen)),
            ("valid", t("case.valid", start=one.issued_on, until=one.valid_until)),
        )
        for row, (name, text) in enumerate(figures):
            figure = words(text)
            figure.setWordWrap(False)
            figure.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(plain(t(f"case.voucher.{name}"), muted=True), row, 0)
            grid.addWidget(figure, row, 1)
        grid.setColumnStretch(2, 1)
        self.column.addLayout(grid)
        if one.reason:
            self.column.addWidget(wrapped(one.reason, muted=True))

    def _letter(self, one: LetterView, view: CaseView, do: Do) -> None:
        name: QWidget
        if one.sha256:
            name = small_link(one.numbered, lambda: self.picked.emit(one.numbered, one.sha256), self.theme)
            name.setToolTip(t("case.letter_says", sha256=one.sha256, check=one.code))
        else:
            name = plain(one.numbered)
            name.setToolTip(t("objector.letter_secret"))
        kind = plain(t_or(f"case.letter.{one.kind}", one.kind), muted=True)
        by = plain(
            t("case.by_at", person=one.by, at=f"{one.issued_at.astimezone(SHANGHAI):%Y-%m-%d}"), small=True
        )
        row = row_of(kind, name, by, stretch=1)
        if one.voided_at is not None:
            row.addWidget(chip(t("case.void"), "stopped", self.theme))
        for act, code in LETTER_ACTS:
            if act == "record_delivery" and one.delivered:
                code = "case.do_deliver_again"
            if view.may_about(act, one.id):
                row.addWidget(small_link(t(code), partial(do, act, one.id), self.theme))
        self.column.addLayout(row)
        for said in _delivered(one):
            self.column.addWidget(wrapped(said, small=True))
        if one.void_reason:
            self.column.addWidget(wrapped(one.void_reason, small=True))


def _delivered(one: LetterView) -> list[str]:
    """How a letter arrived, and until when it can be contested since; nothing before that is recorded."""
    if one.delivered is None:
        return []
    method = t(f"delivery.method.{one.delivered.method}")
    told = [t("case.delivered", on=one.delivered.delivered_on, method=method)]
    if one.delivered.receipt:
        told[0] += t("case.delivered_receipt", receipt=one.delivered.receipt)
    if one.terms is not None:
        until = t(
            "case.contested_until",
            reconsideration=one.terms.reconsideration_on,
            suit=one.terms.suit_on,
        )
        told.append(until + (t("case.contested_provisional") if one.terms.provisional else ""))
    return told


class StoryPart(Part):
    """Everything that happened, the newest first."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__("case.story", desk, theme)
        self.whole = False
        self.case = ""

    def tell(self, view: CaseView) -> None:
        """Show a case's story."""
        if view.case != self.case:
            self.whole, self.case = False, view.case
        self.empty()
        events = list(reversed(view.events))
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(2, 1)
        for row, event in enumerate(events if self.whole else events[:STORY]):
            when = plain(at(event.at), small=True)
            when.setToolTip(f"№ {event.seq}" if event.seq else "")
            who = plain(event.person, muted=True)
            for column, widget in enumerate((when, who, wrapped(told(event, view.policy)))):
                grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(grid)
        if len(events) > STORY and not self.whole:
            self.column.addWidget(
                small_link(t("case.story_all", count=len(events)), lambda: self._all(view), self.theme)
            )

    def _all(self, view: CaseView) -> None:
        self.whole = True
        self.tell(view)


def told(event: Event, policy: Policy | None) -> str:
    """One entry in words: what was done, and what is worth knowing of it."""
    said = t_or(f"act.{event.act}", event.act)
    parts = [text for name, value in event.details.items() if (text := _detail(name, value, policy))]
    return t("case.event", act=said, details=t("case.event_and").join(parts)) if parts else said


def _detail(name: str, value: Any, policy: Policy | None) -> str:
    if name in ("seq", "kind", "code"):
        return ""
    if name == "fields" and isinstance(value, list):
        return t("people.and").join(field_title(policy, one) for one in value)
    if name == "stage":
        return t_or(f"state.{value}", str(value))
    if name in ("status", "outcome"):
        return t_or(f"case.status.{value}", str(value))
    if name == "late":
        return t("case.detail.late") if value else ""
    if name.endswith("_fen"):
        return t("case.detail.amount", amount_fen=value) if value else ""
    return t_or_with(f"case.detail.{name}", {"value": value})


def t_or_with(code: str, params: Mapping[str, Any]) -> str:
    """A sentence with its parameters, or just the value where there is none."""
    from words import has

    return t(code, **params) if has(code, language()) else str(params["value"])
