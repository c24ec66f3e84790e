"""The acts of the office, one line each: who may do it, in which states of a case, and where that leads.

This is the one table of roles and states. The acts themselves ask it, pages show what it allows, a test walks
every line. A line also names the function that does the act; it is looked for only when it is wanted, so that
the table stands below everything that it names.
"""

import importlib
from collections.abc import Callable
from typing import NamedTuple

from casework.change import Change
from models.states import APPLICATION


class ActLine(NamedTuple):
    """An act: the roles that may do it, and the states that a case must be in (none: not about one).

    The sentence that describes it has the code `act.<name>`. `leads_to` are the states it can bring the case
    into. `not_preparer` acts refuse the person who prepared what is acted on. `stands` is where its function
    stands, as `module:name`; it is empty for what is carried out by functions that read or write files as
    well, or store nothing: they call `carry_out(office, by, "export", …)` themselves.
    """

    stands: str
    roles: tuple[str, ...]
    states: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    not_preparer: bool = False


OPEN = (
    "submitted",
    "accepted",
    "correction",
    "formal_check",
    "eligibility",
    "expert_review",
    "special_audit",
)
"""Nothing is decided of the case yet, and it takes corrections."""
CORRECTABLE = (*OPEN, "suspended")
"""It can be asked for more: also one that a reading or a missing fact blocks."""
BEFORE_PUBLICITY = (*OPEN, "calculated")
BEFORE_ISSUE = (*BEFORE_PUBLICITY, "publicity", "approved")

