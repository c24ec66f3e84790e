"""An application outside every round is judged by a round's window, the same at every door."""

import datetime
from pathlib import Path

import pytest

from casework.audit.against_today import against_today
from casework.audit.replay import replay
from casework.award import deciding, precheck, round_preview, scenario
from casework.boards.case_view import view
from casework.cases.case_facts import Register
from casework.core.office import SHANGHAI
from casework.core.refused import Refused
from casework.intake import counter_entry, portal_import, rounds
from casework.intake.portal_import import Options
from casework.issuing import letters
from casework.review import checking, corrections
from casework.rulebook.explanation_in_words import tell
from models import Application, Decision, Finding, Letter, Round
from tests.casework.award.test_precheck import facts
from tests.casework.desk import MODEL, Desk, allot
from tests.casework.issuing.test_letters import text_of
from tests.casework.portal_rows import ROW, bring_in, portal_file
from tests.casework.stored_letter import stored

CASE, SCHEME = ROW["申报编号"], "shenzhen-training-voucher"
IN_TIME, LATE = datetime.datetime(2026, 5, 10, 16, 59, 59), datetime.datetime(2026, 5, 10, 17, 0, 1)
WINDOW = "第一批 2026-05-06 00:00–2026-05-10 17:00"


def at(*moment: int) -> datetime.datetime:
    return datetime.datetime(*moment, tzinfo=SHANGHAI)  # type: ignore[arg-type,misc]


@pytest.fixture
def early(desk: Desk) -> Desk:
    """The only round closes on 10 May at 17:00, while the pack's default window goes on until 6 June."""
    with desk.office.write() as session:
        session.get_one(Round, 1).closes_at = at(2026, 5, 10, 17)
    return desk


def outside(desk: Desk) -> list[str | None]:
    return [
        one.with_text for one in desk.rows(Finding) if (one.code, one.state) == ("outside_rounds", "open")
    ]


def outcome(desk: Desk, case: str) -> tuple[str, int | None, str]:
    decision = desk.decide(case)
    return decision.status, decision.award_fen, decision.reasons


REFUSED, AWARDED = ("refused", None, "window"), ("awarded", 400_000_000, "")


@pytest.mark.parametrize("named", [None, 1])
def test_a_row_that_is_too_late_is_refused_with_the_round_named_and_without(
    early: Desk, tmp_path: Path, named: int | None
) -> None:
    path = portal_file(tmp_path / "portal.csv", {"申报时间": f"{LATE}"})
    found = portal_import.import_file(early.office, "officer", path, Options(round_id=named))
    assert (CASE, "outside_rounds", WINDOW) in found.findings
    assert early.rows(Application)[0].round_id == named
    assert outside(early) == [WINDOW]
    checking.check(early.office, "officer", CASE)
    assert outside(early) == [WINDOW]
    assert outcome(early, CASE) == REFUSED
    assert replay(early.office)["differ"] == []


@pytest.mark.parametrize("named", [None, 1])
@pytest.mark.parametrize(("moment", "comes_out"), [(LATE, REFUSED), (IN_TIME, AWARDED)])
def test_what_is_entered_is_judged_as_what_is_imported(
    early: Desk, named: int | None, moment: datetime.datetime, comes_out: tuple[str, int | None, str]
) -> None:
    said = {**facts(applied_at=moment), "applicant_name": "湾畔语言模型有限公司"}
    told = counter_entry.submit(early.office, "officer", said, "S1", named).facts
    assert ("outside_rounds" in told["findings"]) == (moment == LATE)
    seen = round_preview.decide_round(early.office, "officer", named)
    if seen.cases:
        assert [(one.status, one.award_fen) for one in seen.cases] == [comes_out[:2]]
    assert outcome(early, "S1") == comes_out


def test_the_pre_check_says_what_the_decision_says(early: Desk) -> None:
    for moment, comes_out in ((LATE, REFUSED), (IN_TIME, AWARDED)):
        found = precheck.precheck(early.office, SCHEME, facts(applied_at=moment)).decision
        assert found is not None and (found.status, found.award_fen) == comes_out[:2]


