"""An office that can only be read: the true sentence, what reads works, acts are refused and not offered."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from casework.audit.replay import replay
from casework.audit.verify import checks
from casework.boards import case_view
from casework.core.act_table import function
from casework.core.office import Office
from casework.core.refused import Refused, of_the_machine
from casework.core.who_may import Who, case_of, must
from casework.outgoing.ledger_export import write_ledger
from casework.people import signing_in
from casework.review import checking
from models import Application
from models.faults import OfficeFault
from tests import other_hand
from tests.casework.desk import Desk
from tests.models.only_read import leave_journal, mounted_to_read

NOBODY = 65534
as_another = pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0, reason="only the superuser can be another"
)


@contextmanager
def locked_away(office: Path, folder_mode: int, file_mode: int) -> Iterator[Path]:
    """A copy of an office that belongs to somebody else, in a folder that everybody may enter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = Path(shutil.copy(office, folder / "our.office"))
        path.chmod(file_mode)
        folder.chmod(folder_mode)
        os.seteuid(NOBODY)
        try:
            yield path
        finally:
            os.seteuid(0)


@as_another
@pytest.mark.parametrize(("folder", "file"), [(0o755, 0o444), (0o755, 0o666), (0o777, 0o444)])
def test_one_that_may_not_be_written_is_read(desk: Desk, folder: int, file: int) -> None:
    case = desk.issued()
    path = desk.office.store.path
    assert path is not None
    desk.office.close()
    with locked_away(path, folder, file) as there, Office.open(there, clock=desk.clock).closing() as office:
        assert office.only_read is not None and office.only_read.code == "office.read_only"
        assert signing_in.sign_in(office, "auditor", "demo") == {"auditor"}
        view = case_view.view(office, "officer", case)
        assert view is not None and view.may == () and view.bar is None
        assert [check.name for check in checks(office) if not check.ok] == []
        assert replay(office)["differ"] == []
        for name in ("accept", "withdraw"):
            with pytest.raises(OfficeFault, match=r"office\.read_only"):
                function(name)(office, "officer", case, *(("经核",) if name == "withdraw" else ()))
        assert sorted(each.name for each in there.parent.iterdir()) == ["our.office"], (
            "nothing was left beside it"
        )


def test_one_on_a_disc_is_verified_beside_what_a_killed_program_left(desk: Desk, tmp_path: Path) -> None:
    desk.issued()
    assert desk.office.store.path is not None
    desk.office.close()
    (tmp_path / "offices").mkdir()
    path = Path(shutil.copy(desk.office.store.path, tmp_path / "offices" / "our.office"))
    leave_journal(path, "-wal", "-shm")
    with (
        mounted_to_read(path.parent, tmp_path / "disc") as disc,
        Office.open(disc / path.name, clock=desk.clock).closing() as office,
    ):
        assert office.only_read is not None and office.only_read.code == "office.read_only"
        assert [check.name for check in checks(office) if not check.ok] == []


@as_another
def test_its_ledger_is_made_and_nothing_is_logged(desk: Desk, tmp_path: Path) -> None:
    desk.issued()
    path = desk.office.store.path
    assert path is not None
    write_ledger(desk.office, "auditor", "voucher", tmp_path / "with the libraries of the superuser.xlsx")
    desk.office.close()
    with tempfile.TemporaryDirectory() as outside:
        Path(outside).chmod(0o777)
        with (
            locked_away(path, 0o755, 0o444) as there,
            Office.open(there, clock=desk.clock).closing() as office,
        ):
            target = Path(outside) / "ledger.xlsx"
            assert write_ledger(office, "auditor", "voucher", target) == 1
            assert target.stat().st_size > 1000
            with pytest.raises(Refused, match=r"refused\.not_allowed"):
                write_ledger(office, "system", "voucher", target)


def test_one_that_is_asked_to_be_read_takes_no_act_and_lets_no_paper_out_unlogged(
    desk: Desk, tmp_path: Path
) -> None:
    case = desk.submit()
    assert desk.office.store.path is not None
    with Office.open(desk.office.store.path, clock=desk.clock, read_only=True).closing() as office:
        with pytest.raises(OfficeFault, match=r"office\.asked_to_read"):
            checking.accept(office, "officer", case)
        with pytest.raises(OfficeFault, match=r"office\.asked_to_read"):
            write_ledger(office, "auditor", "voucher", tmp_path / "ledger.xlsx")
        assert not (tmp_path / "ledger.xlsx").exists()


