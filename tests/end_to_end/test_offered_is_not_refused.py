"""What the case page offers a person is exactly what the acts do not refuse them, in every state of a case.

Each situation is reached by acts, as in the office's day. There each act on a case is tried by each person,
with what it asks for, and taken back; what goes through is compared with what the page offers.
"""

import datetime
import inspect
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from casework.award import refusals
from casework.boards import case_view
from casework.boards.case_view import WITH_A_CASE, CaseView
from casework.cases import providers
from casework.core import look_ahead
from casework.core.act import Turn, act
from casework.core.act_table import ACTS, STAGES, function
from casework.core.office import Office
from casework.core.refused import Refused
from casework.core.who_may import Who
from casework.intake import counter_entry
from casework.issuing import (
    approval,
    delivery,
    letters,
    procedural_letters,
    publicity,
    vouchers,
    withdraw_suspend_revoke,
)
from casework.people import accounts
from casework.review import checking, corrections
from models import Application, Finding, Letter, Objection, Publicity
from models.state_names import APPLICATION
from tests.casework.adopted import adopt
from tests.casework.desk import CODE, MINUTES, OTHER_CODE, PROVIDER, SERVICE, Clock, Desk
from tests.rules.round_packs import pack_text

PEOPLE = ("officer", "officer2", "approver", "approver2", "finance", "auditor")
"""`officer` prepares and may approve as well, `approver2` has both roles and a conflict of interest."""
ABOUT_A_CASE = [name for name, line in ACTS.items() if line.states or name in WITH_A_CASE]
WHY = "经核"
SENT = datetime.date(2026, 5, 20)
FACTS = {
    "applied_at": datetime.datetime(2026, 5, 20, 9),
    "applicant": CODE,
    "applicant_name": "湾畔语言模型有限公司",
    "applicant_kind": "enterprise",
    "contract_no": "HT-1",
    "contract_amount": 80_000_000,
}


def public(desk: Desk, **facts: Any) -> str:
    """A case on a list that runs."""
    case = desk.submit(**facts)
    desk.decide(case)
    publicity.publish(desk.office, "officer", cases=[case])
    return case


def over(desk: Desk, case: str) -> str:
    """The list that a case is on is past its last day."""
    desk.days(10)
    return case


def ended(desk: Desk, case: str) -> str:
    """The list that a case is on has ended."""
    over(desk, case)
    publicity.end_publicity(desk.office, "officer", desk.rows(Publicity)[-1].id)
    return case


def objected(desk: Desk, case: str, outcome: str = "") -> str:
    """Somebody objects; with an outcome, it is settled."""
    change = publicity.take_objection(desk.office, "officer", case, "某公司（签名）", "合同虚假")
    if outcome:
        publicity.settle_objection(desk.office, "approver", change.facts["objection"], outcome, WHY)
    return case


def approved(desk: Desk) -> str:
    case = ended(desk, public(desk))
    approval.approve(desk.office, "approver", case, MINUTES)
    return case


def issued(desk: Desk) -> str:
    case = approved(desk)
    vouchers.issue_voucher(desk.office, "officer", case)
    return case


def voided(desk: Desk, case: str, by: str) -> str:
    """The letter of a case is void."""
    void = case_view.view(desk.office, by, case)
    assert void is not None
    letters.void_letter(desk.office, by, void.letters[0].id, WHY)
    return case


def done(
    does: Callable[..., Any], person: str, start: Callable[[Desk], str], *args: Any
) -> Callable[[Desk], str]:
    """A situation, and one act more."""

    def lead(desk: Desk) -> str:
        case = start(desk)
        does(desk.office, person, case, *args)
        return case

    return lead


def at_stage(stage: str) -> Callable[[Desk], str]:
    return done(checking.review, "officer", Desk.submit, stage)


def decided(**facts: Any) -> Callable[[Desk], str]:
    def lead(desk: Desk) -> str:
        case = desk.submit(**facts)
        desk.decide(case)
        return case

    return lead


def struck_off(desk: Desk) -> str:
    """What the office knows of the provider has changed since the case was published."""
    case = ended(desk, public(desk))
    until = desk.application(case).applied_at.date().replace(month=3, day=1)
    providers.admit_provider(desk.office, "officer", PROVIDER, "第一批", SERVICE, "更正名单", None, until)
    return case


