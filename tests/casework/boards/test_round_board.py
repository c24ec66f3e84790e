"""A round's figures: where its cases are, what could be published, its lists and the days they have left."""

import datetime
from typing import Any

import pytest

from casework.award import refusals
from casework.boards import round_board
from casework.core import office_settings
from casework.core.refused import Refused
from casework.intake import rounds
from casework.issuing import publicity, publicity_preview
from casework.people import accounts
from casework.review import checking
from models import Round
from tests.casework.desk import BUDGET, CODE, OTHER_CODE, PACK, YOUNG_CODE, Desk


def test_an_open_round_counts_its_cases_and_awards(desk: Desk) -> None:
    desk.submit(contract_no="HT-1")
    desk.decide(desk.submit(contract_no="HT-2", applicant=OTHER_CODE, applicant_name="湾畔图像有限公司"))
    (one,) = round_board.board(desk.office).rounds
    assert (one.id, one.name, one.year, one.state) == (1, "第一批", 2026, "open")
    assert dict(one.counts) == {"submitted": 1, "calculated": 1}
    assert (one.cases, one.ready, one.publishable) == (2, 1, (1, 400_000_000, 0))
    assert one.pack is not None and f"{one.pack.id}@{one.pack.version}" == PACK
    assert one.lists == ()


def test_the_unset_term_is_said_until_it_is_set(desk: Desk) -> None:
    (one,) = round_board.board(desk.office).rounds
    assert one.unset is not None and one.unset.params["parameter"] == "publicity_days"
    desk.set("publicity_days", "5")
    assert round_board.board(desk.office).rounds[0].unset is None


def test_a_list_counts_its_working_days_and_objections(desk: Desk) -> None:
    desk.set_terms()
    case = desk.submit()
    desk.decide(case)
    publicity.publish(desk.office, "officer", 1)
    number = publicity.take_objection(desk.office, "officer", case, "湾畔某企业", "用途不符").facts
    (listed,) = round_board.board(desk.office, "officer").rounds[0].lists
    assert (listed.cases, listed.award_fen, listed.workdays, listed.state) == (1, 400_000_000, 5, "running")
    assert (listed.from_on, listed.until_on) == (datetime.date(2026, 5, 20), datetime.date(2026, 5, 27))
    assert (listed.days_left, listed.counts_today) == (5, False), "published today: it counts from tomorrow"
    assert listed.letter is not None and listed.numbered and len(listed.sha256) == 64
    (objection,) = listed.objections
    assert (objection.id, objection.case, objection.objector) == (
        number["objection"],
        case,
        "湾畔某企业",
    )
    assert listed.open_objections == 1
    assert round_board.on_list(desk.office, listed.id) == ((case, "湾畔语言模型有限公司"),)
    publicity.settle_objection(desk.office, "approver", objection.id, "dismissed", "已核")
    assert round_board.board(desk.office).rounds[0].lists[0].open_objections == 0


def test_days_left_skip_weekends_and_holidays_and_end_at_nought() -> None:
    day = datetime.date
    published = day(2026, 5, 20)
    assert round_board.days_left(day(2026, 5, 20), published, day(2026, 5, 27)) == (5, False)
    assert round_board.days_left(day(2026, 5, 21), published, day(2026, 5, 27)) == (5, True)
    assert round_board.days_left(day(2026, 5, 22), published, day(2026, 5, 27)) == (4, True)
    assert round_board.days_left(day(2026, 5, 23), published, day(2026, 5, 27)) == (3, False), "a Saturday"
    assert round_board.days_left(day(2026, 5, 27), published, day(2026, 5, 27)) == (1, True)
    assert round_board.days_left(day(2026, 5, 28), published, day(2026, 5, 27)) == (0, False)
    week = day(2026, 9, 29), day(2026, 10, 8)
    assert round_board.days_left(day(2026, 9, 30), *week) == (2, True), "the National Day's week"