def test_a_comparison_of_orders_counts_it_as_refused(early: Desk) -> None:
    early.submit(applied_at=LATE)
    found = scenario.scenario(early.office)
    assert found
    for one in found:
        assert {outcome.status for line in one.lines for outcome in line.outcomes} == {"refused"}


@pytest.mark.parametrize("door", ["correction", "verification"])
def test_a_moment_that_is_set_right_is_judged_by_the_same_window(early: Desk, door: str) -> None:
    early.set_terms()
    for number, (before, after, comes_out) in enumerate(((LATE, IN_TIME, AWARDED), (IN_TIME, LATE, REFUSED))):
        case = early.submit(
            applied_at=before, contract_no=f"T-{number}", contract_amount=800_000_000 + number
        )
        if door == "verification":
            checking.verify_facts(early.office, "officer", case, {"applied_at": after}, "窗口收件登记")
        else:
            early.corrected(case, "applied_at")
            corrections.answer_correction(early.office, "officer", case, {"applied_at": after})
        assert outside(early) == ([WINDOW] if after == LATE else [])
        assert outcome(early, case) == comes_out


@pytest.mark.parametrize("door", ["correction", "verification", "import"])
def test_a_case_whose_moment_is_corrected_into_a_round_goes_into_it(
    early: Desk, tmp_path: Path, door: str
) -> None:
    """As on arrival: it is listed and decided with its round. One that a round has taken in stays there."""

    def corrected(moment: datetime.datetime) -> int | None:
        if door == "import":
            bring_in(early, tmp_path, {"申报时间": f"{moment}"})
        elif door == "verification":
            checking.verify_facts(early.office, "officer", CASE, {"applied_at": moment}, "窗口收件登记")
        else:
            early.corrected(CASE, "applied_at")
            corrections.answer_correction(early.office, "officer", CASE, {"applied_at": moment})
        return early.application(CASE).round_id

    early.set_terms()
    bring_in(early, tmp_path, {"申报时间": f"{LATE}"})
    assert early.application(CASE).round_id is None
    later = LATE + datetime.timedelta(minutes=1)
    assert (corrected(later), outside(early)) == (None, [WINDOW])
    assert (corrected(IN_TIME), outside(early)) == (1, [])
    deciding.decide_round(early.office, "officer", 1, reason="时刻已核实")
    assert early.decision(CASE).award_fen == 400_000_000
    if door == "verification":
        assert corrected(later) == 1
        deciding.decide_again(early.office, "officer", CASE, "时刻有误")
        assert early.decision(CASE).reasons == "window"


def test_a_closed_round_takes_no_corrected_case(early: Desk) -> None:
    case = early.submit(applied_at=LATE)
    rounds.close_round(early.office, "officer", 1)
    checking.verify_facts(early.office, "officer", case, {"applied_at": IN_TIME}, "窗口收件登记")
    assert early.application(case).round_id is None


def test_letter_screen_and_explanation_tell_the_round_s_window(early: Desk) -> None:
    early.set_terms()
    case = early.submit(applied_at=LATE)
    early.decide(case)
    shown = view(early.office, "officer", case)
    assert shown is not None
    decision = shown.decisions[-1]
    assert decision.policy is not None and decision.witness is not None
    told = [one.text for one in tell(decision.policy, decision.lines, decision.witness)]
    assert any("2026-05-10 17:00" in line for line in told)
    letters.issue_refusal(early.office, "approver", case)
    with early.office.read() as session:
        said = text_of(stored(session, early.rows(Letter)[-1].id))
    assert "至2026年5月10日17时00分（不含）之间" in said and "6月6日" not in said


