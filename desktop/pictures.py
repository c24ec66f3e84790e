"""A picture of every page: light and dark, Chinese and English, from a demonstration office, offscreen.

`python -m desktop.pictures [FOLDER]` writes PNGs to ``build/pictures/``: for people who look, and the manual.
Each page is waited for until nothing is being read any more.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.frame.main_window import Frame
from desktop.pages.case.page import CasePage
from desktop.program.app import Program, makers
from models import sqlite

SIZE = 1366, 768
OFFICES = ("decide", "publish", "approve")
"""The demonstration as it was before each of these was done."""
CASES = 40
DIALOGS = (("zh", "light"), ("en", "dark"))
"""The dresses in which a dialog is looked at; pages in all four."""


class Visit(NamedTuple):
    """Who looks at which page, at what on it, and which of its dialogs is opened.

    Attributes:
        what: how the case was decided, or its state; "preview" of a file of cases.
        asks: an act of the page whose dialog is looked at alone.
        office: the demonstration as it was before this was done; empty at its end.
    """

    person: str
    page: str
    what: str = ""
    asks: str = ""
    office: str = ""


VISITS = (
    Visit("officer", "home"),
    Visit("officer", "applications"),
    Visit("officer", "case", "awarded"),
    Visit("officer", "case", "awarded", "record_delivery"),
    Visit("officer", "case", "blocked"),
    Visit("officer", "case", "refused"),
    Visit("officer", "entry"),
    Visit("officer", "import"),
    Visit("officer", "import", "preview"),
    Visit("officer", "rounds"),
    Visit("approver", "home"),
    Visit("approver", "policies"),
    Visit("auditor", "overview"),
    Visit("finance2", "home"),
    Visit("finance2", "budgets"),
    Visit("finance2", "budgets", asks="allot"),
    Visit("rights", "people"),
    Visit("system", "letterhead"),
    Visit("officer", "home", office="publish"),
    Visit("officer", "rounds", office="publish"),
    Visit("officer", "rounds", asks="publish_round", office="publish"),
    Visit("officer", "rounds", asks="decide_round", office="decide"),
    Visit("officer", "case", "accepted", "decide", office="decide"),
    Visit("officer", "case", "upheld", office="approve"),
    Visit("officer", "case", "upheld", "propose_refusal", office="approve"),
    Visit("approver", "approval", office="approve"),
)
"""In the order of the offices and people, so that each signs in once."""


def main(folder: Path) -> int:
    """Write the pictures and say how many; gives the exit status."""
    from casework.founding.demonstration import demo

    def keep(name: str, done: int, of: int) -> None:
        """A copy of the office before the round is decided, published and approved."""
        copy = where.with_name(f"{name}.office")
        if name in OFFICES and not copy.exists():
            with closing(sqlite.driver().connect(where)) as connection:
                sqlite.copy(connection, copy)

    started = time.monotonic()
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(["voucher-desk"])
    assert isinstance(app, QApplication)
    count = 0
    with tempfile.TemporaryDirectory() as made:
        where = Path(made) / "demo.office"
        demo(where, cases=CASES, out=Path(made) / "papers", progress=keep)
        for language in ("zh", "en"):
            for theme in ("light", "dark"):
                for name, picture in _pages(app, where, Path(made), language, theme):
                    picture.grab().save(str(folder / f"{name}-{language}-{theme}.png"))
                    count += 1
    print(f"{count} pictures in {folder}, {time.monotonic() - started:.0f} s")
    return 0


def _pages(
    app: QApplication, where: Path, made: Path, language: str, theme: str
) -> Iterator[tuple[str, QWidget]]:
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
    at, yielded = ("", ""), set[str]()
    for visit in VISITS:
        if visit.asks and (language, theme) not in DIALOGS:
            continue
        if at != (visit.office, visit.person):
            at = visit.office, visit.person
            program.close()
            program.start.open_office(str(where.with_name(f"{visit.office or 'demo'}.office")))
            program.start.sign_in(visit.person, "demo")
        frame = program.frame
        assert frame is not None and program.desk is not None
        frame.resize(*SIZE)
        case = _case(program, visit.what)
        frame.go(visit.page, str(made / "papers" / "portal.xlsx") if visit.what == "preview" else case)
        _settle(program)
        name = "-".join(filter(None, (visit.page, visit.what or visit.person, visit.asks)))
        name = f"{name}-{visit.office}" if name in yielded else name
        yielded.add(name)
        shown = _asked(program, frame, visit) if visit.asks else frame
        yield name, shown
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
    """The number of the last case that was decided so, is in that state, or to which somebody objected."""
    from sqlalchemy import literal, select
    from sqlmodel import col

    from models import Application, Decision, Objection

    assert program.desk is not None
    if not what:
        return ""
    wanted = (
        select(col(Application.case_no))
        .outerjoin(Decision, col(Decision.application_id) == col(Application.id))
        .outerjoin(Objection, col(Objection.application_id) == col(Application.id))
        .where(literal(what).in_((col(Decision.status), col(Application.state), col(Objection.state))))
        .order_by(col(Decision.seq).desc(), col(Application.id))
        .limit(1)
    )
    with program.desk.office.read() as session:
        return str(session.execute(wanted).scalar() or "")


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