def test_one_without_its_head_is_read_and_takes_no_act(desk: Desk) -> None:
    case = desk.submit()
    assert desk.office.store.path is not None
    with desk.office.store.write() as session:
        session.connection().exec_driver_sql("DROP TRIGGER log_head_undeleted")
        session.connection().exec_driver_sql("DELETE FROM log_head")
    with Office.open(desk.office.store.path, clock=desk.clock).closing() as office:
        assert office.only_read is not None and office.only_read.code == "office.broken"
        view = case_view.view(office, "officer", case)
        assert view is not None and view.may == ()
        with office.read() as session, pytest.raises(Refused, match=r"refused\.only_read"):
            must(Who.named(office, session, "officer"), "accept", case_of(session, case))
        with pytest.raises(OfficeFault, match=r"office\.broken"):
            checking.accept(office, "officer", case)


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        ("DELETE FROM log_head", "office.broken"),
        ("INSERT INTO log_head SELECT 2, algorithm, seq, hash FROM log_head", "office.broken"),
        (
            "INSERT INTO office SELECT 2, uid || 'x', name, schema_no, demonstration, seed, secret, "
            "created_at FROM office",
            "office.people",
        ),
    ],
)
def test_one_that_loses_its_one_head_or_row_while_it_is_open_takes_no_act(
    desk: Desk, harm: str, code: str
) -> None:
    """Each was a bug of the program, with the words of a library."""
    case = desk.submit()
    assert desk.office.store.path is not None
    with other_hand.opened(desk.office.store.path) as opened:
        guards = "SELECT sql FROM sqlite_master WHERE name = 'log_head_undeleted'"
        (guard,) = opened.execute(guards).fetchone()
        opened.execute("DROP TRIGGER log_head_undeleted")
        opened.execute(harm)
        opened.execute(guard)
    with pytest.raises(OfficeFault) as fault:
        checking.accept(desk.office, "officer", case)
    assert fault.value.code == code
    with pytest.raises(OfficeFault, match=code):
        signing_in.sign_in(desk.office, "officer", "demo")
    assert desk.state(case) == "submitted"
    with Office.open(desk.office.store.path, clock=desk.clock).closing() as office:
        assert office.only_read is not None and office.only_read.code == "office.broken"
        assert not all(check.ok for check in checks(office))


def test_a_file_that_was_moved_away_takes_no_act_and_does_not_come_back_empty(
    desk: Desk, tmp_path: Path
) -> None:
    case, other = desk.submit(), desk.submit()
    path = desk.office.store.path
    assert path is not None
    checking.accept(desk.office, "officer", case)
    path.rename(tmp_path / "elsewhere.office")
    for _ in range(2):
        with pytest.raises(OfficeFault, match=r"office\.gone"):
            checking.accept(desk.office, "officer", other)
    assert not path.exists(), "an empty one in its place would be opened tomorrow"
    path.write_bytes(b"another file")
    with pytest.raises(OfficeFault, match=r"office\.gone"):
        checking.accept(desk.office, "officer", other)
    path.unlink()
    (tmp_path / "elsewhere.office").rename(path)
    checking.accept(desk.office, "officer", other)
    desk.office.close()
    with Office.open(path, clock=desk.clock).closing() as office:
        assert [each.receipt_no for each in Desk(office, desk.clock).rows(Application)] == [
            "2026-000001",
            "2026-000002",
        ], "put back, all that was done is in it"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OfficeFault("office.full", path="x"), "office.full"),
        (OSError(28, "No space left on device", "a.pdf"), "cli.disk_full"),
        (OSError(30, "Read-only file system", "a.pdf"), "cli.read_only_disk"),
        (FileNotFoundError(2, "No such file", "a.pdf"), "cli.no_file"),
        (OSError(5, "Input/output error"), "cli.machine"),
        (OSError("a bug in a library"), None),
        (KeyError("x"), None),
    ],
)
def test_what_the_machine_did_is_told_apart_from_a_bug(error: Exception, code: str | None) -> None:
    found = of_the_machine(error)
    assert (None if found is None else found.code) == code
    if found is not None:
        assert found.say("zh") != found.say("en")
