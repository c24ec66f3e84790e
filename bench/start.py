"""The first window beside a bare one: from an empty process to the first picture on screen.

The peer is a main window with an empty table over a model of its own, as Qt's manual begins. Both run in
processes of their own, in turn, offscreen; what counts is the CPU time of the whole process.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.rounds import Row, row

ROUNDS = 9
PEER = """
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

class Rows(QAbstractTableModel):
    def rowCount(self, parent=QModelIndex()): return 0
    def columnCount(self, parent=QModelIndex()): return 0
    def data(self, index, role=Qt.ItemDataRole.DisplayRole): return None

app = QApplication([])
window, table, rows = QMainWindow(), QTableView(), Rows()
table.setModel(rows)
window.setCentralWidget(table)
window.show()
app.processEvents()
window.grab()
"""
OURS = """
import sys
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from desktop.program.app import Program, makers

app = QApplication([])
program = Program(app, QSettings(sys.argv[1], QSettings.Format.IniFormat), makers())
program.start.open()
app.processEvents()
program.start.grab()
"""


def rows() -> list[Row]:
    """One row: milliseconds of CPU to the first picture."""
    with tempfile.TemporaryDirectory() as folder:
        settings = str(Path(folder) / "settings.ini")
        ours, peer = [], []
        for number in range(-1, ROUNDS):
            first, second = _cpu(OURS, settings), _cpu(PEER, settings)
            if number >= 0:
                ours.append(first)
                peer.append(second)
    unit = "ms CPU to the first window, process and all"
    return [row("window_first_paint", statistics.median(ours), statistics.median(peer), unit, ROUNDS)]


def _cpu(program: str, settings: str) -> float:
    """Milliseconds of CPU that a process of this program takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(
        [sys.executable, "-c", program, settings],
        check=True,
        cwd=Path(__file__).resolve().parent.parent,
        env=offscreen,
        stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