def twice(desk: Desk) -> str:
    """A contract that another case claims too, decided: a finding forbids what comes next."""
    desk.submit()
    return decided(applicant=OTHER_CODE)(desk)


def judged(desk: Desk, outcome: str) -> str:
    """Such a case, judged."""
    case = twice(desk)
    mine = desk.application(case).id
    number = next(one.id for one in desk.rows(Finding) if one.application_id == mine)
    checking.judge_finding(desk.office, "officer2", number, outcome, WHY)
    return case


def proposed(lead: Callable[[Desk], str], by: str = "officer2") -> Callable[[Desk], str]:
    """A refusal for a fact is proposed."""
    return done(refusals.propose_refusal, by, lead, "用途材料系伪造", WHY, "深科〔2026〕1号", "第九条")


def refused_for_a_fact(lead: Callable[[Desk], str]) -> Callable[[Desk], str]:
    return done(refusals.confirm_refusal, "approver", proposed(lead))


refused = decided(related_party=True)
blocked = decided(related_party=None)
noticed = done(letters.issue_refusal, "approver", refused)
lettered = done(letters.issue_approval, "officer2", issued)
corrected = done(corrections.ask_correction, "officer", Desk.submit, [("field", "contract_amount", "不一致")])


def told_of_acceptance(desk: Desk) -> str:
    case = desk.submit()
    checking.accept(desk.office, "officer", case)
    procedural_letters.issue_acceptance(desk.office, "officer", case)
    return case


def answered(desk: Desk) -> str:
    """The one of two objections that is settled has its answer."""
    case = objected(desk, objected(desk, public(desk), "dismissed"))
    procedural_letters.issue_objection_answer(desk.office, "officer", desk.rows(Objection)[0].id)
    return case


def told_void(desk: Desk) -> str:
    case = voided(desk, lettered(desk), "approver")
    procedural_letters.issue_void_notice(desk.office, "officer", last_letter(desk))
    return case


def delivered(desk: Desk) -> str:
    case = lettered(desk)
    delivery.record_delivery(desk.office, "officer", last_letter(desk), "post", desk.office.today(), "EMS-1")
    return case


def revocation_out(desk: Desk) -> str:
    case = lettered(desk)
    withdraw_suspend_revoke.revoke(desk.office, "approver", case, WHY)
    procedural_letters.issue_revocation(desk.office, "approver", case, "《办法》第一条")
    return case


def last_letter(desk: Desk) -> int:
    number: int = desk.rows(Letter)[-1].id
    return number


