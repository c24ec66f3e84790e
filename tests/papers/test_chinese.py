"""Papers are Chinese whatever the screen speaks."""

from datetime import date

import pytest

from papers.chinese import on, say


def test_dates_have_arabic_figures_and_no_zeros(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOUCHER_DESK_LANG", "en")
    assert on(date(2026, 5, 6)) == "2026年5月6日"
    assert say("sheet.prepared") == "经办"
