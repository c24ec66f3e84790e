"""Square codes: their text, the amount that it means, and its check sum."""

from __future__ import annotations

import pytest

from papers.invoices import square_code
from tests.papers.invoices.made import OLD, Paper

PAPER = Paper()


def values(text: str) -> dict[str, str]:
    code = square_code.read(text)
    return {} if code is None else {name: value.text for name, value in code.values.items()}


def test_the_amount_is_gross_today_and_net_in_the_older_kinds() -> None:
    said = values("01,31,,26442000009900000031,1000000.00,20260511,,605B")
    assert said == {
        "kind": "special", "number": "26442000009900000031", "gross": "1000000.00", "issued_on": "2026-05-11",
    }  # fmt: skip
    assert values(OLD.square)["net"] == "100000.00" and "gross" not in values(OLD.square)


def test_blanks_dashes_and_a_missing_check_sum() -> None:
    said = values("01, 32 ,,26442000009900000031, 10.50 ,2026-05-11,,")
    assert (said["kind"], said["gross"], said["issued_on"]) == ("general", "10.50", "2026-05-11")
    assert square_code.crc_fits("01,32,,26442000009900000031,10.50,20260511,,")


def test_the_check_sum_warns() -> None:
    assert square_code.crc_fits(PAPER.square) and square_code.crc_fits(PAPER.square + ",")
    assert not square_code.crc_fits(PAPER.square.replace("106000.00", "906000.00"))


def test_a_link_has_number_and_day() -> None:
    said = values("https://dppt.shenzhen.example/v?Fphm=26952000001234567890&Kprq=20260609101112&Jym=1")
    assert said == {"number": PAPER.number, "issued_on": "2026-06-09"}


@pytest.mark.parametrize(
    "text", ["", "hello", "01,31,,x,1.00,20260101,,", "https://example.org/?a=1", "02,1,2,3,4,5"]
)
def test_other_codes_say_nothing(text: str) -> None:
    assert values(text) == {}
