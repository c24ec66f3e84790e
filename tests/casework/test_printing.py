"""Papers as files: the very bytes of one, the pages of many in one."""

import hashlib
from pathlib import Path

import pikepdf
import pytest

from casework import issue_many, printing
from casework.refused import Refused
from models import Letter, LogEntry
from tests.casework.desk import Desk


def test_a_list_is_saved_as_it_was_issued(desk: Desk, tmp_path: Path) -> None:
    desk.published()
    letter = next(row for row in desk.rows(Letter) if row.kind == "publicity")
    printing.save_letter(desk.office, "auditor", letter.id, tmp_path / "list.pdf")
    saved = (tmp_path / "list.pdf").read_bytes()
    assert hashlib.sha256(saved).hexdigest() == letter.content_sha256
    assert desk.rows(LogEntry)[-1].act == "export"
    with pytest.raises(Refused):
        printing.save_letter(desk.office, "auditor", 99, tmp_path / "none.pdf")


def test_letters_are_printed_in_one_file(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused) as none:
        printing.print_letters(desk.office, "officer", tmp_path / "all.pdf")
    assert none.value.code == "refused.no_letters" and not (tmp_path / "all.pdf").exists()
    desk.approved()
    issue_many.issue(desk.office, "officer", issue_many.waiting(desk.office))
    change = printing.print_letters(desk.office, "officer", tmp_path / "all.pdf", round_id=1)
    with pikepdf.open(tmp_path / "all.pdf") as whole:
        assert change.facts["pages"] == len(whole.pages) >= 1
    assert change.facts["letters"] == 1
    with pytest.raises(Refused):
        printing.print_letters(desk.office, "officer", tmp_path / "no.pdf", round_id=7)
