"""The same office on a real PostgreSQL: acts, chain, books, and eight at once after the last fen."""

import threading
from collections.abc import Iterator
from multiprocessing.pool import ThreadPool
from typing import Any

import pytest

from casework.core import log, numbers, rows_compared
from casework.core.act import By
from casework.core.office import Office
from casework.core.refused import Refused
from casework.money import books_check, cap_counters, ledger
from casework.people import accounts, signing_in
from models.faults import OfficeFault
from tests.casework import racing
from tests.casework.books import do, open_budget
from tests.casework.conftest import StandingClock
from tests.models.server import server

__all__ = ["server"]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def served(server: str) -> Iterator[Office]:
    office = Office.create(server, name="测试", clock=StandingClock())
    accounts.found(office, accounts.DEMO_PEOPLE, "demo")
    yield office
    office.close()


def test_a_role_that_no_act_gave_does_no_act_and_opens_no_door(served: Office) -> None:
    accounts.lock_person(served, "rights", "officer2")
    with Office.open(served.store.name, clock=served.clock).closing() as office:
        assert signing_in.sign_in(office, "officer", "demo") == {"officer"}
        with served.store.writer.begin() as stranger:
            stranger.exec_driver_sql("SET LOCAL session_replication_role = replica")
            stranger.exec_driver_sql(
                "INSERT INTO person_role (id, person_id, role, side, given_at) SELECT 99, id, 'rights', "
                "'rights', created_at FROM person WHERE name = 'officer'"
            )
        with pytest.raises(OfficeFault, match=r"office\.people"):
            accounts.unlock_person(office, "officer", "officer2")
        assert office.nobody_known
    with Office.open(served.store.name, clock=served.clock).closing() as office:
        with pytest.raises(OfficeFault, match=r"office\.people"):
            signing_in.sign_in(office, "officer", "demo")
        assert office.nobody_known
    with served.store.writer.begin() as stranger:
        stranger.exec_driver_sql("SET LOCAL session_replication_role = replica")
        assert stranger.exec_driver_sql("DELETE FROM person_role WHERE id = 99").rowcount == 1
    accounts.unlock_person(served, "rights", "officer2")
    assert signing_in.sign_in(served, "officer2", "demo") == {"officer"}


def _is_whole(office: Office) -> None:
    with office.read() as session:
        assert log.verify(session).fault_seq is None
        assert books_check.check(session).faults == ()
        assert rows_compared.compare(session).differ == ()


def test_eight_after_the_last_fen(served: Office, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    budget = open_budget(served, 2000)
    assert budget == 1
    monkeypatch.setattr(racing, "Path", str)
    start = threading.Barrier(8)
    with ThreadPool(8) as pool:
        asked: list[tuple[Any, ...]] = [(server, seed, start) for seed in range(1, 9)]
        results = pool.starmap(racing.guarded, asked, chunksize=1)
    assert sum(total for _, total in results) == 2000
    assert all(done for done, _ in results)
    _is_whole(served)


def test_an_acts_life(served: Office) -> None:
    budget = open_budget(served, 1000, "other/2026")
    taken: list[int] = []

    def body(turn: Any) -> None:
        ledger.reserve(turn, budget, 400)
        cap_counters.use_caps(turn, ["k"], 400)
        taken.append(numbers.next_number(turn.session, "letter", 2026))

    first = do(served, body, By("finance", "r-1"))
    assert do(served, body, By("finance", "r-1")).repeated
    with pytest.raises(Refused, match=r"refused\.budget"):
        do(served, lambda turn: ledger.reserve(turn, budget, 601))
    with pytest.raises(Refused, match=r"refused\.cap"):
        do(served, lambda turn: cap_counters.use_caps(turn, ["k"], -401))
    accounts.add_person(served, "system", "new", "新人", "casework")
    accounts.give_role(served, "rights", "new", "officer")
    assert taken == [1]
    assert first.seq > 0
    assert signing_in.sign_in(served, "officer", "demo") == {"officer"}
    _is_whole(served)
