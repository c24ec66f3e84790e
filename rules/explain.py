"""Telling a decision line by line from its witness: codes, figures and articles, never prose.

`explain` is a pure function of the policy and what was stored. `words` makes sentences of the lines;
`trace` makes the one text that is stored with a decision and compared when it is calculated again.

Codes and their figures (money in fen, rates in millionths, dates in ISO form; a value that is not known is
``None``):

=====================  =====================================================================
condition.<test>       answer, then the values looked at and what they were compared with
condition.not_asked    (the condition does not apply to this case)
fact.unusable          the value as it stood; the rule is the fact
agree                  the readings of an unset parameter (the rule) that all lead to what follows
way                    the readings that lead to what follows, one text a combination
missing                (the rule is a fact whose absence leaves what follows open)
tier.none, .several    (no tier fits; several of one rank do:) their ids
tier                   the values that its test looked at, and what they were compared with
base                   the base (none where a tier of a fixed sum needs none)
line                   of a cost line: its amount, its rate, what that comes to, what of it counts
rate                   rate and computed
fixed, bands, lines    computed
stacking.<how>         other support, what it leaves; for a ceiling the share and its whole between them
cap                    limit, declared before, used before, then what it leaves
budget                 what was left
share                  the case's share of a budget that is shared out
rounding               the unit, the amount before and after
floor.<how>            the least amount, the amount before and after
award                  the award; the rule is the one that set it
funder                 the funder's share, its part of the award
waits                  (the rule is a parameter without which what follows can't be told)
unranked               (the rule is a fact whose absence keeps the case from its rank)
holds                  what is held back for a blocked case
status                 awarded, refused or blocked, then the reasons
=====================  =====================================================================
"""

from rules.decide import Decision, decide_witness, plain_way
from rules.lines import Line, lines_of, trace
from rules.policy import Policy
from rules.teller import Teller, teller
from rules.witness import Unusable, Witness

__all__ = ["Line", "lines_of", "trace"]


def explain(policy: Policy, witness: Witness, decision: Decision | None = None) -> tuple[Line, ...]:
    """The lines of the decision that this witness leads to under this policy.

    ``decision`` spares calculating it again where the caller has just done so from the same witness.
    """
    if decision is None:
        decision = decide_witness(policy, witness)
    tell = teller(policy)
    if decision.way is not None:
        lines = tell.passed(witness.values)
        lines += tell.agreed
        lines += tell.sum(witness, decision.way)
        if decision.split:
            lines += tell.split(decision.split)
    else:
        lines = _long(tell, policy, witness, decision)
    if decision.holds_fen and decision.award_fen is None:
        if witness.share is not None:
            lines.append(tell.share(witness.share))
        lines += [Line("unranked", name, (), "") for name in witness.unranked]
        lines.append(Line("holds", "", (decision.holds_fen,), ""))
    lines.append(tell.status(decision.status, decision.binding, decision.reasons))
    return tuple(lines)


def _long(tell: Teller, policy: Policy, witness: Witness, decision: Decision) -> list[Line]:
    """The lines of a case that no single calculation settles."""
    if Unusable in map(type, witness.values) or policy.program.unusable(witness.values):
        return tell.unusable(witness, decision.reasons)
    answers, _ = plain_way(policy.program, witness)
    if answers is not None:
        lines = tell.conditions(witness.values, [answer for _, answer in answers])
    else:
        lines = tell.conditions(witness.values) + tell.ways(witness)
    lines += tell.split(decision.split)
    return lines
