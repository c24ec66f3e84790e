"""Two things that every act has to do: notice that the case has changed meanwhile, and store no unknown code.

The acts are walked from their table, so that a new one is walked without being told.
"""

import inspect
from typing import Any

import pytest

from casework.boards import case_view
from casework.core.act import By
from casework.core.act_table import ACTS, function
from casework.core.refused import Refused
from tests.casework.desk import PACK, Desk
from tests.end_to_end.test_offered_is_not_refused import (
    ABOUT_A_CASE,
    PEOPLE,
    SITUATIONS,
    asked,
    at_first,
    crowd,
    public,
    refusal,
)

__all__ = ["at_first", "crowd"]

REACHED: dict[str, str] = {
    "accept": "new", "check": "accepted", "review": "accepted", "verify_facts": "checked",
    "decide": "accepted",
    "ask_correction": "eligibility", "answer_correction": "correction", "issue_correction": "correction",
    "judge_finding": "checked", "add_paper": "accepted", "decide_again": "calculated",
    "publish": "calculated",
    "return": "calculated", "object": "publicity", "settle_objection": "objection",
    "approve": "publicity ended", "issue_voucher": "approved", "issue_letter": "issued", "revoke": "issued",
    "issue_refusal": "refused", "void_letter": "letter", "suspend": "accepted", "resume": "suspended",
    "withdraw": "accepted", "propose_refusal": "calculated", "confirm_refusal": "refusal proposed",
    "reject_refusal": "refusal proposed", "take_back_refusal": "refused for a fact",
    "issue_acceptance": "accepted", "issue_revocation": "revoked",
    "issue_objection_answer": "objection dismissed", "issue_void_notice": "letter void",
    "record_delivery": "letter",
}  # fmt: skip
"""A situation of a case in which somebody may do each act."""


def able(desk: Desk, case: str, name: str) -> tuple[str, dict[str, Any], case_view.CaseView]:
    """Somebody who may do an act to a case now, with what it asks for and the case as they see it."""
    for person in PEOPLE:
        view = case_view.view(desk.office, person, case)
        assert view is not None
        given = asked(view, name)
        if not refusal(desk, person, name, given):
            return person, given, view
    raise AssertionError(f"nobody may {name}")


@pytest.mark.parametrize("name", ABOUT_A_CASE)
def test_an_act_notices_that_the_case_has_changed_meanwhile_and_is_noticed_itself(
    crowd: Desk, name: str
) -> None:
    assert name in REACHED, f"say in which situation somebody may {name}"
    case = SITUATIONS[REACHED[name]][1](crowd)
    person, given, view = able(crowd, case, name)
    stale = view.seen._replace(log_seq=view.seen.log_seq - 1)
    with pytest.raises(Refused, match="changed_meanwhile"):
        function(name)(crowd.office, By(person, seen=stale), **given)
    function(name)(crowd.office, By(person, seen=view.seen), **given)
    now = case_view.view(crowd.office, person, case)
    assert now is not None and now.seen != view.seen, f"who looked at the case before does not notice {name}"


def test_an_answer_to_an_objection_is_noticed_by_who_looked_before(crowd: Desk) -> None:
    """The case neither changes its state nor its version, and yet it is another."""
    case = SITUATIONS["objection"][1](crowd)
    person, given, view = able(crowd, case, "settle_objection")
    function("settle_objection")(crowd.office, person, **given)
    with pytest.raises(Refused, match="changed_meanwhile"):
        function("object")(crowd.office, By("officer", seen=view.seen), case, "某公司（签名）", "合同虚假")
    events = case_view.view(crowd.office, person, case)
    assert events is not None and events.events[-1].act == "settle_objection"


CODES: dict[tuple[str, str], dict[str, Any]] = {
    ("submit", "scheme"): {"facts": {}},
    ("open_round", "scheme"): {"name": "第九批", "year": 2026},
    ("teach_column", "field"): {"heading": "某列"},
    ("teach_column", "unit"): {"heading": "某列", "field": "contract_amount"},
    ("add_paper", "kind"): {"name": "合同.pdf", "body": b"%PDF-1.4"},
    ("judge_finding", "outcome"): {"reason": "经核"},
    ("settle_objection", "outcome"): {"reason": "经核"},
    ("review", "stage"): {},
    ("add_person", "side"): {"name": "newcomer", "full_name": "新人"},
    ("give_role", "role"): {"name": "officer2"},
    ("end_role", "role"): {"name": "officer2"},
    ("propose_supplement", "pack"): {"parameter": "startup_ceiling", "value": "50", "source": "纪要"},
    ("propose_supplement", "parameter"): {"pack": PACK, "value": "50", "source": "纪要"},
    ("propose_supplement", "value"): {"pack": PACK, "parameter": "startup_ceiling", "source": "纪要"},
}
"""The arguments that are codes, each with what else the act is given."""
NAMES = {
    "method", "case", "pack", "budget", "to_budget", "month", "name", "full_name", "heading",
    "facts", "text", "examples", "rule", "sha256",
}  # fmt: skip
"""What names a thing that is there or is new: the act finds it, or its own tests say."""
WORDS = {
    "reason", "minutes", "objector", "grounds", "batch", "service", "source", "allotment_no",
    "title", "article", "fact", "document", "basis", "receipt",
    "number", "seen", "password", "new_password", "media", "where",
}  # fmt: skip
"""What a person writes."""


def test_every_argument_in_words_is_a_code_a_name_or_words() -> None:
    unsorted = [
        (name, each.name)
        for name, line in ACTS.items()
        if line.stands
        for each in inspect.signature(function(name)).parameters.values()
        if each.annotation in (str, str | None) and each.name not in NAMES | WORDS
    ]
    assert [each for each in unsorted if each not in CODES] == []


WHO = {"add_person": "system", "give_role": "rights", "end_role": "rights", "settle_objection": "approver"}


@pytest.mark.parametrize(("name", "argument"), CODES, ids=map(".".join, CODES))
def test_a_code_that_there_is_not_is_refused_with_its_sentence(crowd: Desk, name: str, argument: str) -> None:
    given = dict(CODES[name, argument])
    if "facts" in given:
        given["facts"] = {"applicant": "91440300MA50050230", "applicant_name": "甲", "contract_amount": 1}
    if name == "settle_objection":
        given["objection"] = public_objection(crowd)
    elif name == "judge_finding":
        view = case_view.view(crowd.office, "officer", SITUATIONS["checked"][1](crowd))
        assert view is not None
        given["finding"] = view.findings[0].id
    elif name in ("add_paper", "review"):
        given["case"] = crowd.submit()
    with pytest.raises(Refused) as refused:
        function(name)(crowd.office, WHO.get(name, "officer"), **given, **{argument: "no-such-thing"})
    assert "no-such-thing" in refused.value.say("zh") or refused.value.code == "refused.role_side"


def public_objection(desk: Desk) -> int:
    change = function("object")(desk.office, "officer", public(desk), "某公司（签名）", "合同虚假")
    return int(change.facts["objection"])


def test_a_defect_names_a_field_that_there_is(crowd: Desk) -> None:
    case = crowd.submit()
    with pytest.raises(Refused, match="no_such_field"):
        function("ask_correction")(crowd.office, "officer", case, [("field", "no_such", "未填写")])
    function("ask_correction")(crowd.office, "officer", case, [("field", "related_party", "未填写")])
