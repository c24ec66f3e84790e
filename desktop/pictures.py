"""A picture of every page: light and dark, Chinese and English, from a demonstration office, offscreen.

`python -m desktop.pictures [FOLDER]` writes PNGs to ``build/pictures/``: for people who look, and the manual.
Each page is waited for until nothing is being read any more.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication, QWidget

from desktop.program.app import Program, makers

SIZE = 1366, 768
CASES = 40
VISITS: tuple[tuple[str, str, str], ...] = (
    ("officer", "home", ""),
    ("officer", "applications", ""),
    ("officer", "case", "awarded"),
    ("officer", "case", "blocked"),
    ("officer", "case", "refused"),
    ("officer", "entry", ""),
    ("officer", "import", ""),
    ("officer", "import", "preview"),
    ("officer", "rounds", ""),
    ("approver", "home", ""),
    ("approver", "approval", ""),
    ("approver", "policies", ""),
    ("auditor", "overview", ""),
    ("finance2", "budgets", ""),
    ("rights", "people", ""),
    ("system", "letterhead", ""),
)
"""Who goes where to look at what; a case is found by how it was decided."""


def main(folder: Path) -> int:
    """Write the pictures and say how many; gives the exit status."""
    from casework.founding.demonstration import demo

    started = time.monotonic()
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(["voucher-desk"])
    assert isinstance(app, QApplication)
    count = 0
    with tempfile.TemporaryDirectory() as made:
        where = Path(made) / "demo.office"
        demo(where, cases=CASES, out=Path(made) / "papers")
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
    person = ""
    for visitor, page, what in VISITS:
        if page not in program.makers:
            continue
        if visitor != person:
            program.close()
            program.start.open_office(str(where))
            program.start.sign_in(visitor, "demo")
            person = visitor
        frame = program.frame
        assert frame is not None and program.desk is not None
        frame.resize(*SIZE)
        frame.go(page, str(made / "papers" / "portal.xlsx") if what == "preview" else _case(program, what))
        _settle(program)
        yield "-".join(part for part in (page, what or visitor) if part), frame
    program.close()


def _case(program: Program, status: str) -> str:
    """The number of the first case that was decided so."""
    from sqlalchemy import select
    from sqlmodel import col

    from models import Application, Decision

    assert program.desk is not None
    if not status:
        return ""
    with program.desk.office.read() as session:
        found = session.execute(
            select(col(Application.case_no))
            .join(Decision, col(Decision.application_id) == col(Application.id))
            .where(col(Decision.status) == status)
            .order_by(col(Decision.seq).desc())
            .limit(1)
        ).scalar()
    return str(found or "")


def _settle(program: Program, most: float = 5.0) -> None:
    """Let the window read and paint until it stands still."""
    until = time.monotonic() + most
    quiet = 0
    while quiet < 5 and time.monotonic() < until:
        QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
        program.app.processEvents()
        quiet = quiet + 1 if program.desk is None or program.desk.workers.idle() else 0
        time.sleep(0.005)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/pictures")))
