"""Papers of the office as files, written in a worker: a list, a round's letters, the vouchers' ledger."""

from pathlib import Path
from typing import TYPE_CHECKING

from casework.core import files_out
from casework.core.change import Change
from casework.outgoing import issuing_sheets, ledger_export
from desktop.kit.desk import Desk
from desktop.kit.jobs import Job
from desktop.kit.language import language, t
from desktop.kit.paper_viewer import Shown
from desktop.kit.printing import print_out

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def save_letter(desk: Desk, letter: int, path: Path) -> None:
    """Save a stored paper, byte for byte."""
    office, person = desk.office, desk.person

    def act(job: Job[Change]) -> Change:
        return files_out.save_letter(office, person, letter, path)

    desk.long_act(act, then=lambda change: desk.say(t("rounds.saved", file=path.name)))


def print_letter(desk: Desk, letter: int, shown: Shown, printer: "QPrinter") -> None:
    """Print a stored paper, once its line stands in the log."""
    desk.act(files_out.save_letter, letter, None, then=lambda change: print_out(desk, shown, printer))


def print_letters(desk: Desk, round_id: int | None, path: Path) -> None:
    """Write all approval letters of a round (of the office, without one) to one file for the printer."""
    office, person = desk.office, desk.person

    def act(job: Job[Change]) -> Change:
        return files_out.print_letters(office, person, path, round_id=round_id, progress=job.step)

    def then(change: Change) -> None:
        facts = change.facts
        desk.say(t("rounds.printed", letters=facts["letters"], pages=facts["pages"], file=path.name))

    desk.long_act(act, then=then)


def save_sheets(desk: Desk, round_id: int | None, folder: Path) -> None:
    """Save the issuing sheets of a round's letters (of the office's, without one) into a folder."""
    office, person = desk.office, desk.person
    written: list[Path] = []

    def act(job: Job[Change]) -> Change:
        written.extend(issuing_sheets.save_sheets(office, person, folder, round_id=round_id))
        return Change("export")

    desk.long_act(
        act, then=lambda change: desk.say(t("rounds.sheets_saved", sheets=len(written), folder=folder.name))
    )


def export_ledger(desk: Desk, path: Path) -> None:
    """Save the vouchers' ledger as it stands today."""
    office, person, lang = desk.office, desk.person, language()
    rows: list[int] = []

    def act(job: Job[Change]) -> Change:
        rows.append(ledger_export.write_ledger(office, person, "voucher", path, lang=lang))
        return Change("export")

    desk.long_act(act, then=lambda change: desk.say(t("rounds.ledger_saved", rows=rows[0], file=path.name)))
