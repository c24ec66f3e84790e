"""Every figure of every shipped pack, changed by one unit either way, is noticed by an example.

A figure is an amount (one fen), a rate (a millionth), a number of months, a day, a moment (one second).
Left out are figures that no award hangs on: the office's own terms, and caps on redemptions.
"""

import copy
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rules.examples import run
from rules.faults import PackFaults
from rules.pack import load
from rules.policy import Policy
from rules.toml_text import canonical

POLICIES = Path(__file__).parents[2] / "resources" / "policies"
FILES = sorted(POLICIES.rglob("*.toml"))
AMOUNTS = ("limit", "amount", "fixed", "at_least", "up_to", "unit")
RATES = ("rate", "share")
UNAWARDED = ("office", "version", "id", "case")

Keys = tuple[str | int, ...]


def figures(data: Any, path: Keys = ()) -> Iterator[tuple[Keys, Any, Any]]:
    """Where each figure stands, with it one unit less and one unit more."""
    if isinstance(data, dict):
        if data.get("counts") == "redemption":
            return
        for key, value in data.items():
            if key not in UNAWARDED:
                yield from figures(value, (*path, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from figures(value, (*path, at))
    else:
        changes = _changes(data, path)
        if changes:
            yield (path, *changes)


def _changes(value: Any, path: Keys) -> tuple[Any, Any] | None:
    key = path[-1]
    if isinstance(value, datetime):
        return value - timedelta(seconds=1), value + timedelta(seconds=1)
    if isinstance(value, date):
        return value - timedelta(days=1), value + timedelta(days=1)
    if isinstance(value, int) and not isinstance(value, bool) and key not in ("priority", "default"):
        return value - 1, value + 1
    if (isinstance(value, str) and key in (*AMOUNTS, *RATES, "value")) or "tier_share" in path:
        places = 2 if "." in value and len(value.split(".")[1]) == 2 and key not in RATES else 6
        try:
            units = round(float(value) * 10**places)
        except ValueError:
            return None
        return tuple(f"{at // 10**places}.{at % 10**places:0{places}}" for at in (units - 1, units + 1))  # type: ignore[return-value]
    return None


def changed(data: dict[str, Any], path: Keys, value: Any) -> dict[str, Any]:
    data = copy.deepcopy(data)
    place: Any = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return data


@cache
def examples(path: Path) -> str:
    return path.with_name(path.stem + ".examples.csv").read_text(encoding="utf-8")


def noticed(path: Path, data: dict[str, Any]) -> bool:
    """Whether the changed pack is refused, or an example of the pack comes out otherwise."""
    try:
        policy = Policy(load(canonical(data).decode()))
    except PackFaults:
        return True
    return bool(run(policy, examples(path)))


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_figure_changed_by_one_unit_is_noticed(path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    assert not noticed(path, data)
    survivors = [
        (".".join(map(str, where)), value)
        for where, less, more in figures(data)
        for value in (less, more)
        if not noticed(path, changed(data, where, value))
    ]
    assert survivors == []


def test_the_figures_of_a_pack_are_found() -> None:
    text = (POLICIES / "shenzhen" / "training-voucher-2026.toml").read_text(encoding="utf-8")
    found = {".".join(map(str, where)): (less, more) for where, less, more in figures(tomllib.loads(text))}
    assert found["tier.0.rate"] == ("0.599999", "0.600001")
    assert found["cap.0.limit"] == ("9999999.99", "10000000.01")
    assert found["in_force.until"] == (date(2026, 12, 17), date(2026, 12, 19))
    assert found["tier.0.when.less_than_months"] == (11, 13)
    assert len(found) > 10
