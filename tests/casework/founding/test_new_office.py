"""A new office has its people and its packs, or it is not there."""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, select
from sqlmodel import col

from casework.core import rows_compared
from casework.core.office import Office
from casework.core.refused import Refused
from casework.founding.demonstration import demo
from casework.founding.new_office import found_office
from casework.people import accounts, signing_in
from casework.rulebook import packs
from casework.rulebook.shipped_packs import shipped
from models import LogEntry, Pack, Person, engine
from models.faults import OfficeFault
from papers import draft_file
from tests.commandline import interrupted_after
from tests.models.server import server as server

WU = ("wu", "顾川", "system")


def there(where: Path) -> tuple[dict[str, str], list[str], list[str]]:
    """The people, the packs in force and the log of an office."""
    with Office.open(where).closing() as office, office.read() as session:
        people = {row.name: row.full_name for row in session.execute(select(Person)).scalars()}
        confirmed = session.execute(select(Pack).where(col(Pack.state) == "confirmed")).scalars()
        refs = sorted(f"{row.scheme}@{row.version}" for row in confirmed)
        acts = session.execute(select(col(LogEntry.act)).order_by(col(LogEntry.seq))).scalars()
        return people, refs, list(acts)


def test_two_begin_who_make_accounts_and_give_rights(tmp_path: Path) -> None:
    made = found_office(tmp_path / "our.office", name="市科技创新局")
    assert made.people == ("system", "rights")
    people, refs, acts = there(tmp_path / "our.office")
    assert people == {"system": "系统管理员", "rights": "安全管理员"}
    assert refs == sorted(made.packs) == sorted(pack.ref for pack in shipped())
    assert acts[-2:] == ["found", "ship_packs"]
    with Office.open(tmp_path / "our.office").closing() as office:
        assert office.row.name == "市科技创新局"
        with pytest.raises(Refused):
            signing_in.sign_in(office, "system", "demo")


def test_the_demonstration_s_people_all_have_one_password(tmp_path: Path) -> None:
    made = found_office(tmp_path / "our.office", demo_people=True)
    assert {"officer", "approver", "finance", "auditor"} < set(made.people)
    with Office.open(tmp_path / "our.office").closing() as office:
        assert signing_in.sign_in(office, "approver", "demo") == frozenset({"approver"})


def test_other_first_people_come_with_their_password(tmp_path: Path) -> None:
    made = found_office(tmp_path / "our.office", first=[WU], passwords={"wu": "a long password"})
    assert made.people == ("wu",)
    assert there(tmp_path / "our.office")[0] == {"wu": "顾川"}
    with Office.open(tmp_path / "our.office").closing() as office:
        assert signing_in.sign_in(office, "wu", "a long password") == frozenset({"system"})


ZHENG = ("zheng", "郑安全", "rights")


@pytest.mark.parametrize(
    ("own", "code"),
    [
        ({"wu": "123", "zheng": "seven slow ferries"}, "refused.password_short"),
        ({"wu": "seven slow ferries", "zheng": "seven slow ferries"}, "refused.passwords_same"),
        ({"wu": "顾川-2026-1", "zheng": "seven slow ferries"}, "refused.password_named"),
        ({"wu": "科技创新局123", "zheng": "seven slow ferries"}, "refused.password_named"),
        ({"wu": "Passw0rd!", "zheng": "seven slow ferries"}, "refused.password_common"),
        ({"wu": "        a", "zheng": "seven slow ferries"}, "refused.password_short"),
        ({"wu": "seven slow ferries", "zheng": "2026-gnehz"}, "refused.password_named"),
    ],
)
def test_each_of_the_first_two_has_a_good_password_of_their_own(
    tmp_path: Path, own: dict[str, str], code: str
) -> None:
    """T11, F6: 123 is taken from nobody, and not one for both; no office is left."""
    with pytest.raises(Refused) as refused:
        found_office(tmp_path / "our.office", name="科技创新局", first=[WU, ZHENG], passwords=own)
    assert refused.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_an_office_that_is_there_is_not_made_again(tmp_path: Path) -> None:
    found_office(tmp_path / "our.office", first=[WU])
    before = (tmp_path / "our.office").read_bytes()
    with pytest.raises(OfficeFault, match=r"office\.exists"):
        found_office(tmp_path / "our.office")
    assert (tmp_path / "our.office").read_bytes() == before


def test_without_its_packs_no_office_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "put_in_force", lambda *said: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        found_office(tmp_path / "our.office", first=[WU])
    assert list(tmp_path.iterdir()) == []


# -- killed ----------------------------------------------------------------------------------------------

