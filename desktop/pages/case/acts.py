"""The acts of the case's page as data: where each stands in a state, and what it asks before it is done.

Whether a person may do one is said by `casework.core.act_table` and the case itself, never here.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from casework.award import deciding, refusals
from casework.core.act_table import STAGES
from casework.core.blocked_cases import BLOCKED
from casework.core.change import Change
from casework.issuing import (
    approval,
    letters,
    procedural_letters,
    publicity,
    vouchers,
    withdraw_suspend_revoke,
)
from casework.review import checking
from desktop.kit.action import Action

REVIEWED = ("decide", "verify_facts", "ask_correction", "check", "review")
ORDER: Mapping[str, tuple[str, ...]] = {
    "submitted": ("accept", "check", "ask_correction"),
    "accepted": ("check", "decide", "verify_facts", "ask_correction", "review"),
    **dict.fromkeys(STAGES, REVIEWED),
    "correction": ("answer_correction", "issue_correction"),
    "calculated": ("publish", "decide_again", "return"),
    "publicity": ("approve", "return", "object"),
    "approved": ("issue_voucher", "issue_letter"),
    "issued": ("issue_letter",),
    "refused": ("issue_refusal", "decide_again", "take_back_refusal"),
    "revoked": ("issue_revocation",),
    "suspended": ("resume", "verify_facts", "ask_correction", "decide_again"),
    BLOCKED: ("decide_again", "verify_facts", "ask_correction", "resume"),
}
"""In each state what is done first, next and then; the rest stands in the menu."""
BUTTONS = 4
"""Acts with a button of their own."""


class Ask(NamedTuple):
    """An act of the page.

    ``act``: what does it, with the case's number and what was asked. ``asks``: codes of what is asked first.
    ``sure``: it says what will happen and asks once.
    """

    act: Callable[..., Change]
    asks: tuple[str, ...] = ()
    sure: bool = False
    shortcut: str = ""


def _publish(office: object, by: object, case: str) -> Change:
    publish: Callable[..., Change] = publicity.publish
    return publish(office, by, cases=(case,))


ASKS: Mapping[str, Ask] = {
    "accept": Ask(checking.accept, shortcut="F6"),
    "check": Ask(checking.check, shortcut="F7"),
    "review": Ask(checking.review, ("stage",)),
    "decide": Ask(deciding.decide, sure=True, shortcut="F9"),
    "decide_again": Ask(deciding.decide_again, ("reason",)),
    "publish": Ask(_publish, sure=True),
    "object": Ask(publicity.take_objection, ("objector", "grounds")),
    "approve": Ask(approval.approve, ("minutes",), sure=True),
    "return": Ask(approval.send_back, ("reason",)),
    "issue_voucher": Ask(vouchers.issue_voucher, sure=True),
    "issue_letter": Ask(letters.issue_approval, sure=True),
    "issue_refusal": Ask(letters.issue_refusal, sure=True),
    "issue_correction": Ask(letters.issue_correction),
    "propose_refusal": Ask(refusals.propose_refusal, ("fact", "reason", "document", "article"), sure=True),
    "confirm_refusal": Ask(refusals.confirm_refusal, sure=True),
    "reject_refusal": Ask(refusals.reject_refusal, ("reason",)),
    "take_back_refusal": Ask(refusals.take_back_refusal, ("reason", "document", "article"), sure=True),
    "issue_acceptance": Ask(procedural_letters.issue_acceptance),
    "issue_revocation": Ask(procedural_letters.issue_revocation, ("basis",), sure=True),
    "withdraw": Ask(withdraw_suspend_revoke.withdraw, ("reason",), sure=True),
    "suspend": Ask(withdraw_suspend_revoke.suspend, ("reason",)),
    "resume": Ask(withdraw_suspend_revoke.resume),
    "revoke": Ask(withdraw_suspend_revoke.revoke, ("reason",), sure=True),
}
"""The acts that take a case's number and at most a few words."""

OTHERS = ("verify_facts", "answer_correction", "ask_correction", "add_paper")
"""Acts with a place of their own on the page."""


def actions(state: str, may: tuple[str, ...], checked: bool, against: bool = False) -> tuple[Action, ...]:
    """The page's actions in a state, the first as its main button.

    Args:
        may: the acts that this person may do now.
        checked: findings are there, so that deciding comes before checking again.
        against: an objection was upheld, so that a refusal for what was found out is a next step.
    """
    first_of_all = ["confirm_refusal", *(("return", "propose_refusal") if against else ())]
    order = list(dict.fromkeys((*first_of_all, *ORDER.get(state, ()), "reject_refusal")))
    if state == "accepted" and checked:
        order.remove("check")
        order.append("check")
    first = [name for name in order if name in may]
    rest = [name for name in (*ASKS, *OTHERS) if name in may and name not in first]
    made = []
    for place, name in enumerate([*first, *rest]):
        shortcut = ASKS[name].shortcut if name in ASKS else ""
        in_first = place < min(len(first), BUTTONS)
        says = "case_review_again" if (state, name) == (BLOCKED, "resume") else ""  # nobody put it aside
        main = in_first and place == 0
        made.append(Action(f"case_{name}", "case", shortcut, name, main=main, button=in_first, says=says))
    if "add_paper" in may:
        made.append(Action("case_paste", "case", "Ctrl+Shift+V", "add_paper"))
    made += [
        Action("case_before", "case", "Alt+Up", menu="view"),
        Action("case_after", "case", "Alt+Down", menu="view"),
        Action("case_list", "case", "Alt+Left", menu="view"),
    ]
    return tuple(made)
