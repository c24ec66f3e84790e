"""Filters read what people write, and say beside the field what they can't read."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from casework.boards.application_list import Filter
from casework.core.refused import Refused
from desktop.kit.language import speak, t
from desktop.pages.applications.filters import FilterDialog, words_of


def said(column: str, value: Any) -> str:
    return t("applications.filter.empty") if value is None else str(value)


@pytest.fixture
def ask(dressed: QApplication) -> Iterator[Callable[..., tuple[FilterDialog, list[Filter | None]]]]:
    speak("zh")
    parent = QWidget()

    def show(column: str, before: Filter | None = None) -> tuple[FilterDialog, list[Filter | None]]:
        dialog = FilterDialog(parent, column, before)
        chosen: list[Filter | None] = []
        dialog.chosen.connect(chosen.append)
        dialog.show()
        return dialog, chosen

    yield show
    parent.deleteLater()


@pytest.mark.parametrize(
    ("column", "low", "high", "values"),
    [
        ("contract_amount", "50万元", "", (50_000_000, None)),
        ("contract_amount", "１，０００．５０", "2000", (100_050, 200_000)),
        ("applied_at", "2026-05-06", "2026/5/7", (datetime.date(2026, 5, 6), datetime.date(2026, 5, 7))),
        ("contract_amount", "1.2万+3000", "2亿", (1_500_000, 20_000_000_000)),
        ("applied_at", "20260506", "", (datetime.date(2026, 5, 6), None)),
        ("applied_at", "", "2026年5月6日", (None, datetime.date(2026, 5, 6))),
    ],
)
def test_bounds_are_read_as_people_write_them(
    ask: Any, column: str, low: str, high: str, values: tuple[Any, Any]
) -> None:
    dialog, chosen = ask(column)
    dialog.low.setText(low)
    dialog.high.setText(high)
    dialog.accept()
    assert chosen == [Filter(column, "between", values)]


@pytest.mark.parametrize(
    ("column", "low", "high", "code"),
    [
        ("applied_at", "2026-02-30", "", "bad.moment"),
        ("contract_amount", "2", "1", "order"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(
    ask: Any, column: str, low: str, high: str, code: str
) -> None:
    dialog, chosen = ask(column)
    dialog.low.setText(low)
    dialog.high.setText(high)
    dialog.accept()
    assert dialog.fault.text() == t(f"applications.filter.{code}", text=low)
    assert dialog.isVisible() and chosen == [] and dialog.low.text() == low
    dialog.reject()


def test_an_amount_that_cannot_be_read_is_refused_as_everywhere(ask: Any) -> None:
    dialog, chosen = ask("contract_amount")
    dialog.low.setText("五十")
    dialog.accept()
    refusal = Refused("refused.no_amount", field=t("applications.filter.low"), value="五十")
    assert dialog.fault.text() == refusal.say("zh") and chosen == []
    dialog.reject()


def test_values_are_ticked_and_narrowed(ask: Any) -> None:
    dialog, chosen = ask("district", Filter("district", "in", ("南山区",)))
    dialog.offer({"福田区": 12, "南山区": 3, None: 1}, said)
    rows = [dialog.values.item(row).text() for row in range(3)]
    assert rows == ["南山区  3", "福田区  12", "（空）  1"]
    dialog.text.setText("福田")
    assert [dialog.values.item(row).isHidden() for row in range(3)] == [True, False, True]
    dialog.values.item(2).setCheckState(dialog.values.item(0).checkState())
    dialog.accept()
    assert chosen == [Filter("district", "in", ("南山区", None))]


def test_nothing_chosen_is_no_filter(ask: Any) -> None:
    for column in ("district", "contract_amount", "applicant_name"):
        dialog, chosen = ask(column)
        dialog.accept()
        assert chosen == [None]


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (Filter("district", "in", ("南山区", "福田区")), "所属区：南山区或福田区"),
        (Filter("district", "in", ("南山区", "福田区", None)), "所属区：南山区等 3 项"),
        (Filter("district", "in", (None,)), "所属区：（空）"),
        (Filter("applicant_name", "contains", ("智算",)), "单位名称：含“智算”"),
        (Filter("contract_amount", "between", (100, 200)), "合同金额（元）：1.00 至 2.00"),
        (Filter("applied_at", "between", (None, datetime.date(2026, 5, 6))), "申报时间：至 2026-05-06"),
    ],
)
def test_a_filter_in_words(dressed: QApplication, one: Filter, words: str) -> None:
    speak("zh")
    assert words_of(one, said) == words
