"""Who may do what, when: one table. Acts ask it, faces show it, a test walks every line of it."""

from typing import NamedTuple

from models.states import APPLICATION


class Permission(NamedTuple):
    """An act: the roles that may do it, and the states an application must be in (none: not about one).

    The sentence that describes it has the code `act.<name>`. `leads_to` are the states it can bring the case
    into. `not_preparer` acts refuse the person who prepared what is acted on.
    """

    roles: tuple[str, ...]
    states: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    not_preparer: bool = False

    def code(self, name: str) -> str:
        """The code of the act's word in the catalogue."""
        return f"act.{name}"


OPEN = (
    "submitted",
    "accepted",
    "correction",
    "formal_check",
    "eligibility",
    "expert_review",
    "special_audit",
)
"""An application that still takes corrections."""
ASKED = (*OPEN, "suspended")
"""One that can be asked for more: also a case that a reading or a missing fact blocks."""
UNDECIDED = (*OPEN, "calculated")
LIVE = (*UNDECIDED, "publicity", "approved")

ACTS: dict[str, Permission] = {
    # intake
    "import": Permission(("officer",)),
    "submit": Permission(("officer",), leads_to=("submitted",)),
    "open_round": Permission(("officer",)),
    "close_round": Permission(("officer",)),
    "teach_column": Permission(("officer",)),
    "admit_provider": Permission(("officer",)),
    "add_paper": Permission(("officer",), (*LIVE, "suspended")),
    # review
    "accept": Permission(("officer",), ("submitted",), ("accepted",)),
    "check": Permission(("officer", "approver"), (*UNDECIDED, "suspended")),
    "judge_finding": Permission(("officer",), (*UNDECIDED, "suspended")),
    "verify_facts": Permission(("officer",), (*UNDECIDED, "suspended")),
    "ask_correction": Permission(("officer",), ASKED, ("correction",)),
    "answer_correction": Permission(("officer",), ("correction",), ("accepted",)),
    "review": Permission(
        ("officer",), OPEN, ("formal_check", "eligibility", "expert_review", "special_audit")
    ),
    # award
    "decide": Permission(("officer",), OPEN, ("calculated", "refused", "suspended")),
    "decide_again": Permission(
        ("officer",), ("calculated", "suspended", "refused"), ("calculated", "refused", "suspended")
    ),
    # publicity
    "publish": Permission(("officer",), ("calculated",), ("publicity",)),
    "object": Permission(("officer",), ("publicity",)),
    "settle_objection": Permission(("approver",)),
    "end_publicity": Permission(("officer",)),
    # approval, letters, vouchers
    "approve": Permission(("approver",), ("publicity",), ("approved",), not_preparer=True),
    "return": Permission(("approver",), ("calculated", "publicity"), ("eligibility",), not_preparer=True),
    "issue_letter": Permission(("officer",), ("approved", "issued")),
    "issue_refusal": Permission(("approver",), ("refused",), not_preparer=True),
    "issue_correction": Permission(("officer",), ("correction",)),
    "void_letter": Permission(("approver",)),
    "issue_voucher": Permission(("officer",), ("approved",), ("issued",)),
    # side ways
    "withdraw": Permission(("officer",), (*UNDECIDED, "publicity", "suspended"), ("withdrawn",)),
    "suspend": Permission(("officer", "approver"), UNDECIDED, ("suspended",)),
    "resume": Permission(("officer",), ("suspended",), OPEN),
    "revoke": Permission(("approver",), ("approved", "issued"), ("revoked",), not_preparer=True),
    "recuse": Permission(("officer", "approver", "finance")),
    # money
    "appropriate": Permission(("finance",)),
    # rules
    "propose_pack": Permission(("officer", "approver")),
    "confirm_pack": Permission(("approver",), not_preparer=True),
    "reject_pack": Permission(("approver",)),
    "withdraw_pack": Permission(("approver",)),
    "propose_supplement": Permission(("officer", "approver")),
    "confirm_supplement": Permission(("approver",), not_preparer=True),
    "reject_supplement": Permission(("approver",)),
    "revoke_supplement": Permission(("approver",), not_preparer=True),
    # papers out
    "export": Permission(("officer", "approver", "finance", "auditor")),
    # trying out a draft, of which nothing is stored
    "whatif": Permission(("officer", "approver", "auditor")),
    # people
    "add_person": Permission(("system",)),
    "lock_person": Permission(("system", "rights")),
    "unlock_person": Permission(("rights",)),
    "reset_password": Permission(("system",)),
    "give_role": Permission(("rights",)),
    "end_role": Permission(("rights",)),
    "change_password": Permission(("officer", "approver", "finance", "auditor", "system", "rights")),
}
"""Every act of the office by its name."""


def permission(name: str) -> Permission:
    """The line of an act. An act without one is a bug."""
    return ACTS[name]


def allowed(roles: frozenset[str], state: str | None = None) -> tuple[str, ...]:
    """The acts that someone with these roles may do, on an application in `state` or on none."""
    return tuple(
        name
        for name, line in ACTS.items()
        if roles.intersection(line.roles) and (state in line.states if state is not None else not line.states)
    )


assert all(set(line.states) | set(line.leads_to) <= set(APPLICATION) for line in ACTS.values())