SITUATIONS: dict[str, tuple[str, Callable[[Desk], str]]] = {
    "new": ("submitted", Desk.submit),
    "accepted": ("accepted", done(checking.accept, "officer", Desk.submit)),
    "checked": ("submitted", done(checking.check, "officer", Desk.submit)),
    **{stage: (stage, at_stage(stage)) for stage in STAGES},
    "correction": ("correction", corrected),
    "correction out": ("correction", done(letters.issue_correction, "officer", corrected)),
    "calculated": ("calculated", decided()),
    "verified since": (
        "calculated",
        done(checking.verify_facts, "officer", decided(), {"contract_amount": 700_000_000}, WHY),
    ),
    "publicity": ("publicity", public),
    "publicity over": ("publicity", lambda desk: over(desk, public(desk))),
    "publicity ended": ("publicity", lambda desk: ended(desk, public(desk))),
    "objection": ("publicity", lambda desk: objected(desk, public(desk))),
    "objection left open": ("publicity", lambda desk: ended(desk, objected(desk, public(desk)))),
    "objection upheld": ("publicity", lambda desk: ended(desk, objected(desk, public(desk), "upheld"))),
    "objection dismissed": ("publicity", lambda desk: ended(desk, objected(desk, public(desk), "dismissed"))),
    "changed since": ("publicity", struck_off),
    "returned": ("eligibility", done(approval.send_back, "approver", decided(), WHY)),
    "approved": ("approved", approved),
    "issued": ("issued", issued),
    "letter": ("issued", lettered),
    "letter void": ("issued", lambda desk: voided(desk, lettered(desk), "approver")),
    "refused": ("refused", refused),
    "notice": ("refused", noticed),
    "notice void": ("refused", lambda desk: voided(desk, noticed(desk), "officer")),
    "blocked": ("suspended", blocked),
    "suspended": ("suspended", done(withdraw_suspend_revoke.suspend, "officer", Desk.submit, WHY)),
    "same contract": ("calculated", twice),
    "same contract, upheld": ("calculated", lambda desk: judged(desk, "upheld")),
    "same contract, cleared": ("calculated", lambda desk: judged(desk, "cleared")),
    "verified since a finding": (
        "calculated",
        done(checking.verify_facts, "officer", twice, {"contract_amount": 700_000_000}, WHY),
    ),
    "refusal proposed": ("publicity", proposed(public)),
    "refusal proposed by an approver": ("submitted", proposed(Desk.submit, "approver")),
    "refusal older than the facts": (
        "calculated",
        done(checking.verify_facts, "officer", proposed(decided()), {"contract_amount": 700_000_000}, WHY),
    ),
    "refused for a fact": ("refused", refused_for_a_fact(public)),
    "refused for a fact before it was decided": ("refused", refused_for_a_fact(Desk.submit)),
    "refused for a fact, with its notice": (
        "refused",
        done(letters.issue_refusal, "approver", refused_for_a_fact(public)),
    ),
    "refused for a fact, taken back": (
        "refused",
        done(
            refusals.take_back_refusal,
            "approver2",
            refused_for_a_fact(public),
            WHY,
            "深科〔2026〕1号",
            "第十条",
        ),
    ),
    "withdrawn": ("withdrawn", done(withdraw_suspend_revoke.withdraw, "officer", Desk.submit, WHY)),
    "revoked": ("revoked", done(withdraw_suspend_revoke.revoke, "approver", issued, WHY)),
    "accepted and told": ("accepted", told_of_acceptance),
    "objection answered": ("publicity", answered),
    "void letter told": ("issued", told_void),
    "delivered": ("issued", delivered),
    "revocation out": ("revoked", revocation_out),
    "revoked after its letter": ("revoked", done(withdraw_suspend_revoke.revoke, "approver", lettered, WHY)),
}
"""By name: the state of the case, and the acts that lead there."""


@pytest.fixture
def crowd(at_first: Desk) -> Desk:
    """The office's terms are set."""
    at_first.set_terms()
    return at_first


@pytest.fixture
def at_first(prepared_office: Path, tmp_path: Path) -> Iterator[Desk]:
    """An office that has set none of its terms; some people hold two roles."""
    path = Path(shutil.copy(prepared_office, tmp_path / "crowd.office"))
    clock = Clock()
    with Office.open(path, clock=clock).closing() as office:
        desk = Desk(office, clock)
        accounts.give_role(office, "rights", "officer", "approver")
        accounts.give_role(office, "rights", "approver2", "officer")
        yield desk


def asked(view: CaseView, name: str) -> dict[str, Any]:
    """What an act asks for, so that only the person and the case can be refused."""
    finding = next((one.id for one in view.findings if one.judgeable), 0)
    objection = next((one.id for one in view.objections if one.state == "open"), 0)
    letter = next((one.id for one in view.letters if one.voided_at is None), 0)
    settled = next((one.id for one in view.objections), 0)

    def about(act: str, otherwise: int) -> int:
        return next(iter(view.about.get(act, ())), otherwise)

    own: dict[str, dict[str, Any]] = {
        "publish": {"cases": (view.case,)},
        "judge_finding": {"finding": finding, "outcome": "cleared", "reason": WHY},
        "settle_objection": {"objection": objection, "outcome": "dismissed", "reason": WHY},
        "void_letter": {"letter": about("void_letter", letter), "reason": WHY},
    }
    own["issue_void_notice"] = {"letter": about("issue_void_notice", letter)}
    own["record_delivery"] = {
        "letter": about("record_delivery", letter),
        "method": "post",
        "delivered_on": SENT if view.letters == () else view.letters[0].issued_at.date(),
    }
    own["issue_objection_answer"] = {"objection": about("issue_objection_answer", settled)}
    takes = inspect.signature(function(name)).parameters.values()
    words = [each.name for each in takes if each.annotation is str and each.default is each.empty]
    more: dict[str, dict[str, Any]] = {
        "add_paper": {"kind": "contract", "name": "合同.pdf", "body": b"%PDF-1.4"},
        "review": {"stage": "formal_check" if view.state == "eligibility" else "eligibility"},
        "verify_facts": {"facts": {"contract_amount": 650_000_000}},
        "ask_correction": {"defects": [("field", "contract_amount", "不一致")]},
        "answer_correction": {"facts": {"contract_amount": 650_000_000}},
        "object": {"received_on": view.publicity and view.publicity.from_on},
        "approve": {"minutes": MINUTES},
        "decide": {"reason": WHY},
    }
    return own.get(name) or {**dict.fromkeys(words, WHY), **more.get(name, {}), "case": view.case}


