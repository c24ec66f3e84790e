"""The questions of the page of rounds: a new round, an objection and what becomes of it."""

import datetime
import unicodedata
from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from casework.boards import round_board
from casework.boards.case_letters import ObjectionView
from casework.cases.typed_values import read_day
from casework.core.office import SHANGHAI
from casework.core.refused import Refused
from casework.intake import rounds
from casework.issuing import publicity
from casework.rulebook import shipped_packs
from desktop.kit.ask_dialog import AskDialog, Field, combo
from desktop.kit.desk import Desk
from desktop.kit.language import t, titled
from desktop.kit.typed_day import typed_day
from rules.facts import FactError
from rules.pack import Pack

DAY = datetime.timedelta(days=1)


def moment(text: str, code: str, today: datetime.date, *, end: bool = False) -> datetime.datetime | None:
    """A window's moment as people type it: a day, or a day and a time; nothing for none.

    Args:
        code: of the field, for the refusal.
        end: a day without a time is meant with its last minute.

    Raises:
        Refused: `refused.bad_field`.
    """
    said = unicodedata.normalize("NFKC", text).strip()
    if not said:
        return None
    day, _, clock = said.partition(" ")
    try:
        on = read_day(day, today)
        at = datetime.time.fromisoformat(clock.strip()) if clock.strip() else datetime.time()
    except (FactError, ValueError) as fault:
        raise Refused("refused.bad_field", field=t(code), value=text) from fault
    whole = datetime.datetime.combine(on, at, SHANGHAI)
    return whole + DAY if end and not clock.strip() else whole


def _year(text: str) -> int:
    """A year of four digits as people type it.

    Raises:
        Refused: `refused.bad_field`.
    """
    year = unicodedata.normalize("NFKC", text)
    if not (year.isdecimal() and len(year) == 4):
        raise Refused("refused.bad_field", field=t("rounds.year"), value=text)
    return int(year)


def open_round(
    parent: QWidget, desk: Desk, today: datetime.date, schemes: Sequence[tuple[str, Pack]]
) -> AskDialog:
    """Ask for a new round's name and window."""

    def do(dialog: AskDialog, values: dict[str, str]) -> None:
        first = moment(values["rounds.opens"], "rounds.opens", today)
        last = moment(values["rounds.closes"], "rounds.closes", today, end=True)
        year = _year(values["rounds.year"])
        if not values["rounds.name"]:
            raise Refused("refused.bad_field", field=t("rounds.name"), value="")
        dialog.act(desk, rounds.open_round, values["rounds.name"], year, first, last, values["rounds.scheme"])

    fields = _round_fields(today, schemes)
    dialog = AskDialog(parent, "action.open_round", t("rounds.open_says"), fields, do, desk)
    dialog.open()
    return dialog


def _round_fields(today: datetime.date, schemes: Sequence[tuple[str, Pack]]) -> dict[str, Field]:
    """What is asked of a new round; the scheme that comes first is the usual one."""
    usual_first = sorted(schemes, key=lambda each: each[0] != shipped_packs.DEFAULT)
    opens, closes = QLineEdit(), QLineEdit()
    opens.setPlaceholderText(t("rounds.opens_hint"))
    closes.setPlaceholderText(t("rounds.closes_hint"))
    return {
        "rounds.scheme": combo({scheme: titled(pack) for scheme, pack in usual_first}),
        "rounds.name": QLineEdit(),
        "rounds.year": QLineEdit(str(today.year)),
        "rounds.opens": opens,
        "rounds.closes": closes,
    }


def close_round(parent: QWidget, desk: Desk, round_id: int, name: str) -> AskDialog:
    """Ask whether a round takes no more applications."""

    def do(dialog: AskDialog, values: dict[str, str]) -> None:
        dialog.act(desk, rounds.close_round, round_id)

    dialog = AskDialog(parent, "rounds.close", t("rounds.close_says", name=name), {}, do)
    dialog.open()
    return dialog


def take_objection(
    parent: QWidget, desk: Desk, today: datetime.date, cases: Sequence[tuple[str, str]]
) -> AskDialog:
    """Ask for an objection as it came in: about whom, from whom, why, when."""
    box = combo({case: f"{case}　{applicant}" for case, applicant in cases})
    box.setEditable(True)
    objector = QLineEdit()
    objector.setPlaceholderText(t("rounds.objector_hint"))
    fields: dict[str, Field] = {
        "rounds.objection_to": box,
        "rounds.objector": objector,
        "rounds.grounds": QPlainTextEdit(),
        "rounds.received_on": QLineEdit(today.isoformat()),
    }

    def do(dialog: AskDialog, values: dict[str, str]) -> None:
        received = typed_day(values["rounds.received_on"], "rounds.received_on", today)
        dialog.act(
            desk,
            publicity.take_objection,
            values["rounds.objection_to"].partition("　")[0],
            values["rounds.objector"],
            values["rounds.grounds"],
            received,
        )

    says, about = t("rounds.objection_says"), " ".join(case for case, _ in cases)
    dialog = AskDialog(parent, "rounds.take_objection", says, fields, do, desk, about)
    dialog.open()
    return dialog


def settle_objection(parent: QWidget, desk: Desk, objection: ObjectionView) -> AskDialog:
    """Ask how an objection is settled, and why."""
    fields: dict[str, Field] = {
        "rounds.outcome": combo({name: t(f"rounds.objection.{name}") for name in ("dismissed", "upheld")}),
        "rounds.reason": QPlainTextEdit(),
    }

    def do(dialog: AskDialog, values: dict[str, str]) -> None:
        dialog.act(
            desk, publicity.settle_objection, objection.id, values["rounds.outcome"], values["rounds.reason"]
        )

    says = t(
        "rounds.settle_says",
        case=objection.case,
        objector=objection.objector or t("objector.secret"),
        grounds=objection.grounds,
    )
    dialog = AskDialog(parent, "rounds.settle", says, fields, do, desk, str(objection.id))
    dialog.open()
    return dialog


def end_publicity(parent: QWidget, desk: Desk, listed: "round_board.ListView") -> AskDialog:
    """Ask whether a publicity is ended, with what comes after."""

    def do(dialog: AskDialog, values: dict[str, str]) -> None:
        dialog.act(desk, publicity.end_publicity, listed.id)

    says = t("rounds.end_says", cases=listed.cases, objections=listed.open_objections)
    dialog = AskDialog(parent, "rounds.end", says, {}, do)
    dialog.open()
    return dialog
