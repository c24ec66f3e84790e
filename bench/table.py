"""The list of a million applications beside the model that Qt's own tutorial builds: all rows in a Python
list.

Both sides are real views on the same office, each in a process of its own, with the same columns. The
tutorial's side reads its rows with one `fetchall` and keeps them; it sorts with `list.sort`, and searches
with a LIKE over the names and reads what it found. Ours is the applications' page's own table.

Wall-clock milliseconds from the question to the rows on screen (`first_rows`, `sort`, `search`); CPU
milliseconds of the window for a wheel step (`wheel`); MB that the process has grown by (`memory`); and the
95th percentile of the gaps between two turns of the window's loop while an import of 20,000 rows runs in a
worker, beside the same without the import (`gap`). `table_unindexed_sort` and `table_common_search` (two
characters that every name holds) are the dearest questions one can ask.

`VOUCHER_DESK_BENCH_ROWS` says how many applications (a million where it is not said).
"""

from __future__ import annotations

import csv
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 5
STEPS = 60
IMPORTED = 20_000
HEADINGS = (
    "申报编号", "申报时间", "单位名称", "统一社会信用代码", "单位类型", "服务机构名称",
    "合同编号", "合同签订日期", "合同金额（元）",
)  # fmt: skip
Figures = dict[str, float]


