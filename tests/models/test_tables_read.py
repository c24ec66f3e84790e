"""The tables that a transaction has read are told by what it ran, each transaction anew."""

from pathlib import Path

from models import tables_read
from tests.models import empty_office


def test_what_was_read_is_told_and_what_was_only_written_is_not(tmp_path: Path) -> None:
    store = empty_office.create(tmp_path / "office")
    with store.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("INSERT INTO provider (name) VALUES ('a')")
        connection.exec_driver_sql("SELECT 1 FROM finding", execution_options=tables_read.UNREAD)
        assert not tables_read.of(connection) & {"provider", "finding"}
        connection.exec_driver_sql('SELECT 1 FROM "round" r, applicant JOIN contract ON contract.id = 1')
        connection.exec_driver_sql("UPDATE person SET locked = 1 WHERE id IN (SELECT id FROM recusal)")
        assert tables_read.of(connection) >= {"round", "applicant", "contract", "person", "recusal"}
    with store.write() as session:
        assert "round" not in tables_read.of(session.connection())
    store.close()