def test_a_case_that_waits_for_a_round_is_judged_once_the_office_has_one(desk: Desk) -> None:
    """What was decided before stays as it was, and the report of what is otherwise today names it."""
    with desk.office.write() as session:
        session.get_one(Round, 1).scheme = MODEL  # none for this scheme and year: the pack's window holds
    case = desk.submit(applied_at=LATE)
    assert outside(desk) == []
    assert outcome(desk, case) == AWARDED
    rounds.open_round(desk.office, "officer", "一批", 2026, at(2026, 5, 6), at(2026, 5, 10, 17))
    assert replay(desk.office)["differ"] == []
    assert [one.case for one in against_today(desk.office).found] == [case]
    deciding.decide_again(desk.office, "officer", case, "申报期已定")
    assert desk.rows(Decision)[-1].reasons == "window"


def test_a_year_without_a_round_keeps_the_pack_s_window(early: Desk) -> None:
    with early.office.write() as session:
        session.get_one(Round, 1).year = 2025
    assert outcome(early, early.submit(applied_at=LATE)) == AWARDED


def test_a_pack_without_a_window_refuses_nobody(desk: Desk) -> None:
    allot(desk.office, f"{MODEL}/2026", 10_000_000_000)
    rounds.open_round(desk.office, "officer", "一批", 2026, at(2026, 5, 6), at(2026, 5, 10, 17), MODEL)
    case = desk.submit(MODEL, applied_at=LATE, model_filed=True)
    assert outcome(desk, case) == ("awarded", 100_000_000, "")


def test_the_nearest_round_judges(early: Desk) -> None:
    office = early.office
    rounds.open_round(office, "officer", "二批", 2026, at(2026, 9, 1), at(2026, 10, 1))
    rounds.open_round(office, "officer", "三批", 2026, at(2026, 9, 15), None)
    rounds.close_round(office, "officer", 1)
    with office.read() as session:
        windows = Register(session).rounds
    judging = {
        (2026, 1, 5): "第一批",  # the first to open
        (2026, 5, 7): "第一批",  # a round that is closed still holds what came in time
        (2026, 8, 31): "第一批",  # the last that opened before it
        (2026, 9, 20): "二批",
        (2026, 12, 1): "三批",
    }
    for day, name in judging.items():
        found = windows.judging(SCHEME, datetime.datetime(*day))
        assert found is not None and found.name == name
    assert windows.judging(SCHEME, datetime.datetime(2025, 12, 31)) is None
    assert windows.judging(SCHEME, datetime.datetime(2026, 8, 31), 9) is None
    named = windows.judging(SCHEME, datetime.datetime(2026, 1, 5), 3)
    assert named is not None and named.text == "三批 2026-09-15 00:00–"
    assert windows.missed(SCHEME, datetime.datetime(2026, 1, 5), 3) == named


def test_a_round_without_a_window_of_its_own_is_the_pack_s(early: Desk) -> None:
    rounds.open_round(early.office, "officer", "二批", 2026)
    rounds.close_round(early.office, "officer", 2)
    assert outcome(early, early.submit(applied_at=LATE)) == AWARDED
    assert (
        outcome(
            early,
            early.submit(
                applied_at=at(2026, 4, 1).replace(tzinfo=None),
                contract_no="E-1",
                contract_amount=1_000_000_00,
            ),
        )
        == REFUSED
    )


def test_a_round_that_there_is_not_is_refused_at_import_too(desk: Desk, tmp_path: Path) -> None:
    path = portal_file(tmp_path / "portal.csv", {})
    with pytest.raises(Refused, match="no_such_round"):
        portal_import.import_file(desk.office, "officer", path, Options(round_id=9))
    assert bring_in(desk, tmp_path, {}).accepted == 1


def window_facts_said() -> dict[str, datetime.datetime]:
    return {"window_from": datetime.datetime(2026, 1, 1), "window_until": datetime.datetime(2027, 1, 1)}


JULY = datetime.datetime(2026, 7, 1, 9)


