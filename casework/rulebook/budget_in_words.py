"""A pack's budget in plain sentences: how much for which time, whom it reaches first, and what becomes of the
case that it does not reach, of those after it, and of those that are blocked.
"""

from typing import Any

from casework.rulebook.tests_in_words import Names
from rules.faults import Unset
from rules.parts import Budget

_TIMES = {"date", "moment"}


def budget_told(names: Names, budget: Budget) -> str:
    """The budget in one sentence."""
    tell = names.say
    per = tell(f"scope.{budget.per}")
    text = tell("budget", per=per, amount=names.slot(budget.amount, "money"))
    if budget.key != names.pack.id:
        text += tell("budget.key", key=budget.key)
    if budget.carry_over:
        text += tell("budget.carry_over")
    tellers = {"first_come": _first_come, "ranked": _ranked, "pro_rata": _pro_rata}
    text += tellers[budget.order](names, budget)
    return text + tell(f"blocked.{budget.blocked or 'unsaid'}")


def _first_come(names: Names, budget: Budget) -> str:
    tell = names.say
    exceeded = budget.exceeded
    if isinstance(exceeded, Unset):
        return tell("order.first_come") + tell("exceeded.open", parameter=names.open_slot(exceeded))
    return tell("order.first_come") + tell(f"exceeded.{exceeded}")


def _ranked(names: Names, budget: Budget) -> str:
    tell = names.say
    by = tell("or").join(_rank(names, *pair) for pair in budget.rank_by)
    return tell("order.ranked", by=by) + tell(f"unfit.{budget.unfit}")


def _rank(names: Names, fact: Any, falls: Any) -> str:
    """One fact of a rank, and which way."""
    tell = names.say
    called = names.fact(fact)
    if isinstance(falls, Unset):
        return tell("rank.open", fact=called, parameter=names.open_slot(falls))
    declared = names.pack.parameter(fact.id) if isinstance(fact, Unset) else None
    named = [one.value for one in declared.readings] if declared else [fact]
    kinds = {names.facts[name].type for name in named if isinstance(name, str)}
    suffix = ".time" if kinds and kinds <= _TIMES else ".yes_no" if kinds == {"yes_no"} else ""
    return tell(("rank.falls" if falls else "rank.rises") + suffix, fact=called)


def _pro_rata(names: Names, budget: Budget) -> str:
    """How it is shared out, and where what the rounding leaves goes or comes from."""
    tell = names.say
    where = tell("where.share")
    how = tell(f"rounding.{budget.share_mode}", where=where, unit_fen=budget.unit)
    text = tell("order.pro_rata", how=how)
    text += tell("share.above" if budget.above_request else "share.within")
    text += tell(f"residual.{budget.residual}")
    if budget.share_mode != "down":
        text += tell(f"excess.{budget.residual}")
    return text
