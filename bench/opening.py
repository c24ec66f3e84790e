"""Opening a case on its page in an office of a million, beside the same in an office of a hundred.

The case is made by acts: decided, published, approved, its voucher and letter issued, a paper filed. Measured
is the CPU of the whole process, in milliseconds, from asking for the case until its page is painted (`open`),
and from asking until everything about it is read (`read`). The page is gone to before, as in a day's work.

`VOUCHER_DESK_BENCH_ROWS` says how many applications (a million where it is not said).
"""

from __future__ import annotations

import datetime
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casework.core.office import Office
    from desktop.kit.desk import Desk

ROUNDS = 9
FEW = 100
CASE = "XS2026-0001"
Figures = dict[str, float]


def rows() -> list[dict[str, object]]:
    """The measures, as name, ours, peer, ratio, unit and rounds."""
    count = int(os.environ.get("VOUCHER_DESK_BENCH_ROWS", "1000000"))
    ours, peer = _child(count), _child(FEW)
    return [
        {
            "name": f"case_{name}",
            "ours": round(ours[name], 2),
            "peer": round(peer[name], 2),
            "ratio": round(ours[name] / peer[name], 3),
            "unit": "ms CPU",
            "rounds": ROUNDS,
        }
        for name in ours
    ]


def _child(count: int) -> Figures:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "bench.opening", str(count)],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    figures: Figures = json.loads(done.stdout)
    return figures


def _live(office: Office, clock: list[datetime.datetime]) -> None:
    """Take one case through its life, by acts."""
    from casework.award import deciding
    from casework.cases import paper_filing
    from casework.intake import counter_entry
    from casework.issuing import approval, letters, publicity, vouchers
    from casework.rulebook import packs, supplements

    with office.write() as session:  # the made-up decisions were never numbered by the office
        counted = "INSERT INTO number_series SELECT 'decision', 0, coalesce(max(seq), 0) FROM decision"
        session.connection().exec_driver_sql(counted)
    packs.put_in_force(office)
    pack = "shenzhen-training-voucher@2026"
    terms = {"publicity_days": "5", "validity_months": "12", "redemption_days": "30"}
    for parameter, value in terms.items():
        made = supplements.propose_supplement(office, "officer", pack, parameter, value, "bench")
        supplements.confirm_supplement(office, "approver", made.facts["supplement"])
    facts = {
        "applied_at": datetime.datetime(2026, 5, 20, 9, 30),
        "applicant": "91440300MA50050230",
        "applicant_name": "湾畔语言模型有限公司",
        "applicant_kind": "enterprise",
        "founded_on": datetime.date(2020, 3, 1),
        "contract_no": "HT-2026-001",
        "signed_on": datetime.date(2026, 4, 1),
        "contract_amount": 800_000_000,
        "related_party": False,
        "provider_admitted": True,
    }
    counter_entry.submit(office, "officer", facts, CASE)
    paper_filing.add_paper(office, "officer", CASE, "contract", "合同.pdf", b"%PDF-1.4 bench")
    deciding.decide(office, "officer", CASE)
    listed = publicity.publish(office, "officer", cases=(CASE,))
    clock[0] += datetime.timedelta(days=30)
    publicity.end_publicity(office, "officer", listed.facts["publicity"])
    approval.approve(office, "approver", CASE, "纪要")
    vouchers.issue_voucher(office, "officer", CASE)
    letters.issue_approval(office, "officer", CASE)


def measure(count: int) -> Figures:
    """Make the office, open the case again and again, and say the medians."""
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from bench.many_applications import make
    from casework.boards import case_view
    from casework.core.office import SHANGHAI, Office
    from desktop.kit import theme
    from desktop.kit.desk import Desk
    from desktop.pages.case import make as make_page

    app = QApplication([])
    theme.load_fonts()
    theme.apply(app, theme.LIGHT)
    clock = [datetime.datetime(2026, 5, 20, 9, tzinfo=SHANGHAI)]
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder) / "many.office", count)
        with Office.open(Path(folder) / "many.office", clock=lambda: clock[0]).closing() as office:
            _live(office, clock)
            settings = QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)
            desk = Desk(office, settings, _raise)
            desk.sign_in("officer", frozenset(("officer",)))
            page = make_page(desk, theme.LIGHT)
            page.resize(1250, 660)
            page.show()
            opened, read = [], []
            for _ in range(ROUNDS + 1):  # the first reads the policy, once a process
                page.come("none")
                _until_idle(desk)
                start = time.process_time()
                page.come(CASE)
                _until_idle(desk)
                page.grab()
                opened.append((time.process_time() - start) * 1000)
                start = time.process_time()
                case_view.view(office, "officer", CASE)
                read.append((time.process_time() - start) * 1000)
            page.close()
            desk.workers.stop()
    return {"open": statistics.median(opened[1:]), "read": statistics.median(read[1:])}


def _until_idle(desk: Desk) -> None:
    from PySide6.QtWidgets import QApplication

    workers = desk.workers
    while not workers.idle():
        QApplication.processEvents()
        time.sleep(0.001)
    QApplication.processEvents()


def _raise(bug: Exception) -> None:
    raise bug


if __name__ == "__main__":
    json.dump(measure(int(sys.argv[1])), sys.stdout)