def disagreements(desk: Desk, case: str) -> list[tuple[str, str, str]]:
    """Person and act, and what is wrong: offered and refused (with the code), or neither."""
    found = []
    for person in PEOPLE:
        view = case_view.view(desk.office, person, case)
        assert view is not None
        for name in ABOUT_A_CASE:
            if name == "judge_finding" and not any(one.judgeable for one in view.findings):
                continue  # the page shows nothing that could be judged
            code = refusal(desk, person, name, asked(view, name))
            if bool(code) == (name in view.may):
                found.append((person, name, code or "not offered"))
    return found


def refusal(desk: Desk, person: str, name: str, given: dict[str, Any]) -> str:
    """The code of what an act refuses; nothing where it goes through. It is taken back."""
    try:
        look_ahead.tried(desk.office, person, name, lambda turn: look_ahead.within(turn, **given))
    except Refused as refused:
        return refused.code
    return ""


@pytest.mark.parametrize("situation", SITUATIONS)
def test_what_is_offered_goes_through_and_nothing_else_does(crowd: Desk, situation: str) -> None:
    state, lead = SITUATIONS[situation]
    case = lead(crowd)
    assert crowd.state(case) == state
    accounts.recuse(crowd.office, "approver2", crowd.application(case).applicant_id, "曾任职")
    assert disagreements(crowd, case) == []


@pytest.mark.parametrize(
    "lead", [Desk.submit, decided(), refused, blocked], ids=["new", "awarded", "refused", "blocked"]
)
def test_an_office_that_has_set_nothing_yet_says_what_is_missing(
    at_first: Desk, lead: Callable[[Desk], str]
) -> None:
    """The page does not offer what needs a term, and says which is missing in place of the act."""
    case = lead(at_first)
    assert disagreements(at_first, case) == []
    view = case_view.view(at_first.office, "officer", case)
    assert view is not None
    awaited = {"submitted": ["ask_correction"], "suspended": ["ask_correction"], "calculated": ["publish"]}
    assert [name for name, _ in view.barred] == awaited.get(view.state, [])
    assert {why.code for _, why in view.barred} <= {"refused.unset"}


def test_a_case_that_is_decided_with_its_round_is_not_offered_alone(at_first: Desk) -> None:
    adopt(at_first.office, pack_text('order = "pro_rata"\nresidual = "largest_remainder"\nunit = "0.01"'))
    case: str = counter_entry.submit(
        at_first.office, "officer", {**FACTS, "score": 1}, "", None, "test-voucher"
    ).facts["case"]
    assert disagreements(at_first, case) == []
    view = case_view.view(at_first.office, "officer", case)
    assert view is not None and ("decide", "refused.decided_together") in [
        (name, why.code) for name, why in view.barred
    ]


def test_every_state_is_walked_through() -> None:
    assert {state for state, _ in SITUATIONS.values()} == set(APPLICATION) - {"draft"}


def test_an_act_that_refuses_more_than_its_bar_is_found(crowd: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A planted fault: an act asks something that the page does not know."""

    @act("accept")
    def stubborn(turn: Turn, case: str) -> None:
        turn.case(case)
        raise Refused("refused.minutes_missing")

    case = crowd.submit()
    monkeypatch.setattr(checking, "accept", stubborn)
    code = "refused.minutes_missing"
    assert disagreements(crowd, case) == [
        (one, "accept", code) for one in ("officer", "officer2", "approver2")
    ]


def test_a_page_that_guesses_is_found(crowd: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A planted fault: the page asks the line of an act and not its bar."""
    case = public(crowd)

    def guess(who: Who, name: str, application: Application) -> Refused | None:
        fits = application.state in ACTS[name].states and who.roles.intersection(ACTS[name].roles)
        return None if fits else Refused("refused.state")

    monkeypatch.setattr(case_view, "why_not", guess)
    found = disagreements(crowd, case)
    assert ("approver", "approve", "refused.publicity_running") in found
    assert ("officer", "approve", "refused.same_person") in found
