"""Packs loaded from their text: equal values make equal bytes, and any changed byte another hash."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.facts import STANDARD
from rules.faults import PackFaults, Unset
from rules.pack import Pack, load
from tests.rules.desk import SHIPPED, SMALL, pack

TRAINING = next(path for path in SHIPPED if path.stem == "training-voucher-2026").read_text(encoding="utf-8")


def test_the_training_voucher_of_2026_says_what_the_digest_says() -> None:
    one = pack()
    assert (one.ref, one.title) == ("shenzhen-training-voucher@2026", "深圳市训力券（2026年度）")
    assert [condition.id for condition in one.conditions] == [
        *("kind", "window", "threshold", "related_party", "provider_admitted")
    ]
    assert [(tier.id, tier.rate, tier.priority) for tier in one.tiers] == [
        ("startup", 600_000, 0),
        ("general", 500_000, -1),
    ]
    (cap,) = one.caps
    assert (cap.limit, cap.per, cap.before) == (1_000_000_000, ("applicant", "year"), "awarded_before")
    assert one.budget is not None
    assert (one.budget.amount, one.budget.exceeded) == (50_000_000_000, Unset("budget_exceeded"))
    assert one.budget.key == "shenzhen-training-voucher", "the versions of a scheme share one budget"
    grades = {rule.id: rule.source.grade for rule in one.rules().values()}
    assert grades["applicant_year"] == "A"
    assert grades["threshold"] == "C"
    assert all(rule.source.article for rule in one.rules().values())


def test_what_no_source_states_is_unset_with_the_readings_and_where_they_come_from() -> None:
    parameter = pack().parameter("startup_ceiling")
    assert parameter is not None
    assert [(reading.id, reading.value) for reading in parameter.readings] == [
        ("50", 500_000),
        ("60", 600_000),
    ]
    assert all(reading.source for each in pack().unset for reading in each.readings)
    assert pack().parameter("rate") is None


@pytest.mark.parametrize(
    ("on", "name", "inside"),
    [
        (date(2024, 12, 17), "training-voucher-2025", False),
        (date(2024, 12, 18), "training-voucher-2025", True),
        (date(2025, 12, 31), "training-voucher-2025", True),
        (date(2026, 1, 1), "training-voucher-2025", False),
        (date(2025, 12, 31), "training-voucher-2026", False),
        (date(2026, 1, 1), "training-voucher-2026", True),
        (date(2026, 12, 17), "training-voucher-2026", True),
        (date(2026, 12, 18), "training-voucher-2026", False),
    ],
)
def test_a_version_is_in_force_from_its_first_day_until_before_its_end(
    on: date, name: str, inside: bool
) -> None:
    assert pack(name).in_force(on) is inside


def test_a_pack_withdrawn_within_its_time_ends_then() -> None:
    early = load(SMALL.replace("until = 2027-01-01", "until = 2027-01-01, withdrawn_on = 2026-07-01"))
    assert early.in_force_until == date(2026, 7, 1)
    late = load(SMALL.replace("until = 2027-01-01", "until = 2027-01-01, withdrawn_on = 2027-07-01"))
    assert late.in_force_until == date(2027, 1, 1)
    assert load(SMALL.replace(", until = 2027-01-01", "")).in_force_until is None


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_stored_bytes_load_as_the_same_pack(path: object) -> None:
    one = load(path.read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    again = load(one.canonical.decode())
    assert again == one
    assert again.canonical == one.canonical
    assert (again.sha256, len(again.sha256)) == (one.sha256, 64)


def test_comments_order_spacing_and_line_ends_change_no_byte() -> None:
    plain = load(TRAINING)
    dressed = "\ufeff# 一句说明\n" + TRAINING.replace(" = ", "  =  ").replace("\n", "\r\n")
    assert load(dressed) == plain
    head, *tables = re.split(r"\n(?=\[\[?\w)", TRAINING)
    names = sorted({re.findall(r"\w+", table)[0] for table in tables}, reverse=True)
    moved = [table for name in names for table in tables if re.findall(r"\w+", table)[0] == name]
    assert moved != tables
    assert load("\n".join([head, *moved])).canonical == plain.canonical


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('rate = "0.6"', 'rate = "0.600001"'),
        ('limit = "10000000.00"', 'limit = "10000000.01"'),
        ("until = 2026-12-18", "until = 2026-12-19"),
        ('title = "一般单位"', 'title = "一般企业"'),
        ('grade = "C"\n\n[[condition]]\nid = "threshold"', 'grade = "B"\n\n[[condition]]\nid = "threshold"'),
    ],
)
def test_a_changed_word_changes_the_hash(before: str, after: str) -> None:
    assert TRAINING.count(before) == 1
    assert load(TRAINING.replace(before, after)).sha256 != load(TRAINING).sha256


@given(at=st.integers(0, len(pack().canonical) - 1), byte=st.integers(32, 126))
def test_a_changed_byte_of_what_is_stored_never_goes_unnoticed(at: int, byte: int) -> None:
    stored = pack().canonical
    changed = stored[:at] + bytes([byte]) + stored[at + 1 :]
    try:
        loaded = load(changed.decode())
    except (PackFaults, UnicodeDecodeError):
        return
    assert (loaded.sha256 == pack().sha256) == (loaded == pack())


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("a = ", 1, "pack.syntax.value"),
        ("\n\na = 1 2", 3, "pack.syntax.after"),
        ('a = 1\nb = "offen\n', 2, "pack.syntax.character"),
        ("a = 1\na = 2\n", 2, "pack.syntax.twice"),
        ("a = 2026-02-30", 1, "pack.syntax.date"),
        ("a = " + "9" * 5000, 1, "pack.syntax.value"),
        ("a = " + "[" * 2000 + "]" * 2000, 1, "pack.too_deep"),
        ("a = “1”", 1, "pack.syntax.value"),
        ("a = '1", 1, "pack.syntax.quote"),
        ("a = [1", 1, "pack.syntax.open"),
        ("[a", 1, "pack.syntax.bracket"),
        ('a = "\\x"', 1, "pack.syntax.backslash"),
        ("费用 = 1", 1, "pack.syntax.line"),
        ("\x00", 1, "pack.syntax.line"),
        ("", 1, "pack.missing_key"),
    ],
)
def test_what_is_no_toml_is_a_fault_and_nothing_worse(text: str, line: int, code: str) -> None:
    with pytest.raises(PackFaults) as caught:
        load(text)
    assert (caught.value.faults[0].line, caught.value.faults[0].code) == (line, code)


@given(st.text(max_size=60))
def test_any_text_is_loaded_or_refused_with_its_faults(text: str) -> None:
    for whole in (text, SMALL + text):
        try:
            assert isinstance(load(whole), Pack)
        except PackFaults as faults:
            assert all(fault.line >= 1 and fault.column >= 1 for fault in faults.faults)


CUTS = [found.start() for found in re.finditer(r"\"|= |\{|\[", TRAINING)]


@given(st.sampled_from(CUTS), st.sampled_from(["", "1", "0.5", "x", '"', "[", "{}", "true", "2026-01-01"]))
def test_a_pack_with_a_piece_altered_is_loaded_whole_or_refused_whole(at: int, piece: str) -> None:
    altered = TRAINING[:at] + piece + TRAINING[at + 1 :]
    try:
        loaded = load(altered)
    except PackFaults as faults:
        assert faults.faults
        return
    assert load(loaded.canonical.decode()) == loaded


def test_a_packs_rules_stand_in_the_order_of_the_calculation() -> None:
    assert list(pack().rules()) == [
        *("kind", "window", "threshold", "related_party", "provider_admitted"),
        *("startup", "general", "other_support", "applicant_year", "budget"),
    ]


def test_shipped_packs_have_ids_of_their_own_and_use_facts_that_exist() -> None:
    loaded = [load(path.read_text(encoding="utf-8")) for path in SHIPPED]
    assert len({one.ref for one in loaded}) == len(loaded)
    for one in loaded:
        assert not set(one.facts) & set(STANDARD)


@pytest.mark.parametrize(
    "text",
    ["x = " + "[" * 5_000 + "]" * 5_000, "[" + ".".join(["a"] * 5_000) + "]\nb = 1"],
    ids=["list", "keys"],
)
def test_a_text_nested_deep_is_a_fault_with_its_sentence(text: str) -> None:
    with pytest.raises(PackFaults) as faults:
        load(text)
    assert [fault.code for fault in faults.value.faults] == ["pack.too_deep"]
