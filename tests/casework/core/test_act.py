"""An act: who may, when, once, whole or not at all."""

import datetime
import json

import pytest
from sqlalchemy import func, select, text
from sqlmodel import col

from casework.core import act_table, log
from casework.core.act import By, Turn, carry_out
from casework.core.change import Change
from casework.core.office import Office
from casework.core.refused import Refused
from casework.core.who_may import OF_THE_TABLE
from casework.money import books_check, ledger
from casework.people import accounts
from models import Applicant, Application, ApplicationVersion, LedgerEntry, LogEntry, Recusal
from models.state_names import APPLICATION, ROLES
from tests.casework.books import do, open_budget
from tests.casework.conftest import NOON, StandingClock

PERSON_OF = {
    "officer": "officer",
    "approver": "approver",
    "finance": "finance",
    "auditor": "auditor",
    "system": "system",
    "rights": "rights",
}


def _nothing(turn: Turn) -> None:
    pass


def _entries(office: Office) -> int:
    with office.read() as session:
        return int(session.execute(select(func.count()).select_from(LogEntry)).scalar_one())


def _case(office: Office, case: str = "XLQ1", state: str = "submitted") -> None:
    """A case in some state, put there by hand."""

    def body(turn: Turn) -> None:
        turn.session.add(Applicant(id=1, code="c", name="n", created_at=NOON))
        turn.session.flush()
        row = Application(
            id=1, case_no=case, scheme="p", applicant_id=1, applied_at=NOON, arrived_at=NOON, state=state
        )
        turn.session.add(row)
        turn.session.flush()
        said = ApplicationVersion(
            application_id=1,
            version=1,
            source="entry",
            applied_at=NOON,
            applicant_name="n",
            applicant_code="c",
            said_sha256="0" * 64,
            at=NOON,
            person_id=turn.person.id,
        )
        turn.session.add(said)

    do(office, body)


@pytest.mark.parametrize("name", sorted(act_table.ACTS))
def test_every_act_is_refused_to_every_other_role(office: Office, name: str) -> None:
    allowed = set(act_table.line(name).roles)
    before = _entries(office)
    for role in sorted(set(ROLES) - allowed):
        with pytest.raises(Refused) as caught:
            carry_out(office, PERSON_OF[role], name, _nothing)
        assert caught.value.code == "refused.not_allowed"
    assert _entries(office) == before
    for role in sorted(allowed):
        assert carry_out(office, PERSON_OF[role], name, _nothing).act == name
    assert _entries(office) == before + len(allowed)


@pytest.mark.parametrize("name", sorted(name for name, line in act_table.ACTS.items() if line.states))
def test_every_act_is_refused_in_every_other_state(office: Office, name: str) -> None:
    _case(office)
    line = act_table.line(name)
    role = PERSON_OF[line.roles[0]]
    for state in APPLICATION:

        def body(turn: Turn, state: str = state) -> None:
            turn.session.execute(text("UPDATE application SET state = :state"), {"state": state})
            turn.case("XLQ1")

        try:
            carry_out(office, role, name, body)
            assert state in line.states
        except Refused as refused:  # in a state of the line only the act's own bar can say no
            if state in line.states:
                assert getattr(act_table.function(name), "bar", None) and refused.code not in OF_THE_TABLE
            else:
                assert (refused.code, refused.params["state"]) == ("refused.state", state)


def test_an_unknown_or_locked_person_can_do_nothing(office: Office) -> None:
    with pytest.raises(Refused, match=r"refused\.no_such_person"):
        carry_out(office, "nobody", "accept", _nothing)
    accounts.lock_person(office, "rights", "officer")
    with pytest.raises(Refused, match=r"refused\.locked"):
        carry_out(office, "officer", "accept", _nothing)


def test_no_such_case(office: Office) -> None:
    with pytest.raises(Refused, match=r"refused\.no_such_case"):
        carry_out(office, "officer", "accept", lambda turn: turn.case("X") and None)


def test_a_conflict_is_declared_with_an_applicant_that_there_is(office: Office) -> None:
    with pytest.raises(Refused, match=r"refused\.no_such_applicant"):
        accounts.recuse(office, "officer", 9_999, "配偶在该单位任职")


