"""What the parts of the page share."""

import datetime

from PySide6.QtWidgets import QApplication

from casework.rulebook.shipped_packs import shipped
from desktop.kit.language import speak
from desktop.kit.theme import LIGHT
from desktop.kit.widgets import one_line
from desktop.pages.case.page_part import at, field_title, plain, small_link, wrapped
from rules.policy import Policy


def test_moments_are_on_the_office_s_clock() -> None:
    assert at(datetime.datetime(2026, 5, 20, 16, 5, tzinfo=datetime.UTC)) == "2026-05-21 00:05"


def test_a_field_bears_the_office_s_word_or_the_pack_s() -> None:
    speak("zh")
    pack = next(one for one in shipped() if one.id == "hangzhou-compute-voucher")
    policy = Policy(pack)
    assert field_title(policy, "domestic_compute") == pack.facts["domestic_compute"].title
    assert field_title(policy, "contract_amount") == "合同金额"
    assert field_title(None, "contract_amount") == "合同金额"
    assert field_title(None, "nameless") == "nameless"


def test_words_wrap_or_are_cut_with_the_whole_as_a_tool_tip(dressed: QApplication) -> None:
    assert wrapped("很长的话").wordWrap()
    cut = one_line("很长的名称")
    assert not cut.wordWrap() and cut.toolTip() == "很长的名称"
    assert plain("标签", muted=True).property("muted") is True
    done: list[int] = []
    small_link("打开", lambda: done.append(1), LIGHT).click()
    assert done == [1]
