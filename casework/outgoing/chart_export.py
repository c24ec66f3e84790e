"""The figures behind the charts, out of the office as a list: amounts in yuan, shares in per cent."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from sqlmodel import Session

import words
from casework.boards.chart_data import Chart
from casework.core.act import By
from casework.core.change import Change
from casework.core.files_out import Taken, Tray, take_out
from casework.core.office import Office
from casework.outgoing import list_export
from papers.ledgers.ledger_column import Column, said_in

PREFIXES = {"budgets": "budget", "by_kind": "choice", "by_age": "chart.age", "waiting": "state"}
"""Where the labels of a chart that are codes have their words."""


class Figure(NamedTuple):
    """One value of a chart: the row's label, which of the series, and how much."""

    chart: Chart
    label: str
    series: int
    value: int | None
    lang: str

    def of_unit(self, *units: str) -> int | None:
        """The value, where it is counted in one of these units."""
        return self.value if unit(self.chart, self.series) in units else None

    @property
    def millionths(self) -> int | None:
        """The value, where it is a share."""
        permille = self.of_unit("permille")
        return None if permille is None else permille * 1000

    def said(self, code: str) -> str:
        """A sentence of the chart's."""
        return words.say(f"chart.{code}", self.lang)


COLUMNS: tuple[Column[Figure], ...] = (
    Column("overview.chart", lambda one: one.said(one.chart.name), width=24),
    Column("overview.label", lambda one: label(one.chart, one.label, one.lang), width=20),
    Column("overview.series", lambda one: one.said(f"series.{one.chart.series[one.series]}"), width=14),
    Column("overview.money", lambda one: one.of_unit("fen"), "money", 18),
    Column("overview.number", lambda one: one.of_unit("cases", "days"), "number", 12),
    Column("overview.share", lambda one: one.millionths, "rate", 12),
)


def label(chart: Chart, text: str, lang: str) -> str:
    """A row's label in words: a state, a kind, an age, a month, or a name as it stands; what stands behind a
    blank tells rows of one code apart."""
    code, _, of = text.partition(" ")
    of = chart.titles.get(of, (of, of))[lang != "zh"]
    code = f"{PREFIXES.get(chart.name)}.{code}"
    code = {"state.suspended": "state.aside"}.get(code, code)  # blocked and put aside are one stored state
    if chart.name in PREFIXES:
        return f"{words.say(code, lang)} {of}".strip() if words.has(code, lang) else text
    return text or words.say("chart.unknown", lang)


def unit(chart: Chart, series: int) -> str:
    """What a series is counted in."""
    return "days" if chart.series[series] == "days" else chart.unit


def export(office: Office, by: str | By, path: Path, charts: Iterable[Chart], lang: str) -> Change:
    """Act `export`: the figures of charts as a workbook, every value a row."""
    columns, title = said_in(lang, COLUMNS), words.say("page.overview", lang)
    return list_export.export(office, by, path, columns, _figures(charts, lang), title=title, lang=lang)


def save_picture(office: Office, by: str | By, path: Path, chart: Chart, body: bytes, lang: str) -> Change:
    """Act `export`: the picture of a chart, as it was drawn."""

    def make(session: Session, tray: Tray) -> Taken:
        tray.draft(path).write_bytes(body)
        title = words.say(f"chart.{chart.name}", lang)
        return Taken("list", {"kind": "picture", "title": title, "rows": len(chart.rows)})

    return take_out(office, by, make)


def _figures(charts: Iterable[Chart], lang: str) -> Iterator[Figure]:
    for chart in charts:
        for name, values in chart.rows:
            for series, value in enumerate(values):
                yield Figure(chart, name, series, value, lang)
