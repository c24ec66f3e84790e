"""The one door: a file goes out with its line in the log, or neither does."""

import errno
import hashlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from sqlmodel import Session

from casework.boards.case_view import view
from casework.cases import paper_filing
from casework.core import files_out, log
from casework.core.act import Turn
from casework.core.files_out import Taken, Tray, take_out
from casework.core.office import Office
from casework.core.refused import Refused
from casework.issuing import issue_many, letters
from casework.outgoing import issuing_sheets
from models import Letter, LogEntry
from papers import draft_file
from tests.casework.desk import Desk


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An empty folder outside."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def why(refused: Refused) -> tuple[str, str]:
    """The file, and what the machine did; all of it in words of the language."""
    (each,) = refused.params["each"]
    assert each.params["what"] not in refused.say("zh")
    return refused.params["file"], each.code


def made(*files: Path) -> Callable[[Session, Tray], Taken]:
    def make(session: Session, tray: Tray) -> Taken:
        for file in files:
            tray.draft(file).write_text("new")
        return Taken("list", {"kind": "list"}, {"rows": 1})

    return make


def test_files_come_with_their_line_in_the_log(desk: Desk, out: Path) -> None:
    change = take_out(desk.office, "officer", made(out / "a.csv", out / "b.csv"))
    assert {file.name: file.read_text() for file in out.iterdir()} == {"a.csv": "new", "b.csv": "new"}
    last = desk.rows(LogEntry)[-1]
    assert (last.act, last.subject, last.seq) == ("export", "list", change.seq)
    assert change.facts == {"rows": 1}


