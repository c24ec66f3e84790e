"""The rules page: every pack in words, what can be done by whom, and what comes of it."""

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton

from casework.boards import policy_board
from casework.rulebook import packs, supplements
from casework.rulebook.shipped_packs import POLICIES
from desktop.kit.ask_dialog import AskDialog
from desktop.kit.language import t
from desktop.pages.policies.pack_check import CheckDialog
from desktop.pages.policies.page import PoliciesPage
from tests.desktop.helpers import press, settle, texts
from tests.desktop.policies.conftest import TRAINING

Shown = Callable[..., PoliciesPage]


def test_every_pack_stands_on_the_left_and_the_chosen_one_is_told(page_of: Shown) -> None:
    page = page_of()
    assert page.list.count() == len(page.shown) > 10
    said = "\n".join(texts(page.detail))
    assert "示例" in said and t("policies.examples_hold", count=len(page.examples)) in said
    assert any(one.waits for one in page.shown)


def test_who_waits_is_named_and_opened(page_of: Shown) -> None:
    page = page_of()
    opened: list[str] = []
    page.opened.connect(opened.append)
    assert page.chosen is not None
    waits = next(waits for waits in page.chosen.waits if waits.totals)
    case = next(one for one in page.detail.findChildren(QPushButton) if one.text() == waits.numbers[0])
    case.click()
    assert opened == [waits.numbers[0]]


def test_an_officer_sees_no_button_of_an_approver(page_of: Shown) -> None:
    buttons = [one.text() for one in page_of("officer").detail.findChildren(QPushButton)]
    assert t("policies.revoke") not in buttons and t("action.withdraw_pack") not in buttons
    assert t("action.try_pack") in buttons
    assert t("action.try_pack") not in [
        one.text() for one in page_of("finance").detail.findChildren(QPushButton)
    ]


def test_a_pack_with_faults_is_shown_with_them_and_a_sound_one_is_proposed(
    page_of: Shown, tmp_path: Path
) -> None:
    page = page_of("officer")
    source = POLICIES / "shenzhen" / "training-voucher-2026.toml"
    mine = tmp_path / "mine.toml"
    text = source.read_text(encoding="utf-8").replace("shenzhen-training-voucher", "mine")
    mine.write_text(text, encoding="utf-8")
    page.propose(mine)
    settle(page.desk)
    (dialog,) = page.findChildren(CheckDialog)
    assert any("示例" in text for text in texts(dialog))
    dialog.accept()
    shutil.copy(source.with_name("training-voucher-2026.examples.csv"), tmp_path / "mine.examples.csv")
    page.propose(mine)
    settle(page.desk)
    assert "mine@2026" in [one.ref for one in page.shown if one.state == "proposed"]


def test_a_file_that_is_no_text_is_refused_in_a_sentence(page_of: Shown, tmp_path: Path) -> None:
    page = page_of("officer")
    said: list[str] = []
    page.desk.said.connect(lambda sentence, meaning: said.append(sentence))
    binary = tmp_path / "mine.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    page.propose(binary)
    settle(page.desk)
    assert len(said) == 1 and "mine.toml" in said[0]
    assert not page.findChildren(QDialog)


def test_what_another_confirms_is_shown_at_once(page_of: Shown) -> None:
    page = page_of()
    supplements.propose_supplement(page.desk.office, "approver2", TRAINING, "startup_ceiling", "50", "纪要")
    page.refresh()
    settle(page.desk)
    assert page.chosen is not None
    given = next(one for one in page.chosen.supplements if one.state == "proposed")
    confirm = next(
        one for one in page.detail.findChildren(QPushButton) if one.text() == t("policies.confirm")
    )
    confirm.click()
    (dialog,) = page.findChildren(AskDialog)
    said = texts(dialog)
    assert any(given.proposed_by in text and given.source in text for text in said)
    press(dialog, Qt.Key.Key_Escape)
    settle(page.desk)
    assert given.id in [one.id for one in page.chosen.supplements if one.state == "proposed"]
    confirm.click()
    dialog = page.findChildren(AskDialog)[-1]
    press(dialog, Qt.Key.Key_Return)
    settle(page.desk)
    assert page.chosen is not None and page.chosen.settled(page.today)["startup_ceiling"] == "50"


def test_the_neighbours_of_a_check_end_where_they_were_withdrawn(page_of: Shown) -> None:
    page = page_of()
    on = datetime.date(2026, 9, 1)
    packs.withdraw_pack(page.desk.office, "approver", TRAINING, on, "停止")
    page.refresh()
    settle(page.desk)
    assert {one.ref: one.in_force_until for one in page.neighbours}[TRAINING] == on
    assert any(t("policies.withdrawn_on", on=on) == text for text in texts(page.detail))
    assert policy_board.board(page.desk.office)