ACTS: dict[str, ActLine] = {
    # intake
    "import": ActLine("", ("officer",)),
    "submit": ActLine("casework.counter_entry:submit", ("officer",), leads_to=("submitted",)),
    "open_round": ActLine("casework.rounds:open_round", ("officer",)),
    "close_round": ActLine("casework.rounds:close_round", ("officer",)),
    "teach_column": ActLine("casework.taught_headings:teach_column", ("officer",)),
    "admit_provider": ActLine("casework.providers:admit_provider", ("officer",)),
    "add_paper": ActLine("casework.filing:add_paper", ("officer",), (*BEFORE_ISSUE, "suspended")),
    # review
    "accept": ActLine("casework.checking:accept", ("officer",), ("submitted",), ("accepted",)),
    "check": ActLine("casework.checking:check", ("officer", "approver"), (*BEFORE_PUBLICITY, "suspended")),
    "judge_finding": ActLine(
        "casework.checking:judge_finding", ("officer",), (*BEFORE_PUBLICITY, "suspended")
    ),
    "verify_facts": ActLine("casework.checking:verify_facts", ("officer",), (*BEFORE_PUBLICITY, "suspended")),
    "ask_correction": ActLine(
        "casework.corrections:ask_correction", ("officer",), CORRECTABLE, ("correction",)
    ),
    "answer_correction": ActLine(
        "casework.corrections:answer_correction", ("officer",), ("correction",), ("accepted",)
    ),
    "review": ActLine(
        "casework.checking:review",
        ("officer",),
        OPEN,
        ("formal_check", "eligibility", "expert_review", "special_audit"),
    ),
    # award
    "decide": ActLine("casework.award:decide", ("officer",), OPEN, ("calculated", "refused", "suspended")),
    "decide_again": ActLine(
        "casework.award:decide_again",
        ("officer",),
        ("calculated", "suspended", "refused"),
        ("calculated", "refused", "suspended"),
    ),
    # publicity
    "publish": ActLine("casework.publicity:publish", ("officer",), ("calculated",), ("publicity",)),
    "object": ActLine("casework.publicity:take_objection", ("officer",), ("publicity",)),
    "settle_objection": ActLine("casework.publicity:settle_objection", ("approver",)),
    "end_publicity": ActLine("casework.publicity:end_publicity", ("officer",)),
    # approval, letters, vouchers
    "approve": ActLine(
        "casework.approval:approve", ("approver",), ("publicity",), ("approved",), not_preparer=True
    ),
    "return": ActLine(
        "casework.approval:send_back",
        ("approver",),
        ("calculated", "publicity"),
        ("eligibility",),
        not_preparer=True,
    ),
    "issue_letter": ActLine("casework.letters:issue_approval", ("officer",), ("approved", "issued")),
    "issue_refusal": ActLine(
        "casework.letters:issue_refusal", ("approver",), ("refused",), not_preparer=True
    ),
    "issue_correction": ActLine("casework.letters:issue_correction", ("officer",), ("correction",)),
    "void_letter": ActLine("casework.letters:void_letter", ("approver",)),
    "issue_voucher": ActLine("casework.vouchers:issue_voucher", ("officer",), ("approved",), ("issued",)),
    # side ways
    "withdraw": ActLine(
        "casework.ways_out:withdraw",
        ("officer",),
        (*BEFORE_PUBLICITY, "publicity", "suspended"),
        ("withdrawn",),
    ),
    "suspend": ActLine(
        "casework.ways_out:suspend", ("officer", "approver"), BEFORE_PUBLICITY, ("suspended",)
    ),
    "resume": ActLine("casework.ways_out:resume", ("officer",), ("suspended",), OPEN),
    "revoke": ActLine(
        "casework.ways_out:revoke", ("approver",), ("approved", "issued"), ("revoked",), not_preparer=True
    ),
    "recuse": ActLine("casework.accounts:recuse", ("officer", "approver", "finance")),
    # money
    "appropriate": ActLine("casework.budgets:appropriate", ("finance",)),
    # rules
    "propose_pack": ActLine("casework.policies:propose_pack", ("officer", "approver")),
    "confirm_pack": ActLine("casework.policies:confirm_pack", ("approver",), not_preparer=True),
    "reject_pack": ActLine("casework.policies:reject_pack", ("approver",)),
    "withdraw_pack": ActLine("casework.policies:withdraw_pack", ("approver",)),
    "propose_supplement": ActLine("casework.policies:propose_supplement", ("officer", "approver")),
    "confirm_supplement": ActLine("casework.policies:confirm_supplement", ("approver",), not_preparer=True),
    "reject_supplement": ActLine("casework.policies:reject_supplement", ("approver",)),
    "revoke_supplement": ActLine("casework.policies:revoke_supplement", ("approver",), not_preparer=True),
    # papers out
    "export": ActLine("", ("officer", "approver", "finance", "auditor")),
    # trying out a draft, of which nothing is stored
    "whatif": ActLine("", ("officer", "approver", "auditor")),
    # people
    "add_person": ActLine("casework.accounts:add_person", ("system",)),
    "lock_person": ActLine("casework.accounts:lock_person", ("system", "rights")),
    "unlock_person": ActLine("casework.accounts:unlock_person", ("rights",)),
    "reset_password": ActLine("casework.accounts:reset_password", ("system",)),
    "give_role": ActLine("casework.accounts:give_role", ("rights",)),
    "end_role": ActLine("casework.accounts:end_role", ("rights",)),
    "change_password": ActLine(
        "casework.accounts:change_password", ("officer", "approver", "finance", "auditor", "system", "rights")
    ),
}
"""Every act of the office by its name."""


def line(name: str) -> ActLine:
    """The line of an act. An act without one is a bug."""
    return ACTS[name]


def function(name: str) -> Callable[..., Change]:
    """What does an act, as `act(office, by, …)`. Asking for one that stands nowhere is a bug."""
    module, _, attribute = ACTS[name].stands.partition(":")
    found: Callable[..., Change] = getattr(importlib.import_module(module), attribute)
    return found


def allowed(roles: frozenset[str], state: str | None = None) -> tuple[str, ...]:
    """The acts that someone with these roles may do, on an application in `state` or on none."""
    return tuple(
        name
        for name, line in ACTS.items()
        if roles.intersection(line.roles) and (state in line.states if state is not None else not line.states)
    )


assert all(set(line.states) | set(line.leads_to) <= set(APPLICATION) for line in ACTS.values())
