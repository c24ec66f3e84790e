"""The list that is shown is the list that is stored; looking at it leaves no trace."""

import pytest

from casework.core.refused import Refused
from casework.issuing import letters, publicity, publicity_preview
from models import Letter, LogEntry, NumberSeries, Publicity
from tests.casework.desk import CODE, OTHER_CODE, Desk


def two_awards(desk: Desk) -> None:
    desk.set_terms()
    desk.decide(desk.submit())
    desk.decide(desk.submit(applicant=OTHER_CODE, applicant_name="湾畔图像有限公司", contract_no="HT-2"))


def test_the_pdf_that_is_shown_is_the_very_one_that_is_published(desk: Desk) -> None:
    two_awards(desk)
    shown = publicity_preview.proposed(desk.office, "officer", 1)
    change = publicity.publish(desk.office, "officer", 1)
    with desk.office.read() as session:
        stored = letters.stored(session, desk.rows(Letter)[0].id)
    assert shown.pdf == stored
    assert (shown.cases, shown.workdays) == (2, 5)
    assert shown.award_fen == 800_000_000
    assert (shown.until_on, shown.provisional) == (change.facts["until_on"], change.facts["provisional"])


def test_looking_leaves_no_trace(desk: Desk) -> None:
    two_awards(desk)
    log, series = len(desk.rows(LogEntry)), [row.last for row in desk.rows(NumberSeries)]
    publicity_preview.proposed(desk.office, "officer", 1)
    assert not desk.rows(Letter) and not desk.rows(Publicity)
    assert len(desk.rows(LogEntry)) == log
    assert [row.last for row in desk.rows(NumberSeries)] == series


def test_what_publishing_refuses_is_said_before(desk: Desk) -> None:
    with pytest.raises(Refused) as nothing:
        publicity_preview.proposed(desk.office, "officer", 1)
    assert nothing.value.code == "refused.nothing_to_publish"
    desk.decide(desk.submit(applicant=CODE))
    with pytest.raises(Refused) as unset:
        publicity_preview.proposed(desk.office, "officer", 1)
    assert unset.value.code == "refused.unset" and unset.value.params["parameter"] == "publicity_days"
    with pytest.raises(Refused) as others:
        publicity_preview.proposed(desk.office, "approver", 1)
    assert others.value.code == "refused.not_allowed"
