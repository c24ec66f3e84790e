"""A stored file goes out as it is, and the log says who took it."""

from pathlib import Path

import pytest

from casework import filing, papers_out
from casework.case_view import view
from casework.refused import Refused
from models import LogEntry
from tests.casework.desk import Desk


def test_the_very_bytes_go_out_and_it_is_logged(desk: Desk, tmp_path: Path) -> None:
    case = desk.submit()
    filing.add_paper(desk.office, "officer", case, "contract", "合同.pdf", b"%PDF-1.4 body")
    found = view(desk.office, "auditor", case)
    assert found is not None
    papers_out.save(desk.office, "auditor", case, found.papers[0].sha256, tmp_path / "合同.pdf")
    assert (tmp_path / "合同.pdf").read_bytes() == b"%PDF-1.4 body"
    last = desk.rows(LogEntry)[-1]
    assert (last.act, last.person, last.subject) == ("export", "auditor", f"case {case}")


def test_a_place_that_can_t_be_written_is_refused_and_not_logged(desk: Desk, tmp_path: Path) -> None:
    case = desk.submit()
    filing.add_paper(desk.office, "officer", case, "contract", "合同.pdf", b"%PDF-1.4 body")
    found = view(desk.office, "officer", case)
    assert found is not None
    before = len(desk.rows(LogEntry))
    with pytest.raises(Refused, match="not_written"):
        papers_out.save(desk.office, "officer", case, found.papers[0].sha256, tmp_path / "none" / "x.pdf")
    with pytest.raises(Refused, match="no_such_content"):
        papers_out.save(desk.office, "officer", case, "0" * 64, tmp_path / "x.pdf")
    with pytest.raises(Refused, match="not_allowed"):
        papers_out.save(desk.office, "system", case, found.papers[0].sha256, tmp_path / "x.pdf")
    assert len(desk.rows(LogEntry)) == before