def rows() -> list[dict[str, object]]:
    """The measures of the list, as name, ours, peer, ratio, unit and rounds."""
    from bench.many_applications import make
    from casework.boards import case_search
    from casework.core.office import Office

    count = int(os.environ.get("VOUCHER_DESK_BENCH_ROWS", "1000000"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.office"
        make(path, count)
        with Office.open(path).closing() as office:
            case_search.catch_up(office)
        peer, ours = _child("peer", path), _child("ours", path)
    units = {"memory": "MB", "gap": "ms, 95th percentile"}
    return [
        {
            "name": f"table_{name}",
            "ours": round(ours[name], 2),
            "peer": round(peer[name], 2) if name in peer else None,
            "ratio": round(ours[name] / peer[name], 3) if peer.get(name) else None,
            "unit": units.get(name, "ms CPU"),
            "rounds": ROUNDS,
        }
        for name in ours
    ]


def _child(side: str, path: Path) -> Figures:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "bench.table", side, str(path)],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    figures: Figures = json.loads(done.stdout)
    return figures


def _memory() -> float:
    """What the process holds now, in MB."""
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6


class _Bench:
    """A view, and how to ask it something and wait for the answer on screen."""

    def __init__(self, view: Any, settled: Callable[[], bool]) -> None:
        self.view, self.settled = view, settled

    def until_shown(self, ask: Callable[[], object]) -> float:
        """CPU milliseconds from asking until the rows are painted."""
        from PySide6.QtWidgets import QApplication

        start = time.process_time()
        ask()
        while not self.settled():
            QApplication.processEvents()
            time.sleep(0.002)
        self.view.viewport().repaint()
        return (time.process_time() - start) * 1000

    def median(self, asks: list[Callable[[], object]], between: Callable[[], object] | None = None) -> float:
        """The median over several questions; ``between`` puts things back."""
        times = []
        for ask in asks:
            times.append(self.until_shown(ask))
            if between is not None:
                self.until_shown(between)
        return statistics.median(times)

    def wheel(self) -> float:
        """CPU milliseconds of the window for a wheel step of three rows, painted."""
        from PySide6.QtWidgets import QApplication

        bar, times = self.view.verticalScrollBar(), []
        for step in range(STEPS):
            bar.setValue(40_000 + 3 * step)
            start = time.thread_time()
            bar.setValue(40_000 + 3 * (step + 1))
            QApplication.processEvents()
            times.append((time.thread_time() - start) * 1000)
        return statistics.median(times)


def _application() -> Any:
    from PySide6.QtWidgets import QApplication

    from desktop.kit import theme

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.load_fonts()
    theme.apply(app, theme.LIGHT)
    return app


def ours(path: Path) -> Figures:
    """Our side."""
    from PySide6.QtCore import QSettings

    from casework.boards.application_list import Query
    from casework.core.office import Office
    from desktop.kit.jobs import Workers
    from desktop.kit.theme import LIGHT
    from desktop.lists.pane import TablePane
    from desktop.pages.applications.columns import Applications

    app = _application()
    workers = Workers(_broken)
    office = Office.open(path)
    applications = Applications(office)
    applications.names()
    settings = QSettings(str(path.with_suffix(".ini")), QSettings.Format.IniFormat)
    pane: TablePane[Query] = TablePane(workers, applications.spec, LIGHT, settings)
    pane.resize(1082, 640)
    pane.show()
    app.processEvents()
    before = _memory()
    bench = _Bench(pane.view, workers.idle)
    figures: Figures = {"first_rows": bench.until_shown(lambda: pane.ask(Query()))}
    figures["wheel"] = bench.wheel()
    orders = [Query(descending=way) for way in (False, True)] + [Query(sort="case_no", descending=True)]
    figures["sort"] = bench.median([lambda q=query: pane.ask(q) for query in orders])  # type: ignore[misc]
    back = Query()
    bench.until_shown(lambda: pane.ask(back))
    ask = [lambda: pane.ask(Query("智算"))] * ROUNDS
    figures["search"] = bench.median(ask, lambda: pane.ask(back))  # type: ignore[arg-type]
    figures["memory"] = _memory() - before
    figures["common_search"] = bench.median([lambda: pane.ask(Query("深圳"))] * 3, lambda: pane.ask(back))
    figures["unindexed_sort"] = bench.until_shown(lambda: pane.ask(Query(sort="contract_amount")))
    figures["gap"] = _gap_while_importing(office, path, workers, pane)
    workers.stop()
    office.close()
    return figures


def _gap_while_importing(office: Any, path: Path, workers: Any, pane: Any) -> float:
    from casework.intake import portal_import

    portal = path.with_suffix(".csv")
    _portal_file(portal, IMPORTED)
    accepted: list[int] = []
    workers.start(
        lambda job: portal_import.import_file(office, "officer", portal).accepted, accepted.append, pool="act"
    )
    gap = _gaps(pane.view, lambda: not workers.idle())
    if accepted != [IMPORTED]:
        raise AssertionError(f"the import took {accepted}")
    return gap


def _portal_file(path: Path, count: int) -> None:
    from casework.founding.made_up_applications import credit_code

    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for n in range(count):
            code = credit_code("440399", 20_000_000 + n)
            name, contract = f"深圳量子{n}有限公司", f"NEW-{n:07d}"
            row = ("2026-06-01 09:00", name, code, "企业", "湾畔云", contract, "2026-05-01", "500000")
            writer.writerow((f"ZZ2026{n:07d}", *row))


def _gaps(view: Any, going: Callable[[], bool]) -> float:
    """The 95th percentile of the gaps between turns of the loop, while one scrolls."""
    from PySide6.QtWidgets import QApplication

    bar, gaps, turn = view.verticalScrollBar(), [], 0
    last = time.perf_counter()
    while going():
        turn += 1
        if turn % 20 == 0:
            bar.setValue(bar.value() + 3)
        QApplication.processEvents()
        now = time.perf_counter()
        gaps.append((now - last) * 1000)
        last = now
        time.sleep(0.001)
    return statistics.quantiles(gaps, n=20)[18] if len(gaps) > 20 else 0.0


def peer(path: Path) -> Figures:
    """The tutorial's side."""
    from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
    from PySide6.QtWidgets import QTableView

    from casework.boards.application_list import _ROWS, _from
    from casework.core.cursor_reads import connected
    from casework.core.office import Office
    from desktop.pages.applications.columns import COLUMNS

    app = _application()
    office = Office.open(path)
    shown = [number for number, column in enumerate(COLUMNS) if not column.hidden]
    display = Qt.ItemDataRole.DisplayRole

    class Model(QAbstractTableModel):
        """As the tutorial of Qt for Python has it."""

        def __init__(self) -> None:
            super().__init__()
            self.kept: list[Any] = []

        def load(self, where: str = "") -> None:
            with connected(office) as (connection, _):
                sql = f"SELECT {_ROWS} {_from('vdpr')} {where} ORDER BY a.applied_at DESC"
                found = connection.execute(sql).fetchall()
            self.beginResetModel()
            self.kept = found
            self.endResetModel()

        def order(self, at: int, down: bool) -> None:
            self.beginResetModel()
            self.kept.sort(key=lambda row: row[at], reverse=down)
            self.endResetModel()

        def rowCount(self, parent: Any = None) -> int:
            return len(self.kept)

        def columnCount(self, parent: Any = None) -> int:
            return len(shown)

        def data(self, index: QModelIndex, role: int = display) -> Any:  # type: ignore[override]
            if role == display:
                value = self.kept[index.row()][1 + shown[index.column()]]
                return "" if value is None else str(value)
            return None

    model, view = Model(), QTableView()
    view.setModel(model)
    view.resize(1082, 640)
    view.show()
    app.processEvents()
    before = _memory()
    bench = _Bench(view, lambda: True)
    figures: Figures = {"first_rows": bench.until_shown(model.load)}
    figures["wheel"] = bench.wheel()
    figures["sort"] = bench.median(
        [lambda: model.order(2, False), lambda: model.order(2, True), lambda: model.order(1, True)]
    )
    figures["memory"] = _memory() - before
    start = time.perf_counter()
    figures["gap"] = _gaps(view, lambda: time.perf_counter() < start + 3)
    figures["unindexed_sort"] = bench.until_shown(lambda: model.order(9, True))
    named = "WHERE v.applicant_name LIKE '%{}%'"
    figures["search"] = bench.until_shown(lambda: model.load(named.format("智算")))
    figures["common_search"] = bench.until_shown(lambda: model.load(named.format("深圳")))
    office.close()
    return figures


def _broken(bug: BaseException) -> None:
    raise bug


if __name__ == "__main__":
    found = {"ours": ours, "peer": peer}[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps(found))