def test_who_declared_a_conflict_is_out_of_the_case(office: Office) -> None:
    _case(office)
    accounts.recuse(office, "officer", 1, "配偶在该单位任职")
    with pytest.raises(Refused, match=r"refused\.recused"):
        carry_out(office, "officer", "accept", lambda turn: turn.case("XLQ1") and None)
    carry_out(office, "officer2", "accept", lambda turn: turn.case("XLQ1") and None)
    with office.write() as session:
        row = session.execute(select(Recusal)).scalar_one()
        row.ended_at = NOON
    carry_out(office, "officer", "accept", lambda turn: turn.case("XLQ1") and None)


def test_nobody_agrees_to_what_they_prepared(office: Office) -> None:
    with pytest.raises(Refused, match=r"refused\.same_person"):
        carry_out(office, "approver", "approve", lambda turn: turn.not_by(turn.person.id))
    carry_out(office, "approver", "approve", lambda turn: turn.not_by(turn.person.id + 1))
    carry_out(office, "approver", "approve", lambda turn: turn.not_by(None))


def test_an_act_that_fails_leaves_nothing(office: Office) -> None:
    budget = open_budget(office, 1000)
    before = _entries(office)

    def body(turn: Turn) -> None:
        ledger.reserve(turn, budget, 400)
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError):
        do(office, body)
    with office.read() as session:
        assert ledger.balance(session, budget).reserved_fen == 0
        assert books_check.check(session).faults == ()
    assert _entries(office) == before


def test_one_entry_says_who_did_what_to_what_when(office: Office, clock: StandingClock) -> None:
    clock.now += datetime.timedelta(hours=1)
    _case(office)

    def body(turn: Turn) -> None:
        row = turn.case("XLQ1")
        turn.changed("application", row.id, row.id)
        turn.note(phone=turn.hidden("18685343955"), amount_fen=5)
        turn.tell(number="A1")

    change = carry_out(office, "officer", "accept", body)
    assert change == Change("accept", {"application": (1,)}, {"number": "A1"}, change.seq)
    assert change.kinds == {"application"}
    with office.read() as session:
        entry = session.get_one(LogEntry, change.seq)
    assert (entry.person, entry.act, entry.subject, entry.at) == ("officer", "accept", "case XLQ1", clock.now)
    payload = json.loads(entry.payload)
    assert payload["amount_fen"] == 5
    assert payload["facts"] == {"number": "A1"}
    assert payload["phone"] == log.keyed(office.row.secret, "18685343955")
    assert "18685343955" not in entry.payload


def test_a_request_asked_again_does_nothing_twice(office: Office) -> None:
    budget = open_budget(office, 1000)

    def pay(turn: Turn) -> None:
        ledger.reserve(turn, budget, 400)
        turn.tell(award_fen=400)

    first = do(office, pay, By("finance", "r-1"), "400")
    again = do(office, pay, By("finance", "r-1"), "400")
    assert not first.repeated
    assert again.repeated
    assert (again.ids, again.facts, again.seq) == (first.ids, first.facts, first.seq)
    with office.read() as session:
        assert ledger.balance(session, budget).reserved_fen == 400
        assert session.execute(select(func.count(col(LedgerEntry.id)))).scalar() == 4
    do(office, pay, By("finance", "r-2"), "400")
    with office.read() as session:
        assert ledger.balance(session, budget).reserved_fen == 800


@pytest.mark.parametrize(
    ("by", "asked"), [(By("finance", "r-1"), "500"), (By("finance2", "r-1"), "400")], ids=["other", "person"]
)
def test_a_requests_id_is_for_one_thing_of_one_person(office: Office, by: By, asked: str) -> None:
    do(office, _nothing, By("finance", "r-1"), "400")
    with pytest.raises(Refused, match=r"refused\.request_used"):
        do(office, _nothing, by, asked)


def test_a_refused_request_can_be_asked_again(office: Office) -> None:
    budget = open_budget(office, 100)
    with pytest.raises(Refused, match=r"refused\.budget"):
        do(office, lambda turn: ledger.reserve(turn, budget, 400), By("finance", "r-1"))
    assert not do(office, lambda turn: ledger.reserve(turn, budget, 40), By("finance", "r-1")).repeated


def test_a_decorated_act_keeps_a_request_apart_by_what_it_asks(office: Office) -> None:
    by = By("rights", "r-1")
    assert not accounts.lock_person(office, by, "officer").repeated
    assert accounts.lock_person(office, by, "officer").repeated
    with pytest.raises(Refused, match=r"refused\.request_used"):
        accounts.lock_person(office, by, "officer2")
