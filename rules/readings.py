"""Every way of reading the rules that matters to a case, and what difference it makes.

Parameters are branched on when the calculation asks for them, so that one which no step needs makes no
branch. Within a branch, a missing fact may leave several tiers possible: each gives its own sum.
"""

import itertools
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from rules.amounts import Short, Sum
from rules.cost_lines import Lacking
from rules.predicate import Asked, Readings, Values
from rules.program import Program
from rules.witness import Witness


class Branch(NamedTuple):
    """One way to read the rules to the end: the readings taken, and what comes out.

    ``sums`` holds one calculation for each tier that is possible; ``failed`` and ``unknown`` the
    conditions; ``missing`` the facts whose absence leaves tiers or the amount open; ``waits`` the parameters
    without readings that do, until the office sets them.
    """

    taken: tuple[tuple[str, str], ...]
    sums: tuple[Sum, ...]
    failed: tuple[str, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    lacking: bool
    waits: tuple[str, ...] = ()

    def awards(self) -> tuple[int | None, ...]:
        """The awards that may come out, without repetition; ``None`` where one can't be told."""
        if self.failed:
            return (0,)
        if len(self.sums) == 1 and not self.unknown and not self.lacking:
            return (self.sums[0].award,)
        found = [one.award for one in self.sums]
        return tuple(dict.fromkeys([*found, *([None] if self.unknown or self.lacking else [])]))


def branches(program: Program, witness: Witness, lenient: bool = False) -> list[Branch]:
    """Every branch, in the order of the pack's readings.

    ``lenient`` takes conditions that can't be told as passed: what the case would then be awarded is what
    must be held back for it.
    """
    found: list[Branch] = []
    waiting: list[tuple[tuple[str, str], ...]] = [()]
    while waiting:
        taken = waiting.pop(0)
        try:
            found += _follow(program, witness, taken, lenient)
        except Asked as asked:
            options = program.readings[asked.parameter]
            waiting[:0] = [(*taken, (asked.parameter, name)) for name in options]
    return found


def _follow(
    program: Program, witness: Witness, taken: tuple[tuple[str, str], ...], lenient: bool
) -> list[Branch]:
    """The branch of these readings; or those of a budget that does not reach, where only that is open."""
    values, used, left = program.full(witness.values), witness.used, witness.left
    readings = {parameter: program.readings[parameter][name] for parameter, name in taken}
    seen = {**program.waiting, **readings}
    failed, unknown = _open_conditions(program, values, seen)
    if failed:
        return [Branch(taken, (), failed, (), (), False)]
    if unknown and not lenient:
        named, waits = program.why_open(unknown, values, readings)
        return [Branch(taken, (), (), named, (), bool(waits), waits)]
    tiers = program.tier(values, seen)
    certain = program.certain_tiers(values, seen)
    if not tiers or len(certain) > 1:
        names = tuple(program.pack.tiers[at].id for at in certain) or ("tier",)
        return [Branch(taken, (), (), names, (), False)]
    if len(tiers) == 1:
        try:
            return [
                Branch(taken, (program.amounts(tiers[0], values, used, left, readings),), (), (), (), False)
            ]
        except Short as short:
            return _ends(program, short, taken, readings, left or 0)
        except Lacking as lack:
            if lack.fact in program.waiting:  # the price of a sum
                return [Branch(taken, (), (), (), (), True, (lack.fact,))]
            return [Branch(taken, (), (), (), (lack.fact,), True)]
        except Asked as asked:
            if asked.parameter not in program.waiting:
                raise
            return [Branch(taken, (), (), (), (), True, (asked.parameter,))]
    return [_of_tiers(program, witness, tiers, taken, readings)]


def _of_tiers(
    program: Program,
    witness: Witness,
    tiers: tuple[int, ...],
    taken: tuple[tuple[str, str], ...],
    readings: Readings,
) -> Branch:
    """The branch in which several tiers are possible: a sum of each, and what leaves them open."""
    values = program.full(witness.values)
    missing, waits = program.why_tiers(values, readings)
    sums: list[Sum] = []
    lacking: dict[str, None] = {}
    waiting: dict[str, None] = {}
    for tier in tiers:
        try:
            sums.append(program.amounts(tier, values, witness.used, witness.left, readings))
        except Lacking as lack:
            (waiting if lack.fact in program.waiting else lacking)[lack.fact] = None
        except Asked as asked:
            if asked.parameter not in program.waiting:
                raise
            waiting[asked.parameter] = None
    lacks = bool(lacking or waiting)
    return Branch(taken, tuple(sums), (), (), (*missing, *lacking), lacks, (*waits, *waiting))


def _open_conditions(
    program: Program, values: Values, readings: Readings
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The conditions that fail and those that can't be told."""
    for judge in program.judges:
        if judge(values, readings) is not True:
            break
    else:
        return (), ()
    answers = [(name, judge(values, readings)) for name, judge in program.conditions]
    failed = tuple(name for name, answer in answers if answer is False)
    return failed, tuple(name for name, answer in answers if answer is None)


def _ends(
    program: Program, short: Short, taken: tuple[tuple[str, str], ...], readings: Mapping[str, Any], left: int
) -> list[Branch]:
    """A branch for each reading of what happens where the budget does not reach, from the sum up to there."""
    name, options = short.parameter, program.readings[short.parameter]
    return [
        Branch(
            (*taken, (name, option)),
            (program.short(short.so_far, left, {**readings, name: value}),),
            (), (), (), False,
        )
        for option, value in options.items()
    ]  # fmt: skip


class Question(NamedTuple):
    """One thing left open in a case whose tier is sure: a parameter that the amounts asked for.

    ``so_far`` is the sum up to the budget, where that is what does not reach.
    """

    tier: int
    parameter: str
    so_far: Sum | None


def question(tier: int, asked: Asked) -> Question:
    """What the amounts of a tier asked for."""
    return _question((tier, asked.parameter, asked.so_far if isinstance(asked, Short) else None))


_question: Callable[[tuple[object, ...]], Question] = partial(tuple.__new__, Question)
"""A question from all its fields at once: once a budget is nearly gone, every case makes one."""


def each_reading(program: Program, witness: Witness, open_: Question) -> list[Sum] | None:
    """The sum under each reading of the one open parameter; ``None`` where the amounts ask for more.

    Where that is all that is open, `branches` gives the same awards, and takes ten times as long.
    """
    values, used, left = program.full(witness.values), witness.used, witness.left
    tier, parameter, so_far = open_
    every = program.single_readings[parameter]
    if not every:
        return None
    try:
        if so_far is not None and left is not None:
            return [program.short(so_far, left, readings) for readings in every]
        return [program.amounts(tier, values, used, left, readings) for readings in every]
    except (Asked, Lacking):
        return None


def short_in_each(program: Program, witness: Witness, open_: Question) -> Question | None:
    """The budget's question, where the budget does not reach under any reading of the open parameter, and the
    sum up to there has the same figures: what is asked first then makes no difference."""
    values, used, left = program.full(witness.values), witness.used, witness.left
    found: Short | None = None
    for readings in program.single_readings[open_.parameter]:
        try:
            program.amounts(open_.tier, values, used, left, readings)
        except Short as short:
            if found is not None and short.so_far[:SHARED] != found.so_far[:SHARED]:
                return None
            found = short
        except (Asked, Lacking):
            return None
        else:
            return None
    return None if found is None else Question(open_.tier, found.parameter, found.so_far)


SHARED = 4
"""The figures of a sum before its limits: tier, rate, base and computed."""


def _likely(program: Program, witness: Witness) -> list[Sum] | None:
    """The sums of a case in which one tier is sure, conditions that can't be told taken as passed."""
    values, used, left = program.full(witness.values), witness.used, witness.left
    try:
        if any(judge(values, _NONE) is False for judge in program.judges):
            return None
        tier = program.sole_tier(values)
        if tier is None:
            return None
        try:
            return [program.amounts(tier, values, used, left, _NONE)]
        except Asked as asked:
            return each_reading(program, witness, question(tier, asked))
    except (Asked, Lacking):
        return None


_NONE: dict[str, Any] = {}


def largest(program: Program, witness: Witness) -> int:
    """The most that a case may yet be awarded, in fen, 0 where no amount can be calculated."""
    likely = _likely(program, witness)
    if likely is not None:
        return max(one.award for one in likely)
    ways = branches(program, witness, lenient=True)
    return max((one.award for way in ways for one in way.sums), default=0)


Combinations: TypeAlias = tuple[list[str], dict[tuple[str, ...], Branch]]


def combinations(program: Program, ways: list[Branch]) -> Combinations:
    """The parameters that any branch asked for, and the branch of every combination of their readings."""
    asked = {name for way in ways for name, _ in way.taken}
    names = [parameter.id for parameter in program.unset if parameter.id in asked]
    found = {}
    for choice in itertools.product(*(program.readings[name] for name in names)):
        pairs = set(zip(names, choice, strict=True))
        found[choice] = next(way for way in ways if pairs.issuperset(way.taken))
    return names, found


def differing_parameters(found: Combinations) -> tuple[str, ...]:
    """The unset parameters that make a difference: alone changed, one changes the award."""
    names, by_choice = found
    awards = {choice: frozenset(way.awards()) for choice, way in by_choice.items()}
    differing = []
    for at, name in enumerate(names):
        rest: dict[tuple[str, ...], frozenset[int | None]] = {}
        for choice, outcome in awards.items():
            if rest.setdefault((*choice[:at], *choice[at + 1 :]), outcome) != outcome:
                differing.append(name)
                break
    return tuple(differing)


def shown_readings(found: Combinations, differing: Iterable[str]) -> tuple[tuple[str, int | None], ...]:
    """One entry for each combination of the parameters that make a difference, and each award it leaves."""
    names, by_choice = found
    wanted = set(differing)
    entries: dict[str, tuple[int | None, ...]] = {}
    for choice, way in by_choice.items():
        pairs = zip(names, choice, strict=True)
        label = ",".join([f"{name}={reading}" for name, reading in pairs if name in wanted])
        if label not in entries:
            entries[label] = way.awards()
    return tuple((label, award) for label, outcome in entries.items() for award in outcome)
