"""Parts of the import page: where a file is dropped, what was imported, how far it is, what is counted."""

import datetime
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from casework.intake.import_preview import PastImport
from desktop.kit.language import speak, t
from desktop.kit.theme import LIGHT, SHAPES
from desktop.pages.import_.file_widgets import KEEP, Drop, Figures, Headings, History, Working
from desktop.pages.import_.preview_pane import MEANINGS
from tests.desktop.helpers import texts

Kept = Callable[[QWidget], None]


@pytest.fixture
def kept(dressed: QApplication) -> Iterator[Kept]:
    """Keeps a widget until its test has ended."""
    speak("zh")
    made: list[QWidget] = []
    yield made.append
    for widget in made:
        widget.deleteLater()


def test_a_file_is_chosen_where_it_would_be_dropped(kept: Kept) -> None:
    chosen: list[bool] = []
    drop = Drop(lambda: chosen.append(True), LIGHT)
    kept(drop)
    assert texts(drop) == [t("import.drop"), t("import.drop_says")]
    drop.button.click()
    assert chosen == [True]


def test_files_of_the_past_stand_with_their_figures(kept: Kept) -> None:
    at = datetime.datetime(2026, 6, 8, 9, 5, 30)
    history = History()
    kept(history)
    history.put([PastImport("门户.xlsx", at, "officer", 30, 27, 2, 1)])
    says = t("import.past", rows=30, accepted=27, rejected=2, unchanged=1)
    assert texts(history) == [t("import.history"), "2026-06-08 09:05", "门户.xlsx", says, "officer"]
    history.put([])
    assert history.column.count() == 0


def test_work_says_how_far_it_is_and_is_stopped(kept: Kept) -> None:
    stopped: list[bool] = []
    working = Working(lambda: stopped.append(True))
    kept(working)
    working.button.setEnabled(False)
    working.begin("正在读取")
    assert (working.says.text(), working.bar.maximum()) == ("正在读取", 0)
    working.moved(1_500, 12_000)
    assert (working.bar.value(), working.bar.maximum()) == (1_500, 12_000)
    assert working.says.text() == "正在读取　" + t("import.done_of", done="1,500", of="12,000")
    working.moved(7, 0)
    assert working.bar.maximum() == 0 and "12,000" in working.says.text()
    working.button.click()
    assert stopped == [True], "what begins can be stopped again"


def test_figures_are_marked_where_there_is_something_and_lead_to_their_rows(kept: Kept) -> None:
    figures = Figures(LIGHT)
    kept(figures)
    figures.put({"rejected": 2, "findings": 0, "accepted": 5}, MEANINGS)
    assert [figures.buttons[name].text() for name in Figures.NAMES] == [
        f"{SHAPES['stopped']} {t('import.figure.rejected', count=2)}",
        t("import.figure.findings", count=0),
        f"{SHAPES['done']} {t('import.figure.accepted', count=5)}",
    ]
    chosen: list[str] = []
    figures.chosen.connect(chosen.append)
    figures.choose("accepted")
    figures.buttons["findings"].click()
    assert chosen == ["accepted", "findings"]
    assert [name for name in Figures.NAMES if figures.buttons[name].isChecked()] == ["findings"]


def test_a_heading_is_taught_what_it_means_or_is_kept(kept: Kept) -> None:
    headings = Headings()
    kept(headings)
    taught: list[tuple[str, str]] = []
    headings.taught.connect(lambda heading, field: taught.append((heading, field)))
    headings.put(["价码", "备注"], {"备注": "district"}, needed=True)
    assert list(headings.boxes) == ["备注", "价码"], "what was taught stands first"
    assert [box.currentData() for box in headings.boxes.values()] == ["district", KEEP]
    assert headings.says.text() == t("import.headings_needed", count=2)
    box = headings.boxes["价码"]
    box.activated.emit(box.findData("contract_amount"))
    box.activated.emit(0)
    assert taught == [("价码", "contract_amount"), ("价码", KEEP)]


def test_headings_that_are_there_already_are_only_marked_anew(kept: Kept, dressed: QApplication) -> None:
    headings = Headings()
    kept(headings)
    headings.put(["价码"], {}, needed=False)
    box = headings.boxes["价码"]
    headings.put([], {"价码": "contract_amount"}, needed=False)
    assert headings.boxes["价码"] is box and box.currentData() == "contract_amount"
    dressed.processEvents()
    assert not headings.isHidden() and t("import.heading", heading="价码") in texts(headings)
    headings.put(["金额"], {}, needed=False)
    dressed.processEvents()
    assert list(headings.boxes) == ["金额"]
    assert texts(headings)[1:] == [t("import.heading", heading="金额")]
    headings.put([], {}, needed=False)
    assert headings.isHidden()
