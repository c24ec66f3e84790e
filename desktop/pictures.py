"""A picture of every page: light and dark, Chinese and English, from a demonstration that is left at work.

`python -m desktop.pictures [FOLDER]` writes PNGs to ``build/pictures/``: for people who look, and the manual.
Each page is waited for until nothing is being read any more.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.frame.main_window import Frame
from desktop.pages.case.page import CasePage
from desktop.program.app import Program, makers

SIZE = 1366, 768
SCREEN = {"name": "office", "x": 0, "y": 0, "width": 1366, "height": 768}
"""The screen that dialogs find, where there is none."""
CASES = 48
"""Rows of the first round: fewer than the demonstration has, whose first letters nobody looks at here."""
OFFICE = "demo.office"
ROWS, PREVIEWED = 32, "portal-2026-07.xlsx"
"""Rows of the file whose import is previewed."""
DIALOGS = (("zh", "light"), ("en", "dark"))
"""The dresses in which a dialog is looked at; pages in all four, and the form in which a pack is written."""
AS_PAGES = ("write_pack", "edit_pack")


class Visit(NamedTuple):
    """Who looks at which page, at what on it, and which of its dialogs is opened.

    Attributes:
        what: which case (`_case`), or "preview" of a file of cases.
        asks: an act of the page whose dialog is looked at alone.
    """

    person: str
    page: str
    what: str = ""
    asks: str = ""


VISITS = (
    Visit("officer", "home"),
    Visit("officer", "applications"),
    Visit("officer", "case", "issued"),
    Visit("officer", "case", "issued", "record_delivery"),
    Visit("officer", "case", "blocked"),
    Visit("officer", "case", "refused"),
    Visit("officer", "case", "eligibility"),
    Visit("officer", "case", "eligibility", "decide"),
    Visit("officer", "case", "correction"),
    Visit("officer", "case", "finding"),
    Visit("officer", "case", "finding", "propose_refusal"),
    Visit("officer", "case", "objection"),
    Visit("officer", "case", "model"),
    Visit("officer", "entry"),
    Visit("officer", "import"),
    Visit("officer", "import", "preview"),
    Visit("officer", "rounds"),
    Visit("officer", "rounds", asks="publish_round"),
    Visit("officer", "rounds", asks="decide_round"),
    Visit("approver", "home"),
    Visit("approver", "approval"),
    Visit("approver", "policies"),
    Visit("approver", "policies", asks="compare_packs"),
    Visit("approver", "policies", asks="try_pack"),
    Visit("approver", "policies", asks="try_orders"),
    Visit("approver", "policies", asks="propose_supplement"),
    Visit("approver", "policies", asks="write_pack"),
    Visit("approver", "policies", asks="edit_pack"),
    Visit("auditor", "home"),
    Visit("auditor", "overview"),
    Visit("finance2", "home"),
    Visit("finance2", "budgets"),
    Visit("finance2", "budgets", asks="allot"),
    Visit("rights", "people"),
    Visit("system", "letterhead"),
)
"""In the order of the people, so that each signs in once."""


def main(folder: Path) -> int:
    """Write the pictures and say how many; gives the exit status."""
    started = time.monotonic()
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with tempfile.TemporaryDirectory() as made:
        app = QApplication.instance() or QApplication(["voucher-desk", *_screen(Path(made))])
        assert isinstance(app, QApplication)
        os.environ["XDG_DATA_HOME"] = made  # no draft of anybody else stands in a picture
        at_work(Path(made))
        for language in ("zh", "en"):
            for theme in ("light", "dark"):
                for name, picture in pages(app, Path(made), language, theme):
                    picture.grab().save(str(folder / f"{name}-{language}-{theme}.png"))
                    count += 1
    print(f"{count} pictures in {folder}, {time.monotonic() - started:.0f} s")
    return 0


def _screen(made: Path) -> tuple[str, ...]:
    """What a program that draws on no screen is told of the one it would have."""
    if os.environ["QT_QPA_PLATFORM"] != "offscreen":
        return ()
    told = made / "screen.json"
    told.write_text(json.dumps({"screens": [SCREEN]}), encoding="utf-8")
    return "-platform", f"offscreen:configfile={told.as_posix()}"


def at_work(made: Path) -> None:
    """The office that is looked at, and a file to import, in a folder."""
    from casework.founding import demonstration, made_up_applications

    demonstration.demo(made / OFFICE, cases=CASES, out=made / "papers", living=True)
    more = made_up_applications.rows(ROWS, demonstration.SEED + 1, first=CASES + 40)
    (made / PREVIEWED).write_bytes(made_up_applications.workbook(more))


def pages(app: QApplication, made: Path, language: str, theme: str) -> Iterator[tuple[str, QWidget]]:
    """Every page, and the dialogs of those dresses that have some, by the name of its picture.

    Args:
        made: the folder with what `at_work` made; each window's settings are kept there.
    """
    where = made / OFFICE
    settings = QSettings(str(made / f"{language}-{theme}.ini"), QSettings.Format.IniFormat)
    settings.setValue("language", language)
    settings.setValue("theme", theme)
    program = Program(app, settings, makers())
    program.start.open()
    _settle(program)
    yield "start", program.start
    program.start.open_office(str(where))
    _settle(program)
    yield "sign-in", program.start
    person = ""
    for visit in VISITS:
        if visit.asks not in ("", *AS_PAGES) and (language, theme) not in DIALOGS:
            continue
        if visit.person != person:
            person = visit.person
            program.close()
            program.start.open_office(str(where))
            program.start.sign_in(person, "demo")
        frame = program.frame
        assert frame is not None and program.desk is not None
        frame.resize(*SIZE)
        what = str(made / PREVIEWED) if visit.what == "preview" else _case(program, visit.what)
        frame.go(visit.page, what)
        _settle(program)
        shown = _asked(program, frame, visit) if visit.asks else frame
        yield "-".join(filter(None, (visit.page, visit.what or visit.person, visit.asks))), shown
        if isinstance(shown, QDialog):
            shown.reject()
    program.close()


def _asked(program: Program, frame: Frame, visit: Visit) -> QWidget:
    """The dialog of an act of the page."""
    page = frame.page
    if isinstance(page, CasePage):
        letters = page.view.letters if page.view is not None else ()
        page.doing.do(visit.asks, letters[0].id if letters else 0)
    else:
        getattr(page, f"do_{visit.asks}")()
    _settle(program, after=60 if visit.asks == "publish_round" else 0)
    for found in frame.findChildren(QDialog):
        if found.isVisible():
            return found
    raise LookupError(visit)


def _case(program: Program, what: str) -> str:
    """The number of the first case of the usual scheme in some state, or that something can be said of; the
    last one of the second scheme."""
    from sqlalchemy import select
    from sqlmodel import col

    from casework.cases.finding_weights import has_effect
    from casework.rulebook.shipped_packs import DEFAULT
    from models import Application, Decision, Delivery, Finding, Letter, Objection

    assert program.desk is not None
    if not what:
        return ""
    number, state, scheme = col(Application.id), col(Application.state), col(Application.scheme)
    to_deliver = (
        select(Letter)
        .outerjoin(Delivery, col(Delivery.letter_id) == col(Letter.id))
        .where(
            col(Letter.application_id) == number, col(Letter.kind) == "approval", col(Delivery.id).is_(None)
        )
    )
    blocked = select(Decision).where(
        col(Decision.application_id) == number, col(Decision.reasons).contains("startup_ceiling")
    )
    found = select(Finding).where(col(Finding.application_id) == number, has_effect("answer"))
    objected = select(Objection).where(
        col(Objection.application_id) == number, col(Objection.state) == "open"
    )
    wanted = {
        "issued": to_deliver.exists(),
        "blocked": (state == "suspended") & blocked.exists(),
        "finding": found.exists(),
        "objection": objected.exists(),
        "model": (scheme != DEFAULT) & (state == "calculated"),
    }.get(what, (state == what) & (scheme == DEFAULT))
    order = number.desc() if what in ("model", "refused") else number
    rows = select(col(Application.case_no)).where(wanted).order_by(order).limit(1)
    with program.desk.office.read() as session:
        return str(session.execute(rows).scalar_one())


def _settle(program: Program, most: float = 5.0, after: int = 0) -> None:
    """Let the window read and paint until it stands still, and ``after`` turns more while a PDF is drawn."""
    until = time.monotonic() + most
    quiet = -after
    while quiet < 5 and time.monotonic() < until:
        QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
        program.app.processEvents()
        quiet = quiet + 1 if program.desk is None or program.desk.workers.idle() else -after
        time.sleep(0.005)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/pictures")))
