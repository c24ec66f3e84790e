"""The list that is shown is the list that is stored; looking at it leaves no trace."""

from collections.abc import Callable

import pytest

from casework.core import office_fonts
from casework.core.office import Office
from casework.core.refused import Refused
from casework.issuing import publicity, publicity_preview
from models import Letter, LogEntry, NumberSeries, Publicity
from papers.drawing.fonts import FontSet
from tests.casework.desk import CODE, OTHER_CODE, Desk
from tests.casework.issuing.test_list_papers import spoilt_by
from tests.casework.stored_letter import stored


def two_awards(desk: Desk) -> None:
    desk.set_terms()
    desk.decide(desk.submit())
    desk.decide(desk.submit(applicant=OTHER_CODE, applicant_name="湾畔图像有限公司", contract_no="HT-2"))


def test_the_pdf_that_is_shown_is_the_very_one_that_is_published(desk: Desk) -> None:
    two_awards(desk)
    shown = publicity_preview.proposed(desk.office, "officer", 1)
    change = publicity.publish(desk.office, "officer", 1)
    with desk.office.read() as session:
        kept = stored(session, desk.rows(Letter)[0].id)
    assert shown.pdf == kept
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


def test_nobody_waits_while_the_list_is_drawn(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    two_awards(desk)
    drawn = office_fonts.draw
    times: list[str] = []

    def watched(office: Office, paper: Callable[[FontSet], bytes]) -> bytes:
        times.append(desk.submit(contract_no=f"HT-{len(times) + 9}"))  # an act of somebody else
        return drawn(office, paper)

    monkeypatch.setattr(office_fonts, "draw", watched)
    shown = publicity_preview.proposed(desk.office, "officer", 1)
    assert publicity_preview.proposed(desk.office, "officer", 1).pdf == shown.pdf
    assert len(times) == 2
    publicity.publish(desk.office, "officer", 1)
    assert len(times) == 2, "what the preview drew is what is published: nothing is drawn in the act"
    with desk.office.read() as session:
        assert stored(session, desk.rows(Letter)[0].id) == shown.pdf


def test_what_says_something_else_meanwhile_is_drawn_anew(desk: Desk) -> None:
    two_awards(desk)
    shown = publicity_preview.proposed(desk.office, "officer", 1)
    desk.decide(desk.submit(contract_no="HT-3", contract_amount=700_000_000))
    publicity.publish(desk.office, "officer", 1)
    with desk.office.read() as session:
        assert stored(session, desk.rows(Letter)[0].id) != shown.pdf


def test_what_would_not_last_is_kept_back_or_refused_before_it_is_published(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The preview drew the list and never asked whether its paper would last, as the act does."""
    two_awards(desk)
    spoilt_by(monkeypatch, "湾畔图像有限公司")
    shown = publicity_preview.proposed(desk.office, "officer", 1)
    assert (shown.cases, len(shown.kept_back)) == (1, 1) and not desk.rows(Publicity)
    with pytest.raises(Refused, match="case_not_pdfa"):
        publicity_preview.proposed(desk.office, "officer", cases=shown.kept_back)
    change = publicity.publish(desk.office, "officer", 1)
    assert tuple(change.facts["kept_back"]) == shown.kept_back
    with desk.office.read() as session:
        assert stored(session, desk.rows(Letter)[0].id) == shown.pdf
