"""The palette finds pages and actions by a few letters."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from desktop.frame.help_windows import HelpWindow
from desktop.frame.main_window import Frame
from desktop.frame.palette import Palette, matches
from desktop.kit.language import t
from desktop.pages.policies.wizard import WizardDialog
from tests.desktop.helpers import press, settle, type_text


def test_the_palette_finds_a_page_by_letters_or_pinyin(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("officer")
    settle(frame.desk)
    frame.do_palette()
    palette = frame.findChild(Palette)
    assert isinstance(palette, Palette)
    type_text(palette.field, "zl")
    assert palette.list.count() >= 1
    assert any(palette.list.item(row).text().startswith("总览") for row in range(palette.list.count()))
    palette.field.clear()
    type_text(palette.field, "总览")
    press(palette.field, Qt.Key.Key_Return)
    settle(frame.desk)
    assert frame.page is not None and frame.page.name == "overview"


def test_the_form_that_writes_a_pack_is_found_on_the_page_of_the_rules(
    frame_of: Callable[..., Frame],
) -> None:
    frame = frame_of("officer")
    frame.rail_buttons["policies"].click()
    settle(frame.desk)
    frame.do_palette()
    palette = frame.findChild(Palette)
    assert isinstance(palette, Palette)
    type_text(palette.field, "bxzcb")
    press(palette.field, Qt.Key.Key_Return)
    settle(frame.desk)
    (dialog,) = frame.findChildren(WizardDialog)
    assert dialog.isVisible()
    dialog.reject()
    frame.do_help()
    window = frame.findChild(HelpWindow)
    assert isinstance(window, HelpWindow)
    assert t("action.write_pack") in window.browser.toPlainText()
    window.close()


def test_words_match_by_every_piece() -> None:
    assert matches("提交补充规定", "tjbc")
    assert matches("提交补充规定", "补充 提交")
    assert not matches("提交补充规定", "公示")
