"""The measure of opening a case opens a case."""

import pytest

from bench import opening


@pytest.mark.slow
def test_it_measures_both_offices_and_a_case_opens_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOUCHER_DESK_BENCH_ROWS", "2000")
    found = {str(row["name"]): row for row in opening.rows()}
    assert set(found) == {"case_open", "case_read"}
    assert all(float(str(row["ratio"])) < 3 for row in found.values())
    assert float(str(found["case_open"]["ours"])) < 500
