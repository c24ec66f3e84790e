"""Who may confirm, reject or end a pack or a supplement: one answer, for the acts and for the page.

What one person proposes another confirms; whoever proposed it does not end it either. Turning a proposal down
is everyone's who holds the role.
"""

from typing import Literal

import models
from casework.core.refused import Refused
from casework.core.who_may import Who, must_hold_role

REJECTS = ("reject_pack", "reject_supplement")
ENDS = ("withdraw_pack", "revoke_supplement")
Kind = Literal["pack", "supplement"]
ABOUT: dict[Kind, tuple[str, ...]] = {
    "pack": ("confirm_pack", "reject_pack", "withdraw_pack"),
    "supplement": ("confirm_supplement", "reject_supplement", "revoke_supplement"),
}


def must(who: Who, act: str, row: models.Pack | models.Supplement, named: str) -> None:
    """Refuse where this person can't do this act to what is called so.

    Raises:
        Refused: `refused.not_allowed`; `refused.not_proposed`: it does not wait for a second person;
            `refused.not_in_force`: it has ended or never began; `refused.same_person`.
    """
    must_hold_role(who, act)
    state = "returned" if row.state == "rejected" else row.state  # as the act is called: 退回
    if act in ENDS:
        ended = isinstance(row, models.Pack) and row.withdrawn_on is not None
        if row.state != "confirmed" or ended:
            raise Refused("refused.not_in_force", pack=named, proposal="withdrawn" if ended else state)
    elif row.state != "proposed":
        raise Refused("refused.not_proposed", what=named, proposal=state)
    if act not in REJECTS and row.proposed_by_id == who.person.id:
        raise Refused("refused.same_person", act=act)


def may(who: Who | None, kind: Kind, row: models.Pack | models.Supplement) -> frozenset[str]:
    """The acts that this person may do to it now; none where nobody is asked about."""
    return frozenset() if who is None else frozenset(act for act in ABOUT[kind] if _fits(who, act, row))


def _fits(who: Who, act: str, row: models.Pack | models.Supplement) -> bool:
    try:
        must(who, act, row, "")
    except Refused:
        return False
    return True