def test_a_round_is_open_only_between_its_days() -> None:
    opens, closes = (datetime.datetime(2026, 5, at, 1, tzinfo=datetime.UTC) for at in (10, 20))
    row = Round(scheme="x", year=2026, name="第一批", opens_at=opens, closes_at=closes, state="open")
    moment = datetime.timedelta(seconds=1)
    assert round_board.standing(row, opens - moment) == "to_come"
    assert round_board.standing(row, opens) == round_board.standing(row, closes - moment) == "open"
    assert round_board.standing(row, closes) == "past", "what comes then falls into no round"
    row.state = "closed"
    assert round_board.standing(row, opens) == "closed"
    always = Round(scheme="x", year=2026, name="常年", state="open")
    assert round_board.standing(always, opens) == "open"


def test_a_list_can_be_ended_only_after_its_last_day(desk: Desk) -> None:
    desk.set_terms()
    desk.decide(desk.submit())
    publicity.publish(desk.office, "officer", 1)
    listed = round_board.board(desk.office).rounds[0].lists[0]
    assert not listed.over(listed.until_on)
    after = listed.until_on + datetime.timedelta(days=1)
    assert listed.over(after)
    assert (listed.acts(listed.until_on), listed.acts(after)) == (("object",), ("end_publicity",))
    assert listed._replace(state="ended").acts(after) == ()


def test_cases_of_no_round_are_shown_with_the_whole_office(desk: Desk) -> None:
    desk.submit(contract_no="HT-1")
    rounds.close_round(desk.office, "officer", 1)
    desk.submit(contract_no="HT-2")
    first, whole = round_board.board(desk.office).rounds
    assert (first.id, first.state, first.cases) == (1, "closed", 1)
    assert (whole.id, whole.cases, whole.ready) == (None, 2, 2)


def test_rounds_stand_the_newest_first(desk: Desk) -> None:
    rounds.open_round(desk.office, "officer", "第二批", 2026)
    assert [one.name for one in round_board.board(desk.office).rounds] == ["第二批", "第一批"]


def test_a_round_can_be_opened_for_every_scheme(desk: Desk) -> None:
    assert "shenzhen-training-voucher" in dict(round_board.schemes(desk.office))


def test_a_round_says_that_nothing_is_allotted_to_its_budget(desk: Desk) -> None:
    (one,) = round_board.board(desk.office).rounds
    assert one.without is None
    desk.budget_of(0)
    (one,) = round_board.board(desk.office).rounds
    assert one.without is not None
    assert (one.without.code, one.without.params) == ("refused.no_budget", {"budget": BUDGET})


def test_what_can_be_published_is_what_publishing_lists(desk: Desk) -> None:
    """Cases that a finding, an objection or a changed fact keeps back were counted among them."""
    desk.set_terms()
    free, held, changed, recused = (
        desk.submit(contract_no=f"HT-{at}", applicant=code, applicant_name=name)
        for at, (code, name) in enumerate(
            ((CODE, "甲公司"), (CODE, "甲公司"), (OTHER_CODE, "乙公司"), (YOUNG_CODE, "丙公司"))
        )
    )
    for case in (free, held, changed, recused):
        desk.decide(case)
    refusals.propose_refusal(desk.office, "officer", held, "材料不实", "不符合", "某措施", "第九条")
    checking.verify_facts(desk.office, "officer", changed, {"contract_amount": 700_000_000}, "核减")
    accounts.recuse(desk.office, "officer2", desk.application(recused).applicant_id, "亲属任职")
    for person, expected in (("officer", (2, 800_000_000, 2)), ("officer2", (1, 400_000_000, 2))):
        (one,) = round_board.board(desk.office, person).rounds
        assert one.publishable == expected
        seen = publicity_preview.proposed(desk.office, person, 1)
        assert (seen.cases, seen.award_fen, len(seen.kept_back)) == expected


def test_all_that_publishing_lacks_is_said_at_once(desk: Desk) -> None:
    office_settings.set_office(desk.office, "system", {"supervision_department": ""}, "机构调整")
    unset = round_board.board(desk.office).rounds[0].unset
    assert unset is not None and unset.code == "refused.several"
    case = desk.submit()
    desk.decide(case)
    ways: tuple[dict[str, Any], ...] = ({"round_id": 1}, {"cases": [case]})
    for asked in ways:
        with pytest.raises(Refused) as refused:
            publicity.publish(desk.office, "officer", **asked)
        said = refused.value.say()
        assert refused.value.code == "refused.several" and said == unset.say()