def test_the_line_is_there_before_the_file(desk: Desk, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    append = log.append

    def watched(*args: object, **said: object) -> object:
        seen.append((out / "a.csv").exists())
        return append(*args, **said)  # type: ignore[arg-type]

    monkeypatch.setattr(log, "append", watched)
    take_out(desk.office, "officer", made(out / "a.csv"))
    assert seen == [False] and (out / "a.csv").exists()


def test_no_byte_is_out_before_the_line_is_stored(
    desk: Desk, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Taken.say

    def watched(taken: Taken, turn: Turn) -> None:
        (room,) = out.iterdir()  # as much room as the file needs, and nothing in it
        assert room.name.startswith(".") and room.read_bytes() == b"\0" * 3
        if os.name == "posix":
            assert room.stat().st_mode & 0o777 == 0o600
        told(taken, turn)

    monkeypatch.setattr(Taken, "say", watched)
    take_out(desk.office, "officer", made(out / "a.csv"))
    assert [file.read_text() for file in out.iterdir()] == ["new"]


def test_who_may_not_take_it_leaves_nothing(desk: Desk, out: Path) -> None:
    (out / "a.csv").write_text("before")
    with pytest.raises(Refused, match="not_allowed"):
        take_out(desk.office, "system", made(out / "a.csv"))
    assert (out / "a.csv").read_text() == "before" and len(list(out.iterdir())) == 1


def test_where_one_file_can_t_be_placed_none_is_and_nothing_is_logged(desk: Desk, out: Path) -> None:
    before = len(desk.rows(LogEntry))
    (out / "b.csv").mkdir()
    with pytest.raises(Refused) as refused:
        take_out(desk.office, "officer", made(out / "a.csv", out / "b.csv"))
    assert (refused.value.code, refused.value.params["file"]) == ("refused.not_written", "b.csv")
    assert [file.name for file in out.iterdir()] == ["b.csv"] and len(desk.rows(LogEntry)) == before


def test_a_disk_that_is_full_is_told_with_the_file_s_name(desk: Desk, out: Path) -> None:
    def make(session: Session, tray: Tray) -> Taken:
        tray.draft(out / "a.csv").write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(Refused) as refused:
        take_out(desk.office, "officer", make)
    assert why(refused.value) == ("a.csv", "cli.disk_full")
    assert "a.csv" in refused.value.say() and list(out.iterdir()) == []


def test_a_folder_that_can_only_be_read_is_told_with_the_file_s_name(
    desk: Desk, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On such a disk even taking away what is not there ends so."""
    open_, unlink = os.open, Path.unlink

    def opened(path: Path, *given: int) -> int:
        if Path(path).parent == out:
            raise OSError(errno.EROFS, "Read-only file system", str(path))
        return open_(path, *given)

    def unlinked(path: Path, missing_ok: bool = False) -> None:
        if path.parent == out:
            raise OSError(errno.EROFS, "Read-only file system", str(path))
        unlink(path, missing_ok)

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(Path, "unlink", unlinked)
    with pytest.raises(Refused, match=r"refused\.not_written") as refused:
        take_out(desk.office, "officer", made(out / "a.csv"))
    assert why(refused.value) == ("a.csv", "cli.read_only_disk")


def test_a_folder_that_is_not_there_is_named(desk: Desk, out: Path) -> None:
    with pytest.raises(Refused) as refused:
        take_out(desk.office, "officer", made(out / "nowhere" / "a.csv"))
    assert refused.value.say() == (
        f"文件“a.csv”未能保存。文件夹“{out / 'nowhere'}”不存在。"
        "请核对路径；要在那里新建的，请先建立该文件夹。"
    )


def test_what_could_not_be_stored_does_not_stay_outside(
    desk: Desk, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def the_office_breaks(*given: object, **named: object) -> None:
        raise RuntimeError("the office's disk is gone")

    monkeypatch.setattr(log, "append", the_office_breaks)
    (out / "b.csv").write_text("before")
    with pytest.raises(RuntimeError):
        take_out(desk.office, "officer", made(out / "a.csv", out / "b.csv"))
    assert [file.name for file in out.iterdir()] == ["b.csv"]
    assert (out / "b.csv").read_text() == "before"


@pytest.mark.skipif(sys.platform != "linux", reason="room is asked for as Linux gives it")
def test_a_disk_without_room_is_told_before_anything_is_logged(
    desk: Desk, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = len(desk.rows(LogEntry))
    (out / "a.csv").write_text("before")
    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(Refused) as refused:
        take_out(desk.office, "officer", made(out / "a.csv"))
    assert why(refused.value) == ("a.csv", "cli.disk_full")
    assert len(desk.rows(LogEntry)) == before
    assert [file.read_text() for file in out.iterdir()] == ["before"]


def test_what_is_open_elsewhere_stays_and_nothing_else_is_left(
    desk: Desk, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def held(path: Path, target: Path) -> Path:
        if target.name == "b.csv" and path.suffix == ".csv" and path.read_text() == "new":
            raise PermissionError(errno.EACCES, "Permission denied", str(path), None, str(target))
        return replace(path, target)

    for name in ("a.csv", "b.csv"):
        (out / name).write_text(f"{name} before")
    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(Refused) as refused:
        take_out(desk.office, "officer", made(out / "a.csv", out / "b.csv", out / "c.csv"))
    assert why(refused.value) == ("b.csv", "cli.no_permission")
    held_still = {file.name: file.read_text() for file in out.iterdir()}
    assert held_still == {"a.csv": "a.csv before", "b.csv": "b.csv before"}


@pytest.mark.skipif(os.name != "posix", reason="rights of files are another thing there")
def test_a_paper_gets_the_rights_that_the_person_gives_files(desk: Desk, out: Path) -> None:
    before = os.umask(0o027)
    try:
        take_out(desk.office, "officer", made(out / "a.csv"))
        (out / "a.csv").chmod(0o600)
        take_out(desk.office, "officer", made(out / "a.csv"))
    finally:
        os.umask(before)
    assert (out / "a.csv").stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is another thing there")
@pytest.mark.parametrize("moment", ["made", "logged", "copied", "placed"])
def test_a_kill_leaves_what_was_there_or_all_of_the_new(desk: Desk, out: Path, moment: str) -> None:
    def die(*given: object, **named: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    places = {
        "made": (Tray, "keep_room"), "logged": (Tray, "put"), "copied": (Path, "replace"),
        "placed": (draft_file, "sync_folder"),
    }  # fmt: skip
    (out / "a.csv").write_text("before")
    seq, path = desk.rows(LogEntry)[-1].seq, desk.office.store.path
    assert path is not None
    child = os.fork()
    if not child:
        try:
            with Office.open(path).closing() as office:
                setattr(*places[moment], die)
                take_out(office, "officer", made(out / "a.csv"))
        finally:
            os._exit(1)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    logged = desk.rows(LogEntry)[-1].seq - seq
    assert ((out / "a.csv").read_text(), logged) == {
        "made": ("before", 0), "logged": ("before", 1), "copied": ("before", 1), "placed": ("new", 1),
    }[moment]  # fmt: skip
    if not logged:  # and nothing of it outside
        assert all(b"new" not in file.read_bytes() for file in out.iterdir())
    take_out(desk.office, "officer", made(out / "b.csv"))
    assert sorted(file.name for file in out.iterdir()) == ["a.csv", "b.csv"]


def test_nobody_waits_while_files_are_made(desk: Desk, out: Path) -> None:
    def make(session: Session, tray: Tray) -> Taken:
        desk.submit()  # an act of somebody else
        tray.draft(out / "a.csv").write_text("long")
        return Taken("list", {})

    take_out(desk.office, "officer", make)
    assert (out / "a.csv").exists()


def test_only_a_demonstration_is_marked(desk: Desk) -> None:
    assert files_out.mark(desk.office) == ""
    desk.office.row.demonstration = True
    assert "演示" in files_out.mark(desk.office) and "emonstration" in files_out.mark(desk.office, "en")


# -- papers that are kept -------------------------------------------------------------------------------


def test_the_very_bytes_go_out_and_it_is_logged(desk: Desk, out: Path) -> None:
    case = desk.submit()
    paper_filing.add_paper(desk.office, "officer", case, "contract", "合同.pdf", b"%PDF-1.4 body")
    found = view(desk.office, "auditor", case)
    assert found is not None
    files_out.save_paper(desk.office, "auditor", case, found.papers[0].sha256, out / "合同.pdf")
    assert (out / "合同.pdf").read_bytes() == b"%PDF-1.4 body"
    last = desk.rows(LogEntry)[-1]
    assert (last.act, last.person, last.subject) == ("export", "auditor", f"case {case}")


def test_a_place_that_can_t_be_written_is_refused_and_not_logged(desk: Desk, out: Path) -> None:
    case = desk.submit()
    paper_filing.add_paper(desk.office, "officer", case, "contract", "合同.pdf", b"%PDF-1.4 body")
    found = view(desk.office, "officer", case)
    assert found is not None
    before = len(desk.rows(LogEntry))
    with pytest.raises(Refused, match="not_written"):
        files_out.save_paper(desk.office, "officer", case, found.papers[0].sha256, out / "none" / "x.pdf")
    with pytest.raises(Refused, match="no_such_content"):
        files_out.save_paper(desk.office, "officer", case, "0" * 64, out / "x.pdf")
    with pytest.raises(Refused, match="not_allowed"):
        files_out.save_paper(desk.office, "system", case, found.papers[0].sha256, out / "x.pdf")
    assert len(desk.rows(LogEntry)) == before and list(out.iterdir()) == []


def test_a_list_is_saved_as_it_was_issued(desk: Desk, out: Path) -> None:
    desk.published()
    letter = next(row for row in desk.rows(Letter) if row.kind == "publicity")
    files_out.save_letter(desk.office, "auditor", letter.id, out / "list.pdf")
    saved = (out / "list.pdf").read_bytes()
    assert hashlib.sha256(saved).hexdigest() == letter.content_sha256
    assert desk.rows(LogEntry)[-1].act == "export"
    with pytest.raises(Refused):
        files_out.save_letter(desk.office, "auditor", 99, out / "none.pdf")


def test_letters_leave_as_they_were_issued(desk: Desk, out: Path) -> None:
    case = desk.issued()
    letters.issue_approval(desk.office, "officer", case)
    (path,) = files_out.save_letters(desk.office, "auditor", out / "a" / "new")
    assert path.name == "approval-2026-00001.pdf"
    letter = next(row for row in desk.rows(Letter) if row.kind == "approval")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == letter.content_sha256
    with pytest.raises(Refused, match="not_allowed"):
        files_out.save_letters(desk.office, "system", out)
    assert [file.name for file in out.iterdir()] == ["a"]


def test_letters_are_printed_in_one_file(desk: Desk, out: Path) -> None:
    with pytest.raises(Refused) as none:
        files_out.print_letters(desk.office, "officer", out / "all.pdf")
    assert none.value.code == "refused.no_letters" and not (out / "all.pdf").exists()
    desk.approved()
    issue_many.issue(desk.office, "officer", issue_many.waiting(desk.office))
    change = files_out.print_letters(desk.office, "officer", out / "all.pdf", round_id=1)
    with pikepdf.open(out / "all.pdf") as whole:
        assert change.facts["pages"] == len(whole.pages) >= 1
    assert change.facts["letters"] == 1
    with pytest.raises(Refused):
        files_out.print_letters(desk.office, "officer", out / "no.pdf", round_id=7)


def test_printing_that_is_stopped_leaves_nothing(desk: Desk, out: Path) -> None:
    desk.approved()
    issue_many.issue(desk.office, "officer", issue_many.waiting(desk.office))
    before = len(desk.rows(LogEntry))

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        files_out.print_letters(desk.office, "officer", out / "all.pdf", progress=stop)
    assert list(out.iterdir()) == [] and len(desk.rows(LogEntry)) == before


@pytest.mark.parametrize("many", [1, 2])
def test_what_lay_there_stays_where_it_ends_after_the_new_one_has_its_name(
    desk: Desk, out: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """Ended while the folder was written to the disk, one file once took both along."""

    def ended(folder: Path) -> None:
        raise KeyboardInterrupt

    files = [out / f"{number}.csv" for number in range(many)]
    for file in files:
        file.write_text("before")
    monkeypatch.setattr(draft_file, "sync_folder", ended)
    with pytest.raises(KeyboardInterrupt):
        take_out(desk.office, "officer", made(*files))
    assert sorted(out.iterdir()) == files
    assert {file.read_text() for file in files} == {"before"}


def test_no_folder_is_left_where_no_file_comes(desk: Desk, out: Path) -> None:
    for person in ("system", "rights"):
        with pytest.raises(Refused, match=r"refused\.not_allowed"):
            files_out.save_letters(desk.office, person, out / "a" / "b")
        with pytest.raises(Refused, match=r"refused\.not_allowed"):
            issuing_sheets.save_sheets(desk.office, person, out / "a" / "b")
    assert list(out.iterdir()) == []
    files_out.save_letters(desk.office, "officer", out / "a" / "b")
    assert (out / "a" / "b").is_dir()
