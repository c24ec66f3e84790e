"""``--selfcheck``: the program proves on the spot that it is whole: an office, an award, a letter, a ledger.

A bundle runs it in an empty folder after it was built. Whatever is missing in it (a font, a catalogue, a
migration, a plugin of Qt) fails here and not at an officer's desk.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path


def selfcheck() -> int:
    """Makes all of it in a temporary folder and says what was made; gives the exit status."""
    from casework.audit import replay, verify
    from casework.core.office import Office
    from casework.founding.demonstration import demo
    from papers.drawing.pdfa import check
    from papers.invoices.invoice import Refusal
    from papers.invoices.read_many import read_many

    with tempfile.TemporaryDirectory() as made:
        where, out = Path(made) / "check.office", Path(made) / "papers"
        told = demo(where, cases=12, out=out)
        letters = sorted((out / "letters").glob("*.pdf"))
        ledgers = sorted((out / "ledgers").glob("*.xlsx"))
        assert told["awards"] and letters and ledgers, told
        check(letters[0].read_bytes())
        (entry,) = read_many(letters[:1])  # a letter is no invoice, and its page and code are looked at
        assert isinstance(entry, Refusal) and entry.code == "no_invoice", entry
        assert ledgers[0].read_bytes().startswith(b"PK")
        with Office.open(where).closing() as office:
            again = replay.replay(office)
            assert again["decisions"] and not again["differ"], again
            assert all(one.ok for one in verify.checks(office))
        window = _window(where)
    made_of = f"{told['awards']} awards, {len(letters)} letters, {len(ledgers)} ledgers, {window} pages"
    print(f"selfcheck: {made_of}")
    return 0


def _window(where: Path) -> int:
    """Opens every page of an officer's window once, unseen; answers how many."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QSettings
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtWidgets import QApplication

    from desktop.program.app import Program, makers

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    settings = QSettings(str(where.with_suffix(".ini")), QSettings.Format.IniFormat)
    program = Program(app, settings, makers())
    assert program.start.open_office(str(where))
    program.start.sign_in("officer", "demo")
    assert program.frame is not None and program.desk is not None
    count = 0
    for place in program.frame.places:
        program.frame.go(place.name)
        while not program.desk.workers.idle():
            app.processEvents()
        assert not program.frame.grab().isNull()
        count += 1
    assert not program.hook.shown
    assert QPdfDocument.Error.None_ is not None
    program.close()
    return count
