"""What people type: amounts, sums, days, codes, in any width; and what is said of what can't be read."""

import datetime

import pytest

from casework.cases.field_table import NEEDED, SAID
from casework.cases.typed_values import FACTS, Typed, as_typed, read_typed
from rules.facts import Fact
from words import LANGUAGES, has

NOW = datetime.datetime(2026, 5, 20, 14, 35, 12)


def typed(field: str, text: str) -> Typed:
    return read_typed(FACTS[field], text, NOW)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("8000000", 800_000_000),
        ("8,000,000.50", 800_000_050),
        ("８００万元", 800_000_000),
        ("¥1,234.5", 123_450),
        ("=12*800", 960_000),
        ("＝１２×８００＋0.5", 960_050),
        ("=(1,000+500)/4", 37_500),
        ("=10-2*3", 400),
        ("0", 0),
    ],
)
def test_amounts_as_people_write_them(text: str, fen: int) -> None:
    assert typed("contract_amount", text) == Typed(fen)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("详见合同", "amount"),
        ("-5", "amount.sign"),
        ("1.234", "amount.decimals"),
        ("=10/3", "sum"),
        ("=1-2", "sum"),
        ("=1/0", "sum"),
        ("=(1+2", "sum"),
        ("=", "sum"),
        ("=2**3", "sum"),
        ("=__import__('os')", "sum"),
        ("=" + "(" * 900, "sum"),
        ("9" * 40, "amount.limit"),
        ("1" * 2_000, "too_long"),
    ],
)
def test_what_is_no_amount_has_a_code(text: str, fault: str) -> None:
    assert typed("contract_amount", text) == Typed(None, fault)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("t", (2026, 5, 20)),
        ("今天", (2026, 5, 20)),
        ("2026-05-06", (2026, 5, 6)),
        ("2026/5/6", (2026, 5, 6)),
        ("2026年5月6日", (2026, 5, 6)),
        ("２０２６０５０６", (2026, 5, 6)),
        ("5.6", (2026, 5, 6)),
        ("0506", (2026, 5, 6)),
        ("2028-02-29", (2028, 2, 29)),
    ],
)
def test_days_as_people_remember_them(text: str, day: tuple[int, int, int]) -> None:
    assert typed("signed_on", text) == Typed(datetime.date(*day))


@pytest.mark.parametrize("text", ["2026-02-30", "2月30日", "昨天", "1305", "2026", "20261301"])
def test_what_is_no_day_has_a_code(text: str) -> None:
    assert typed("signed_on", text) == Typed(None, "date")


def test_moments_are_days_with_a_clock_or_now() -> None:
    assert typed("applied_at", "t").value == datetime.datetime(2026, 5, 20, 14, 35)
    assert typed("applied_at", "5.6").value == datetime.datetime(2026, 5, 6)
    assert typed("applied_at", "2026-5-6 9:30").value == datetime.datetime(2026, 5, 6, 9, 30)
    assert typed("applied_at", "2026-5-6 25:00").fault == "date"


def test_a_credit_code_is_folded_and_checked() -> None:
    assert typed("applicant", "９1440300ma50050230") == Typed("91440300MA50050230")
    assert typed("applicant", "91440300MA50050231").fault == "credit_code.check_digit"
    assert typed("applicant", "9144").fault == "credit_code.length"


def test_accounts_are_numbers_kept_as_text() -> None:
    assert typed("account", "0222 0000 0000 0000 001").value == "0222000000000000001"
    assert typed("account", "二二二").fault == "account"


def test_names_keep_their_width_and_blanks_are_nothing() -> None:
    assert typed("applicant_name", " 湾畔（集团）公司 ").value == "湾畔（集团）公司"
    assert typed("applicant_name", "   ") == Typed(None)


def test_what_is_shown_is_read_back_as_the_same() -> None:
    for field, text in (("contract_amount", "=3*7.01"), ("signed_on", "5.6"), ("applied_at", "5.6 ")):
        value = typed(field, text).value
        assert typed(field, as_typed(FACTS[field], value)).value == value
    assert as_typed(Fact("x", "yes_no"), True) == "yes"


def test_every_field_of_a_row_can_be_typed_and_every_fault_has_its_sentence() -> None:
    assert set(SAID) <= set(FACTS)
    assert set(NEEDED) <= set(SAID)
    codes: tuple[str, ...] = ("amount", "sum", "date", "rate", "integer", "yes_no", "account", "too_long")
    codes += ("credit_code.length", "credit_code.character", "credit_code.check_digit", "needed")
    codes += ("ends_before_starts", "signed_before_founding", "net_above_gross")
    for code in codes:
        assert all(has(f"typed.{code}", lang) for lang in LANGUAGES), code


@pytest.mark.parametrize(
    ("text", "kind"),
    [("企业", "enterprise"), ("有限公司", "enterprise"), ("Sole trader", "sole_trader"), ("club", "club")],
)
def test_a_kind_of_applicant_is_known_by_its_words(text: str, kind: str) -> None:
    assert typed("applicant_kind", text) == Typed(kind)


@pytest.mark.parametrize("text", ["科技型单位", "其他组织", "企业、高校"])
def test_a_word_that_nobody_knows_is_no_kind_and_refuses_no_case(text: str) -> None:
    """An import rejects it; by hand it was stored as it stood, and the rules refused the case for it."""
    assert typed("applicant_kind", text) == Typed(None, "kind")
