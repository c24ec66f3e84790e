"""A name that a list can't be kept with is left out and told; the others are published."""

import pytest

from casework.core.refused import Refused
from casework.issuing import publicity
from models import Letter, Publicity
from papers.drawing.pdfa import NotArchivable
from tests.casework.desk import CODE, OTHER_CODE, YOUNG_CODE, Desk
from tests.casework.issuing.test_letters import text_of
from tests.casework.stored_letter import stored
from tests.papers import poppler


def spoilt_by(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """No paper with these names on it would last."""

    def judged(body: bytes) -> None:
        if any(name in poppler.text(body) for name in names):
            raise NotArchivable(("glyph widths disagree",))

    monkeypatch.setattr("casework.issuing.numbered_paper.check", judged)


def test_a_name_whose_list_would_not_last_stops_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that one font spoils refused the whole round's list, and did not say which name it was."""
    desk.set_terms()
    units = {"甲公司": CODE, "乙公司": OTHER_CODE, "丙公司": YOUNG_CODE}
    first, spoilt, third = (
        desk.submit(applicant=code, applicant_name=name, contract_no=f"HT-{code[-3:]}")
        for name, code in units.items()
    )
    for case in (first, spoilt, third):
        desk.decide(case)
    spoilt_by(monkeypatch, "乙公司")
    with pytest.raises(Refused) as refused:
        publicity.publish(desk.office, "officer", cases=[first, spoilt])
    assert (refused.value.code, refused.value.params["case"]) == ("refused.case_not_pdfa", spoilt)
    assert spoilt in refused.value.say("zh") and spoilt in refused.value.say("en")
    assert desk.rows(Publicity) == []
    change = publicity.publish(desk.office, "officer", 1)
    assert (change.facts["cases"], change.facts["kept_back"]) == (2, [spoilt])
    assert [desk.state(case) for case in (first, spoilt, third)] == ["publicity", "calculated", "publicity"]
    with desk.office.read() as session:
        told = text_of(stored(session, desk.rows(Letter)[0].id))
    assert first in told and third in told and spoilt not in told
    with pytest.raises(Refused, match="case_not_pdfa"):
        publicity.publish(desk.office, "officer", 1)
    monkeypatch.undo()
    assert publicity.publish(desk.office, "officer", 1).facts["cases"] == 1


def test_a_list_that_would_not_last_whoever_is_on_it_names_no_case(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.set_terms()
    desk.decide(desk.submit())
    spoilt_by(monkeypatch, "公示")
    with pytest.raises(Refused, match=r"refused\.not_pdfa"):
        publicity.publish(desk.office, "officer", 1)
