"""Cells into values: many dresses of the same thing, and nothing guessed."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.reading import portal_values
from papers.reading.portal_values import Bad, Cell, Trouble
from rules import money


def why(read: object, *cell: object) -> tuple[str, str]:
    with pytest.raises(Bad) as caught:
        read(*cell)  # type: ignore[operator]
    return caught.value.code, caught.value.why


@pytest.mark.parametrize(
    ("cell", "unit", "fen"),
    [
        (2179570.72, 100, 217957072),
        (0.1 + 0.2, 100, 30),
        (28950000.0, 100, 2895000000),
        (0.0, 100, 0),
        (9999999999999.99, 100, 999999999999999),
        (1234.5678, money.WAN_FEN, 1234567800),
        (0.3, money.YI_FEN, 3000000000),
        ("￥2,056,198.79", 100, 205619879),
        ("１８８６７９２４.５２", 100, 1886792452),
        (" 305358.90\xa0", 100, 30535890),
        ("19707547.16元", 100, 1970754716),
        ("2000万元", 100, 2000000000),
        ("800", money.WAN_FEN, 800000000),
        ("", 100, None),
        (" \u3000", 100, None),
        (None, 100, None),
    ],
)
def test_amounts_are_read_to_the_fen(cell: Cell, unit: int, fen: int | None) -> None:
    assert portal_values.amount(cell, unit) == fen


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("待定", "letter"),
        (12.345, "decimals"),
        (0.005, "decimals"),
        (1e-7, "decimals"),
        (-1.0, "sign"),
        ("-1", "sign"),
        (1e18, "exponent"),
        (1e14, "limit"),
        (True, "kind"),
        (datetime(2026, 5, 6), "kind"),
        ("1,23.00", "comma"),
        ("￥", "letter"),
    ],
)
def test_an_amount_that_is_not_certain_is_refused(cell: Cell, reason: str) -> None:
    code, detail = why(portal_values.amount, cell, 100)
    assert code == "amount" and (detail == reason or reason == "letter")


@given(st.integers(min_value=0, max_value=10**15))
def test_any_amount_survives_a_spreadsheets_float(fen: int) -> None:
    assert portal_values.amount(float(f"{fen // 100}.{fen % 100:02d}"), 100) == fen


def test_accounts_keep_every_digit_or_are_refused() -> None:
    assert portal_values.account("6599188127527645161") == "6599188127527645161"
    assert portal_values.account(" ６５９９ 1881 2752 7645 161 ") == "6599188127527645161"
    assert portal_values.account('="0012345"') == "0012345"
    assert portal_values.account("'0012345") == "0012345"
    assert portal_values.account("755-9188-1275") == "755-9188-1275"
    assert portal_values.account("") is None
    for cell in (6.710895647149976e18, 12345.0, "6.71090E+18", True, date(2026, 1, 1)):
        assert why(portal_values.account, cell)[0] == "account_as_number"


def test_ids_are_text_or_the_files_own_digits() -> None:
    assert portal_values.identity(" XLQ２０２６-001 ") == "XLQ2026-001"
    assert portal_values.identity("深科（2026）1号") == "深科（2026）1号"
    assert why(portal_values.identity, 20260001.0)[0] == "id_as_number"
    assert why(portal_values.identity, "1.23E+11")[0] == "id_as_number"
    assert why(portal_values.identity, date(2026, 1, 1))[0] == "id_as_number"
    assert portal_values.identity_of_digits("20260001") == "20260001"
    for stored in (None, "1.5", "1E+20", "1234567890123456", ""):
        assert why(portal_values.identity_of_digits, stored)[0] == "id_as_number"


def test_credit_codes_are_checked() -> None:
    assert portal_values.credit_code("９１４４０３００ＭＡ５００５０６８Ｋ") == "91440300MA5005068K"
    assert portal_values.credit_code(" 91440300ma5005070u ") == "91440300MA5005070U"
    assert why(portal_values.credit_code, "91440300MA50050550") == ("credit_code", "check_digit")
    assert why(portal_values.credit_code, "9144") == ("credit_code", "length")
    assert why(portal_values.credit_code, 9.1440300123456e17) == ("credit_code", "number")
    assert why(portal_values.credit_code, "9.14403E+17") == ("credit_code", "number")
    assert portal_values.credit_code("") is None


def test_texts_lie_on_one_line() -> None:
    assert portal_values.text(" 深圳市\xa0某某\u3000公司\n", 50) == "深圳市 某某 公司"
    assert portal_values.text("镕垚𬭚\u200b公司\ufeff", 50) == "镕垚𬭚公司"
    assert portal_values.text("（集团）", 50) == "（集团）"
    assert portal_values.text("\u200b", 50) is None
    assert why(portal_values.text, "x" * 51, 50) == ("too_long", "50")
    for odd in ("a\x01b", "a\u202eb", "a\x7fb"):
        assert why(portal_values.text, odd, 50)[0] == "control"


def test_a_value_that_is_not_there_is_not_empty() -> None:
    trouble = Trouble("cell_error", "#N/A")
    for read in (
        portal_values.account,
        portal_values.credit_code,
        portal_values.identity,
    ):
        assert why(read, trouble)[0] == "cell_error"
    assert why(portal_values.amount, trouble, 100)[0] == "cell_error"
    assert why(portal_values.text, trouble, 9)[0] == "cell_error"
    assert portal_values.shown(trouble) == "#N/A"


def test_what_is_shown_disturbs_no_terminal() -> None:
    assert portal_values.shown("a\x1b[31mb\nc") == "a\N{REPLACEMENT CHARACTER}[31mb c"
    assert portal_values.shown(6.710895647149976e18) == "6.71089564714998E+18"
    assert portal_values.shown(20000000.0) == "20000000"
    assert portal_values.shown(1e-7) == "0.0000001"
    assert len(portal_values.shown("长" * 500)) == 80
    assert portal_values.plain(True) == "yes" and portal_values.plain(date(2026, 5, 7)) == "2026-05-07"


def test_the_last_millisecond_of_a_window_is_not_the_next_day() -> None:
    last = datetime(2026, 6, 5, 23, 59, 59, 999_000)
    assert portal_values.nearest_second(last) == datetime(2026, 6, 5, 23, 59, 59)
    assert portal_values.nearest_second(datetime(2026, 5, 6, 1, 55, 59, 999_997)) == datetime(
        2026, 5, 6, 1, 56
    )
