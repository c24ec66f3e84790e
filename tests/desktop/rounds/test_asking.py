"""What the page of rounds asks: a new round with its window, its end, an objection and what becomes of it."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton

from casework.core.office import SHANGHAI
from casework.core.refused import Refused
from casework.issuing import publicity
from desktop.frame.main_window import Frame
from desktop.kit.language import t
from desktop.pages.rounds.asking import moment
from models import Objection, Publicity, Round
from tests.desktop.helpers import button, settle
from tests.desktop.rounds.conftest import asked, page_of, put
from tests.desktop.stages import rows, standing_at

TODAY = datetime.date(2026, 7, 20)


def test_a_moment_is_a_day_or_a_day_and_a_time_at_the_office(dressed: object) -> None:
    nine = datetime.datetime(2026, 8, 1, 9, tzinfo=SHANGHAI)
    assert moment("２０２６－０８－０１　09:00", "rounds.opens", TODAY) == nine
    assert moment("2026年8月1日", "rounds.opens", TODAY) == nine.replace(hour=0)
    assert moment(" ", "rounds.opens", TODAY) is None
    for text in ("soon", "2026-08-01 25:00"):
        with pytest.raises(Refused) as refused:
            moment(text, "rounds.closes", TODAY)
        assert refused.value.params == {"field": t("rounds.closes"), "value": text}


def test_the_last_day_is_included_unless_a_time_is_said(dressed: object) -> None:
    midnight = datetime.datetime(2026, 9, 1, tzinfo=SHANGHAI)
    assert moment("2026-08-31", "rounds.closes", TODAY, end=True) == midnight
    five = datetime.datetime(2026, 8, 31, 17, tzinfo=SHANGHAI)
    assert moment("2026-08-31 17:00", "rounds.closes", TODAY, end=True) == five


def test_a_round_is_opened_with_its_window(frame_of: Callable[..., Frame], founded: Path) -> None:
    frame = frame_of("officer", founded)
    page = page_of(frame)
    page.do_open_round()
    asks = asked(frame)
    scheme = asks.fields["rounds.scheme"]
    assert isinstance(scheme, QComboBox) and scheme.itemData(0) == "shenzhen-training-voucher"
    assert asks.values()["rounds.year"] == str(page.today.year)
    put(asks, "rounds.name", "2026年度第二批")
    put(asks, "rounds.opens", "2026年13月1日")
    asks.yes.click()
    assert "2026年13月1日" in asks.fault.text() and asks.isVisible()
    assert asks.values()["rounds.name"] == "2026年度第二批", "nothing typed is lost"
    put(asks, "rounds.opens", "２０２６－０８－０１ 09:00")
    put(asks, "rounds.closes", "2026-08-31")
    asks.yes.click()
    settle(frame.desk)
    (made,) = rows(frame, Round)
    assert (made.name, made.year, made.scheme) == ("2026年度第二批", 2026, "shenzhen-training-voucher")
    assert made.opens_at == datetime.datetime(2026, 8, 1, 9, tzinfo=SHANGHAI)
    assert made.closes_at == datetime.datetime(2026, 9, 1, tzinfo=SHANGHAI), "the last day is included"
    settle(frame.desk)
    assert page.chosen is not None and page.chosen.name == "2026年度第二批"


@pytest.mark.parametrize(("code", "text"), [("rounds.year", "26"), ("rounds.name", "")])
def test_a_round_needs_its_name_and_a_whole_year(
    frame_of: Callable[..., Frame], founded: Path, code: str, text: str
) -> None:
    frame = frame_of("officer", founded)
    page_of(frame).do_open_round()
    asks = asked(frame)
    put(asks, "rounds.name", "第二批")
    put(asks, code, text)
    asks.yes.click()
    settle(frame.desk)
    assert t(code) in asks.fault.text() and asks.isVisible()
    assert rows(frame, Round) == []


def test_a_round_is_closed_after_one_question(
    frame_of: Callable[..., Frame], at_stage: Callable[..., Path]
) -> None:
    frame = frame_of("officer", at_stage("found"))
    page = page_of(frame)
    button(page, t("rounds.close")).click()
    asks = asked(frame)
    assert [one.state for one in rows(frame, Round)] == ["open"]
    asks.yes.click()
    settle(frame.desk)
    assert [one.state for one in rows(frame, Round)] == ["closed"]
    assert page.chosen is not None and page.chosen.state == "closed"


def test_objections_are_signed_settled_by_another_and_hold_up_the_end(
    frame_of: Callable[..., Frame],
    at_stage: Callable[..., Path],
    beside: Callable[[Frame, str], Frame],
) -> None:
    frame = frame_of("officer", at_stage("decide"))
    standing_at(frame, 2026, 6, 24)
    publicity.publish(frame.desk.office, "officer", 1)
    page = page_of(frame)
    assert not [one for one in page.findChildren(QPushButton) if one.text() == t("rounds.end")]
    button(page, t("rounds.take_objection")).click()
    asks = asked(frame)
    put(asks, "rounds.grounds", "认为该合同并非用于大模型训练")
    asks.yes.click()
    settle(frame.desk)
    assert "匿名" in asks.fault.text() and not rows(frame, Objection)
    put(asks, "rounds.objector", "湾畔某科技企业（署名）")
    asks.yes.click()
    settle(frame.desk)
    (objection,) = rows(frame, Objection)
    assert objection.grounds == "认为该合同并非用于大模型训练"
    assert not [one for one in page.findChildren(QPushButton) if one.text() == t("rounds.settle")]
    other = beside(frame, "approver")
    theirs = page_of(other)
    button(theirs, t("rounds.settle")).click()
    settles = asked(other)
    settles.yes.click()
    settle(other.desk)
    assert settles.fault.text(), "a reason is asked for"
    put(settles, "rounds.reason", "经核查用途材料，异议不成立")
    settles.yes.click()
    settle(other.desk)
    assert rows(frame, Objection)[0].state == "dismissed"
    standing_at(frame, 2026, 7, 3)
    page.refresh()
    settle(frame.desk)
    button(page, t("rounds.end")).click()
    asked(frame).yes.click()
    settle(frame.desk)
    assert rows(frame, Publicity)[0].state == "ended"


def test_an_objection_has_the_day_on_which_it_came(
    frame_of: Callable[..., Frame], at_stage: Callable[..., Path]
) -> None:
    frame = frame_of("officer", at_stage("decide"))
    standing_at(frame, 2026, 6, 24)
    publicity.publish(frame.desk.office, "officer", 1)
    standing_at(frame, 2026, 6, 26)
    page = page_of(frame)
    button(page, t("rounds.take_objection")).click()
    asks = asked(frame)
    assert asks.values()["rounds.received_on"] == "2026-06-26"
    put(asks, "rounds.objector", "湾畔某科技企业（署名）")
    put(asks, "rounds.grounds", "认为该合同并非用于大模型训练")
    put(asks, "rounds.received_on", "某日")
    asks.yes.click()
    assert "某日" in asks.fault.text() and not rows(frame, Objection)
    put(asks, "rounds.received_on", "2026年6月25日")
    asks.yes.click()
    settle(frame.desk)
    assert rows(frame, Objection)[0].received_on == datetime.date(2026, 6, 25)
