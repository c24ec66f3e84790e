"""The acts of the office, one line each: who may do it, in which states of a case, and where that leads.

This is the one table of roles and states. The acts themselves ask it, pages show what it allows, a test walks
every line. A line also names the function that does the act; it is looked for only when it is wanted, so that
the table stands below everything that it names.
"""

import importlib
from collections.abc import Callable
from typing import NamedTuple

from casework.core.change import Change
from models.state_names import APPLICATION


class ActLine(NamedTuple):
    """An act: the roles that may do it, and the states that a case must be in (none: not about one).

    The sentence that describes it has the code `act.<name>`. `leads_to` are the states it can bring the case
    into. `not_preparer` acts refuse whoever prepared what is acted on (a case: `casework.core.prepared_by`).
    `stands` is where its function stands inside `casework`, as `room.module:name`; it is empty for what is
    carried out by functions that read or write files as well, or store nothing: they call
    `carry_out(office, by, "export", …)` themselves.
    """

    stands: str
    roles: tuple[str, ...]
    states: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    not_preparer: bool = False


OFFICER, APPROVER, EITHER = ("officer",), ("approver",), ("officer", "approver")
FINANCE = ("finance",)
ON_CASES = ("officer", "approver", "finance", "auditor")
EVERYONE = (*ON_CASES, "system", "rights")

STAGES = ("formal_check", "eligibility", "expert_review", "special_audit")
"""The stages of a review."""
OPEN = ("submitted", "accepted", "correction", *STAGES)
"""Nothing is decided of the case yet, and it takes corrections."""
CORRECTABLE = (*OPEN, "suspended")
"""It can be asked for more: also one that a reading or a missing fact blocks."""
DECIDED = ("calculated", "refused", "suspended")
"""What a decision makes of a case: an award, a refusal, or neither while a reading or a fact is missing."""
BEFORE_PUBLICITY = (*OPEN, "calculated")
REFUSABLE = (*BEFORE_PUBLICITY, "publicity", "suspended")
"""A fact outside the rules can refuse it; what was approved is revoked."""
BEFORE_ISSUE = (*BEFORE_PUBLICITY, "publicity", "approved")

