"""The check of the books: it finds whatever was changed by hand."""

import pytest
from sqlalchemy import text

from casework.core.act import Turn
from casework.core.office import Office
from casework.money import books_check, cap_counters, ledger
from tests.casework.books import do, open_budget


@pytest.fixture
def budget(office: Office) -> int:
    return open_budget(office, 1000)


FAULTS = [
    ("UPDATE budget SET reserved_fen = reserved_fen + 1", ("counter", "scheme/2026/reserved")),
    ("UPDATE budget SET appropriation_fen = appropriation_fen + 1", ("counter", "scheme/2026/appropriation")),
    ("UPDATE cap_use SET used_fen = used_fen + 1", ("cap", "k")),
    ("UPDATE ledger_entry SET amount_fen = amount_fen + 1 WHERE account = 'reserved'", ("journal", "2")),
    ("DELETE FROM ledger_entry WHERE account = 'reserved'", ("journal", "2")),
    ("DELETE FROM ledger_entry WHERE journal = 2", ("counter", "scheme/2026/reserved")),
    ("UPDATE cap_entry SET amount_fen = amount_fen - 1", ("cap", "k")),
]


@pytest.mark.parametrize(("sql", "fault"), FAULTS, ids=[sql for sql, _ in FAULTS])
def test_check_finds_what_was_changed_by_hand(
    office: Office, budget: int, sql: str, fault: tuple[str, str]
) -> None:
    def body(turn: Turn) -> None:
        ledger.reserve(turn, budget, 400)
        cap_counters.use_caps(turn, ["k"], 400)

    do(office, body)
    with office.read() as session:
        assert books_check.check(session) == (4, ())
    with office.write() as session:
        for table in ("ledger_entry", "cap_entry"):
            session.execute(text(f"DROP TRIGGER {table}_kept"))
            session.execute(text(f"DROP TRIGGER {table}_undeleted"))
        session.execute(text(sql))
    with office.read() as session:
        assert fault in books_check.check(session).faults
