"""Writes down what each engine says of an office as the steps make it, after a step of the schema:
`python -m tests.models.schema_as_made`."""

import json
import tempfile
from pathlib import Path

from models import engine, schema
from tests.models import empty_office
from tests.models.server import running


def lines(where: str | Path) -> str:
    """What is kept of this office."""
    store = engine.open_store(where)
    with store.read() as session:
        said = sorted(schema.standing(session.connection()).items())
    store.close()
    return "".join(f"{name}\t{json.dumps(ddl, ensure_ascii=False)}\n" for name, ddl in said)


if __name__ == "__main__":
    with running() as server, tempfile.TemporaryDirectory() as folder:
        for dialect, where in (("sqlite", Path(folder) / "office"), ("postgresql", server)):
            empty_office.create(where).close()
            schema.KEPT[dialect].write_text(lines(where), encoding="utf-8")