@pytest.mark.parametrize("name", ["window_from", "window_until"])
def test_nobody_says_the_window_of_a_round(desk: Desk, name: str) -> None:
    desk.set_terms()
    with desk.office.write() as session:
        session.delete(session.get_one(Round, 1))
    said = {name: window_facts_said()[name]}
    with pytest.raises(Refused, match=r"refused\.no_such_field") as entered:
        desk.submit(applied_at=JULY, **said)
    assert name not in entered.value.params["known"]
    case = desk.submit(applied_at=JULY)
    with pytest.raises(Refused, match=r"refused\.no_such_field"):
        checking.verify_facts(desk.office, "officer", case, said, "核实")
    desk.corrected(case, "applied_at")
    with pytest.raises(Refused, match=r"refused\.no_such_field"):
        corrections.answer_correction(desk.office, "officer", case, f"{name}=2026-01-01")
    found = precheck.precheck(desk.office, SCHEME, {**facts(applied_at=JULY), **window_facts_said()})
    assert found.decision is not None and found.decision.reasons == ("window",)


@pytest.mark.parametrize("moment", [JULY, IN_TIME])
@pytest.mark.parametrize("named", [True, False])
def test_a_column_that_is_called_as_a_window_is_a_note(
    desk: Desk, tmp_path: Path, moment: datetime.datetime, named: bool
) -> None:
    """It was told as a note, and then blocked the case, for nobody could read it as a moment."""
    if not named:
        with desk.office.write() as session:
            session.delete(session.get_one(Round, 1))
    notes = {"window_from": "2026-01-01", "window_until": "2027-01-01", "批次申报截止": "?"}
    found = bring_in(desk, tmp_path, {"申报时间": f"{moment}", **notes})
    assert (found.accepted, found.unknown) == (1, tuple(notes))
    assert outcome(desk, CASE) == (REFUSED if moment == JULY else AWARDED)


@pytest.mark.parametrize("minutes", [-1, 2])
def test_a_round_that_was_closed_early_judges_until_then(desk: Desk, tmp_path: Path, minutes: int) -> None:
    """It was refused where the round was named, and awarded without a word where it was not."""
    desk.clock.at = at(2026, 5, 15, 9)
    rounds.close_round(desk.office, "officer", 1)
    closed = datetime.datetime(2026, 5, 15, 9)
    path = portal_file(
        tmp_path / "portal.csv", {"申报时间": f"{closed + datetime.timedelta(minutes=minutes)}"}
    )
    desk.clock.at = at(2026, 5, 20, 9)
    with pytest.raises(Refused, match=r"refused\.round_closed"):
        portal_import.import_file(desk.office, "officer", path, Options(round_id=1))
    told = (CASE, "outside_rounds", "第一批 2026-05-06 00:00–2026-05-15 09:00")
    assert portal_import.import_file(desk.office, "officer", path, Options()).findings == (told,)
    assert outside(desk) == [told[2]]
    checking.check(desk.office, "officer", CASE)
    assert outside(desk) == [told[2]]
    assert outcome(desk, CASE) == (AWARDED if minutes < 0 else REFUSED)
    assert replay(desk.office)["differ"] == []


def test_what_a_round_took_in_before_it_was_closed_stays_in_its_window(desk: Desk) -> None:
    case = desk.submit(applied_at=datetime.datetime(2026, 5, 25, 9))
    rounds.close_round(desk.office, "officer", 1)
    assert outcome(desk, case) == AWARDED
    assert outside(desk) == []


@pytest.mark.parametrize(("day", "comes_out"), [(14, AWARDED), (16, REFUSED)])
def test_a_round_without_a_window_that_was_closed_ends_there_too(
    desk: Desk, day: int, comes_out: tuple[str, int | None, str]
) -> None:
    with desk.office.write() as session:
        session.get_one(Round, 1).opens_at = session.get_one(Round, 1).closes_at = None
    desk.clock.at = at(2026, 5, 15, 9)
    rounds.close_round(desk.office, "officer", 1)
    desk.clock.at = at(2026, 5, 20, 9)
    case = desk.submit(applied_at=datetime.datetime(2026, 5, day, 9))
    assert outcome(desk, case) == comes_out
