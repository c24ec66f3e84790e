"""The widgets that pages share."""

from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.kit.language import t
from desktop.kit.theme import LIGHT, SHAPES
from desktop.kit.widgets import FaultLabel, chip, clear, empty, link, meaning_of, one_line, tint, words
from models.state_names import APPLICATION


def test_every_state_has_a_meaning_and_only_what_is_over_is_stopped() -> None:
    meanings = {state: meaning_of(state) for state in APPLICATION}
    stopped = {state for state, meaning in meanings.items() if meaning == "stopped"}
    assert stopped == {"refused", "withdrawn", "revoked"}
    assert meanings["submitted"] == "waiting" and meanings["correction"] == "look"


def test_a_chip_says_its_word_with_a_shape_and_is_read_without_it(dressed: QApplication) -> None:
    label = chip("已发券", "done", LIGHT)
    assert label.text() == f"{SHAPES['done']} 已发券"
    assert label.accessibleName() == "已发券"
    assert tint(words("x"), LIGHT.look).palette().windowText().color().name() == LIGHT.look


def test_a_layout_is_emptied_to_the_innermost(dressed: QApplication) -> None:
    whole = QWidget()
    column = QVBoxLayout(whole)
    inner = QVBoxLayout()
    inner.addWidget(QLabel("inside"))
    column.addLayout(inner)
    column.addWidget(one_line("outside"))
    clear(column)
    assert column.count() == inner.count() == 0


def test_an_empty_page_offers_the_one_thing_to_do(dressed: QApplication) -> None:
    done: list[str] = []
    page = empty("case.none", "action.refresh", lambda: done.append("action"))
    (button,) = page.findChildren(QPushButton)
    button.click()
    link("…", lambda: done.append("link")).click()
    assert button.text() == t("action.refresh") and done == ["action", "link"]
    assert not empty("case.none").findChildren(QPushButton)


def test_a_fault_takes_no_room_until_there_is_one_and_is_seen_whole(dressed: QApplication) -> None:
    dialog = QDialog()
    column = QVBoxLayout(dialog)
    fault = FaultLabel(dialog)
    column.addWidget(QLabel("问"))
    column.addWidget(fault)
    dialog.resize(240, 60)
    dialog.show()
    QApplication.processEvents()
    assert not fault.isVisible()
    fault.setText("这件申请目前不能办理，请先核实合同金额后再办理。" * 4)
    QApplication.processEvents()
    assert fault.isVisible() and fault.height() >= fault.heightForWidth(fault.width())
    fault.clear()
    assert not fault.isVisible() and not fault.text()
    dialog.close()
