"""A pack's own facts come back from the store as they went in."""

import datetime

from casework.cases.stored_facts import declared, extra_text
from rules.facts import Value

SIGNED = datetime.date(2026, 4, 1)


def test_declared_facts_keep_their_types() -> None:
    said: dict[str, Value] = {
        "model_filed": True,
        "cards": 7,
        "filed_on": SIGNED,
        "ran_at": datetime.datetime(2026, 1, 1, 9),
        "maker": "某",
        "none": None,
    }
    text = extra_text(said)
    assert dict(declared(text)) == {name: value for name, value in said.items() if value is not None}
    assert declared("{}") == {}
