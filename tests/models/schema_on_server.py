"""Writes down what a server says of an office as the steps make it, after a step of the schema:
`python -m tests.models.schema_on_server`."""

from models import engine, postgresql, schema
from tests.models import empty_office
from tests.models.server import running


def lines(url: str) -> str:
    """What is kept of the office on a server."""
    name = engine.url_of(url)
    assert name is not None
    opened = postgresql.engine(name, read_only=True)
    with opened.connect() as connection:
        said = sorted(schema.said_by_server(connection))
    opened.dispose()
    return "".join(f"{thing}\t{ddl}\n" for thing, ddl in said)


if __name__ == "__main__":
    with running() as server:
        empty_office.create(server).close()
        schema.KEPT.write_text(lines(server), encoding="utf-8")
