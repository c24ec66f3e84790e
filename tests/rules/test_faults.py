"""The kinds of values that a pack may hold, each with the fault of what is none."""

from datetime import date, datetime
from typing import Any

import pytest

from rules.faults import Fault, FloatFound, Key, PackFaults, Reader, Unset


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("id", "shenzhen-training-voucher", "shenzhen-training-voucher"),
        ("word", "60", "60"),
        ("version", "2026-07.1", "2026-07.1"),
        ("text", "第1条", "第1条"),
        ("flag", True, True),
        ("integer", 0, 0),
        ("months", 1200, 1200),
        ("days", 36600, 36600),
        ("money", "0.01", 1),
        ("money", "10000000000000", 10**15),
        ("unit", "10000", 1_000_000),
        ("rate", "0.000001", 1),
        ("rate", "100%", 1_000_000),
        ("date", date(2026, 5, 6), date(2026, 5, 6)),
        ("moment", datetime(2026, 5, 6, 17), datetime(2026, 5, 6, 17)),
        ("moment", date(2026, 5, 6), datetime(2026, 5, 6)),
        ("grade", "made-up", "made-up"),
        ("slot:money", {"unset": "least"}, Unset("least")),
        ("slot:money", "1.00", 100),
        ("list:money", ["1", "2"], (100, 200)),
        ("list:slot:fact", ["paid", {"unset": "base"}], ("paid", Unset("base"))),
    ],
)
def test_a_value_of_its_kind_is_read(kind: str, raw: object, value: object) -> None:
    reader = Reader({})
    got = reader.value(raw, ("key",), kind)
    assert (got, type(got), reader.faults) == (value, type(value), [])


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        ("id", "Voucher", "pack.not_id"),
        ("id", "a--b", "pack.not_id"),
        ("id", "a\n", "pack.not_id"),
        ("word", "a=b", "pack.not_word"),
        ("version", "2026版", "pack.not_version"),
        ("text", "\t", "pack.not_text"),
        ("flag", 1, "pack.not_flag"),
        ("integer", -1, "pack.not_integer"),
        ("integer", True, "pack.not_integer"),
        ("integer", 10**15 + 1, "pack.not_integer"),
        ("months", 1201, "pack.not_months"),
        ("days", 36601, "pack.not_days"),
        ("money", 5, "pack.not_money"),
        ("money", "-5", "pack.not_money"),
        ("money", "1,000", "pack.not_money"),
        ("money", "１", "pack.not_money"),
        ("money", "10000000000000.01", "pack.not_money"),
        ("unit", "0.00", "pack.not_unit"),
        ("rate", 1, "pack.not_rate"),
        ("date", datetime(2026, 5, 6), "pack.not_date"),
        ("moment", datetime.fromisoformat("2026-05-06T00:00:00Z"), "pack.not_moment"),
        ("grade", "Z", "pack.not_grade"),
        ("list:text", "one", "pack.not_list"),
        ("list:text", ["one", 2], "pack.not_text"),
        ("slot:money", {"unset": 5}, "pack.not_id"),
        ("slot:money", {"unsett": "least"}, "pack.unknown_key"),
        ("money", {"unset": "least"}, "pack.never_unset"),
    ],
)
def test_a_value_of_another_kind_is_a_fault(kind: str, raw: Any, code: str) -> None:
    reader = Reader({})
    reader.value(raw, ("key",), kind)
    assert code in [fault.code for fault in reader.faults]


def test_a_fault_without_a_place_of_its_own_stands_at_what_is_around_it() -> None:
    reader = Reader({("tier", 0): (9, 1), ("tier", 0, "rate"): (12, 1)})
    reader.fault(("tier", 0, "rate"), "a")
    reader.fault(("tier", 0, "bands", 1), "b")
    reader.fault(("cap", 0), "c")
    assert [fault[:3] for fault in reader.faults] == [(12, 1, "a"), (9, 1, "b"), (1, 1, "c")]


def test_a_table_is_read_by_its_keys_with_what_stands_in_for_missing_ones() -> None:
    reader = Reader({})
    keys = {"a": Key("integer", needed=True), "b": Key("text", default="x")}
    assert reader.table({"a": 1}, (), keys) == {"a": 1, "b": "x"}
    assert reader.faults == []
    assert reader.table({"b": "y", "c": 1}, (), keys) == {"a": None, "b": "y"}
    assert [fault.code for fault in reader.faults] == ["pack.unknown_key", "pack.missing_key"]


def test_numbers_with_a_point_are_found_however_deep_they_lie() -> None:
    reader = Reader({})
    reader.no_floats({"a": [1, {"b": [FloatFound("0.5")]}], "c": FloatFound("inf")})
    assert [(fault.code, fault.params["key"]) for fault in reader.faults] == [
        ("pack.float", "a.2.b.1"),
        ("pack.float", "c"),
    ]


def test_faults_are_raised_in_the_order_of_the_text() -> None:
    faults = [Fault(9, 1, "b", {}), Fault(2, 5, "a", {"key": 1}), Fault(2, 1, "c", {})]
    error = PackFaults(faults)
    assert [fault.code for fault in error.faults] == ["c", "a", "b"]
    assert str(error) == "2:1 c {}; 2:5 a {'key': 1}; 9:1 b {}"