ACTS: dict[str, ActLine] = {
    # intake
    "import": ActLine("", OFFICER),
    "submit": ActLine("intake.counter_entry:submit", OFFICER, leads_to=("submitted",)),
    "open_round": ActLine("intake.rounds:open_round", OFFICER),
    "close_round": ActLine("intake.rounds:close_round", OFFICER),
    "teach_column": ActLine("intake.taught_headings:teach_column", OFFICER),
    "admit_provider": ActLine("cases.providers:admit_provider", OFFICER),
    "add_paper": ActLine("cases.paper_filing:add_paper", OFFICER, (*BEFORE_ISSUE, "suspended")),
    # review
    "accept": ActLine("review.checking:accept", OFFICER, ("submitted",), ("accepted",)),
    "check": ActLine("review.checking:check", EITHER, (*BEFORE_ISSUE, "suspended")),
    "judge_finding": ActLine(
        "review.checking:judge_finding", OFFICER, (*BEFORE_ISSUE, "issued", "suspended")
    ),
    "verify_facts": ActLine("review.checking:verify_facts", OFFICER, (*BEFORE_PUBLICITY, "suspended")),
    "ask_correction": ActLine("review.corrections:ask_correction", OFFICER, CORRECTABLE, ("correction",)),
    "answer_correction": ActLine(
        "review.corrections:answer_correction", OFFICER, ("correction",), ("submitted", "accepted")
    ),
    "review": ActLine("review.checking:review", OFFICER, OPEN, STAGES),
    # award
    "decide": ActLine("award.deciding:decide", OFFICER, OPEN, DECIDED),
    "decide_again": ActLine(
        "award.deciding:decide_again", OFFICER, ("calculated", "suspended", "refused"), DECIDED
    ),
    # refusing for a fact outside the rules
    "propose_refusal": ActLine("award.refusals:propose_refusal", EITHER, REFUSABLE),
    "confirm_refusal": ActLine(
        "award.refusals:confirm_refusal", APPROVER, REFUSABLE, ("refused",), not_preparer=True
    ),
    "reject_refusal": ActLine(
        "award.refusals:reject_refusal", EITHER, (*REFUSABLE, "refused", "withdrawn")
    ),  # earlier versions left one open of a case that ended
    "take_back_refusal": ActLine(
        "award.refusals:take_back_refusal", APPROVER, ("refused",), not_preparer=True
    ),
    # publicity
    "publish": ActLine("issuing.publicity:publish", OFFICER, ("calculated",), ("publicity",)),
    "object": ActLine("issuing.publicity:take_objection", OFFICER, ("publicity",)),
    "settle_objection": ActLine("issuing.publicity:settle_objection", APPROVER),
    "end_publicity": ActLine("issuing.publicity:end_publicity", OFFICER),
    # approval, letters, vouchers
    "approve": ActLine(
        "issuing.approval:approve", APPROVER, ("publicity",), ("approved",), not_preparer=True
    ),
    "return": ActLine(
        "issuing.approval:send_back",
        APPROVER,
        ("calculated", "publicity"),
        ("eligibility",),
        not_preparer=True,
    ),
    "issue_letter": ActLine("issuing.letters:issue_approval", OFFICER, ("approved", "issued")),
    "issue_refusal": ActLine("issuing.letters:issue_refusal", APPROVER, ("refused",), not_preparer=True),
    "issue_correction": ActLine("issuing.letters:issue_correction", OFFICER, ("correction",)),
    "issue_acceptance": ActLine(
        "issuing.procedural_letters:issue_acceptance", OFFICER, ("accepted", "correction", *STAGES)
    ),
    "issue_revocation": ActLine(
        "issuing.procedural_letters:issue_revocation", APPROVER, ("revoked",), not_preparer=True
    ),
    "issue_objection_answer": ActLine("issuing.procedural_letters:issue_objection_answer", EITHER),
    "issue_void_notice": ActLine("issuing.procedural_letters:issue_void_notice", OFFICER),
    "record_delivery": ActLine("issuing.delivery:record_delivery", EITHER),
    "void_letter": ActLine("issuing.letters:void_letter", APPROVER),
    "issue_voucher": ActLine("issuing.vouchers:issue_voucher", OFFICER, ("approved",), ("issued",)),
    # side ways
    "withdraw": ActLine(
        "issuing.withdraw_suspend_revoke:withdraw",
        OFFICER,
        (*BEFORE_PUBLICITY, "publicity", "suspended"),
        ("withdrawn",),
    ),
    "suspend": ActLine("issuing.withdraw_suspend_revoke:suspend", EITHER, BEFORE_PUBLICITY, ("suspended",)),
    "resume": ActLine("issuing.withdraw_suspend_revoke:resume", OFFICER, ("suspended",), OPEN),
    "revoke": ActLine(
        "issuing.withdraw_suspend_revoke:revoke",
        APPROVER,
        ("approved", "issued"),
        ("revoked",),
        not_preparer=True,
    ),
    "recuse": ActLine("people.accounts:recuse", ("officer", "approver", "finance")),
    # money
    "appropriate": ActLine("money.allotments:appropriate", FINANCE),
    "confirm_appropriation": ActLine("money.allotments:confirm_appropriation", FINANCE, not_preparer=True),
    "reject_appropriation": ActLine("money.allotments:reject_appropriation", FINANCE),
    "replace_appropriation": ActLine("money.allotments:replace_appropriation", FINANCE),
    "move_appropriation": ActLine("money.allotments:move_appropriation", FINANCE),
    "reverse_appropriation": ActLine("money.allotments_taken_back:reverse_appropriation", FINANCE),
    "close_period": ActLine("money.periods:close_period", FINANCE),
    # rules
    "propose_pack": ActLine("rulebook.packs:propose_pack", EITHER),
    "renew_pack": ActLine("rulebook.packs:renew_pack", EITHER),
    "confirm_pack": ActLine("rulebook.packs:confirm_pack", APPROVER, not_preparer=True),
    "reject_pack": ActLine("rulebook.packs:reject_pack", APPROVER),
    "withdraw_pack": ActLine("rulebook.packs:withdraw_pack", APPROVER),
    "propose_supplement": ActLine("rulebook.supplements:propose_supplement", EITHER),
    "propose_source": ActLine("rulebook.official_sources:propose_source", EITHER),
    "confirm_supplement": ActLine("rulebook.supplements:confirm_supplement", APPROVER, not_preparer=True),
    "reject_supplement": ActLine("rulebook.supplements:reject_supplement", APPROVER),
    "revoke_supplement": ActLine("rulebook.supplements:revoke_supplement", APPROVER, not_preparer=True),
    # papers out
    "export": ActLine("", ON_CASES),
    # trying out a draft or another order, of which nothing is stored but the line in the log
    "whatif": ActLine("", ("officer", "approver", "auditor")),
    "scenario": ActLine("", ON_CASES),
    # what the office says of itself
    "set_office": ActLine("core.office_settings:set_office", ("system",)),
    # people
    "add_person": ActLine("people.accounts:add_person", ("system",)),
    "lock_person": ActLine("people.accounts:lock_person", ("system", "rights")),
    "unlock_person": ActLine("people.accounts:unlock_person", ("rights",)),
    "reset_password": ActLine("people.accounts:reset_password", ("system", "rights")),
    "confirm_reset": ActLine("people.accounts:confirm_reset", ("system", "rights", "approver")),
    "give_role": ActLine("people.accounts:give_role", ("rights",)),
    "end_role": ActLine("people.accounts:end_role", ("rights",)),
    "change_password": ActLine("people.accounts:change_password", EVERYONE),
}
"""Every act of the office by its name."""

WITHOUT_A_ROLE = ("change_password",)
"""Acts on nothing but one's own account: whoever has one does them, before a role is given too."""

ONLY_LOGGED = ("export", "whatif", "scenario")
"""Acts that store nothing but their line in the log."""

LOOKS: dict[str, tuple[str, ...]] = {
    "cases": ON_CASES,
    "policies": ON_CASES,
    "replay": ON_CASES,
    "settings": EVERYONE,
    "try_import": OFFICER,
    "verify": EVERYONE,
}
"""What is only looked at by who has signed in, and by which roles; the window shows its pages to the same
(`desktop.frame.places`). Whoever has a role sees whether the office is whole."""


def held_by(name: str, roles: frozenset[str]) -> bool:
    """Whether somebody with these roles does an act."""
    return name in WITHOUT_A_ROLE or bool(roles.intersection(line(name).roles))


def line(name: str) -> ActLine:
    """The line of an act. An act without one is a bug."""
    return ACTS[name]


def function(name: str) -> Callable[..., Change]:
    """What does an act, as `act(office, by, …)`. Asking for one that stands nowhere is a bug."""
    module, _, attribute = ACTS[name].stands.partition(":")
    found: Callable[..., Change] = getattr(importlib.import_module(f"casework.{module}"), attribute)
    return found


assert all(set(line.states) | set(line.leads_to) <= set(APPLICATION) for line in ACTS.values())
