"""Facts that only a pack declares, as a version keeps them: canonical JSON, and back as values.

A date is kept as `{"date": …}`, a moment as `{"moment": …}`; whole numbers, words, yes and no as they are.
"""

import datetime
import json
from collections.abc import Mapping
from typing import Any

from rules.facts import Value

_FROM_TEXT = {"date": datetime.date.fromisoformat, "moment": datetime.datetime.fromisoformat}


def declared(extra: str) -> Mapping[str, Value]:
    """Stored facts that only a pack declares, back as values."""
    if extra == "{}":
        return {}
    return {name: value_of(value) for name, value in json.loads(extra).items()}


def value_of(kept: Any) -> Value:
    """A value as it was before it was kept."""
    if isinstance(kept, dict):
        ((kind, text),) = kept.items()
        return _FROM_TEXT[kind](text)
    value: Value = kept
    return value


def extra_text(facts: Mapping[str, Value]) -> str:
    """Declared facts as they are stored."""
    kept = {name: plain(value) for name, value in facts.items() if value is not None}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plain(value: Value) -> Any:
    """A value as it is kept."""
    if isinstance(value, datetime.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    return value