forked = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is another thing there")


def _killed(begin: Callable[[], object], seconds: float) -> None:
    """Let a program begin and kill it so many seconds later, if it is not done before."""
    child = os.fork()
    if not child:
        try:
            begin()
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _dies(begin: Callable[[], object]) -> None:
    """Let a program begin that kills itself."""
    child = os.fork()
    if not child:
        try:
            begin()
        finally:
            os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _nothing_or_whole(folder: Path) -> bool:
    """Whether the office is there: then it is whole. The next one to make it finds no hindrance, and clears
    away what the killed one left."""
    path = folder / "our.office"
    done = path.exists()
    if done:
        with pytest.raises(OfficeFault, match=r"office\.exists"):
            found_office(path, first=[WU])
        found_office(folder / "other.office", first=[WU])
        (folder / "other.office").unlink()
    else:
        found_office(path, first=[WU])
    people, refs, acts = there(path)
    assert people == {WU[0]: WU[1]} and len(refs) == len(shipped())
    assert acts == ["create", "found", "ship_packs"]
    assert list(folder.iterdir()) == [path], "nothing half made is left"
    return done


def _kills(folder: Path, times: int) -> None:
    def begin() -> None:
        found_office(folder / "our.office", first=[WU])

    folder.mkdir()
    begin()  # what is loaded once is loaded
    (folder / "our.office").unlink()
    started = time.perf_counter()
    begin()
    whole = time.perf_counter() - started
    chance, done = random.Random(times), 0
    for _ in range(times):
        (folder / "our.office").unlink()
        _killed(begin, chance.uniform(0, whole * 1.1))
        done += _nothing_or_whole(folder)
    if times >= 50:
        assert done < times, "some were killed on the way"


@forked
def test_a_kill_leaves_nothing_or_a_whole_office(tmp_path: Path) -> None:
    _kills(tmp_path / "here", 5)


@forked
@pytest.mark.slow
def test_fifty_kills_leave_nothing_or_a_whole_office(tmp_path: Path) -> None:
    _kills(tmp_path / "here", 50)


MOMENTS = {
    "schema": (engine, "Store"),
    "people": (packs, "put_in_force"),
    "whole": (draft_file, "place_new"),
    "two names": (Path, "unlink"),
    "named": (draft_file, "sync_folder"),
}


@forked
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_at_the_worst_moments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    def begin() -> None:
        def die(*given: object, **named: object) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(*MOMENTS[moment], die)  # in the child alone
        found_office(tmp_path / "our.office", first=[WU])

    _dies(begin)
    assert _nothing_or_whole(tmp_path) is (moment in ("two names", "named"))


@forked
@pytest.mark.slow
def test_a_killed_demonstration_leaves_nothing(tmp_path: Path) -> None:
    path, out = tmp_path / "demo.office", tmp_path / "papers"

    def begin() -> None:
        demo(path, cases=5, living=False, out=out)

    for seconds in (0.5, 1.5, 3.0):
        _killed(begin, seconds)
        assert not path.exists() or _demonstrated(path)
        path.unlink(missing_ok=True)
    begin()
    assert _demonstrated(path) and sorted(each.name for each in tmp_path.iterdir()) == [
        "demo.office",
        "papers",
    ]


def _demonstrated(path: Path) -> bool:
    """Whether the story is told to its end: its papers are logged last."""
    with Office.open(path).closing() as office, office.read() as session:
        entries = select(col(LogEntry.act)).order_by(col(LogEntry.seq).desc()).limit(1)
        return session.execute(entries).scalar() == "export"


# -- on a server -----------------------------------------------------------------------------------------


@forked
def test_on_a_server_all_of_it_is_there_or_nothing(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def begin() -> None:
        def die(*given: object) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(packs, "put_in_force", die)  # noqa: B010 (in the child alone)
        found_office(server, first=[WU])

    _dies(begin)
    monkeypatch.setattr(accounts, "found", lambda *given, **named: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        found_office(server, first=[WU])
    monkeypatch.undo()
    told: list[bool] = []
    with pytest.raises(KeyboardInterrupt), interrupted_after(Connection, "commit"):
        found_office(server, first=[WU], stored=lambda: told.append(True))
    assert told == [True], "what is stored is told as stored"
    with Office.open(server).closing() as office, office.read() as session:
        acts = session.execute(select(col(LogEntry.act)).order_by(col(LogEntry.seq))).scalars().all()
        assert rows_compared.compare(session).differ == ()
    assert acts == ["create", "found", "ship_packs"]
    with pytest.raises(OfficeFault, match=r"office\.exists"):
        found_office(server)
