"""Made-up cases for the two calculations: few ordinary ones, many at an edge.

An edge is where a rule changes its answer: a threshold, a cap or a budget and one fen to either
side, the first and last moment of a window, the day on which a startup turns twelve or sixty
months old, the 29th of February, a fact that is missing. Amounts are chosen by what the rules
will make of them, so that caps, ceilings and budgets are hit exactly and not by luck.
"""

from datetime import date, datetime, timedelta
from random import Random

from tests.rules.twin import Case

TRAINING = "shenzhen-training-voucher"
CORPUS = "shenzhen-corpus-voucher"
MODEL = "shenzhen-model-voucher"
CAPS_FEN = {TRAINING: 1_000_000_000, CORPUS: 200_000_000, MODEL: 100_000_000}
RATES = {TRAINING: (50, 60), CORPUS: (30,), MODEL: (30,)}

_TURNS = [
    datetime(2024, 12, 18),
    datetime(2026, 1, 1),
    datetime(2026, 5, 6),
    datetime(2026, 6, 6),
    datetime(2026, 12, 18),
]
_MOMENTS = [turn + timedelta(seconds=step) for turn in _TURNS for step in (-1, 0, 1)]
_DAYS = [date(2024, 2, 29), date(2020, 2, 29), date(2025, 2, 28), date(2024, 2, 28), date(2025, 3, 1)]
_AMOUNTS_FEN = [
    *(0, 1, 2, 3, 4, 100),
    *(50_000_000 + step for step in (-1, 0, 1)),
    *(2_000_000_000 + step for step in (-2, -1, 0, 1, 2)),
    *(1_666_666_667 + step for step in (-2, -1, 0, 1)),
    *(666_666_667 + step for step in (-1, 0, 1)),
    *(333_333_333 + step for step in (-1, 0, 1, 2)),
    10**15,
]


def make_cases(count: int, seed: int) -> list[Case]:
    """`count` cases with the numbers from 0; the same seed gives the same cases."""
    chance = Random(seed)
    return [_make_case(number, chance) for number in range(count)]


def _make_case(number: int, chance: Random) -> Case:
    scheme = chance.choices([TRAINING, CORPUS, MODEL], [8, 1, 1])[0]
    applied_at = _moment(scheme, chance)
    contract_fen = None if chance.random() < 0.01 else _contract(chance)
    founded_on, signed_on = _dates(applied_at.date(), chance)
    if contract_fen is None:
        # No rule says what else such a case lacks: without an amount there is no award to differ.
        founded_on, signed_on = founded_on or date(2020, 2, 29), signed_on or date(2025, 2, 28)
    other_fen = _other_support(contract_fen or 0, chance)
    before_fen, used_fen = _used(scheme, contract_fen or 0, chance)
    return Case(
        case=number,
        scheme=scheme,
        applied_at=applied_at,
        applicant_kind=_kind(scheme, chance),
        founded_on=founded_on,
        signed_on=signed_on,
        contract_fen=contract_fen,
        leased_fen=_leased(contract_fen, chance),
        related_party=_answer(False, chance),
        provider_admitted=_answer(True, chance),
        through_exchange=_answer(True, chance),
        model_filed=_answer(True, chance),
        other_support_fen=other_fen,
        awarded_before_fen=before_fen,
        overrun_reason="前期投入大" if chance.random() < 0.4 else None,
        used_fen=used_fen,
        left_fen=_left(scheme, contract_fen or 0, other_fen or 0, (before_fen or 0) + used_fen, chance),
    )


def _moment(scheme: str, chance: Random) -> datetime:
    """When it was applied for: half of the training cases in the window of 2026."""
    kind = chance.random()
    if kind < 0.1:
        return chance.choice(_MOMENTS)
    if kind < 0.14:
        return datetime(2024, 11, 1) + timedelta(minutes=chance.randrange(800 * 24 * 60))
    if scheme == TRAINING and kind < 0.65:
        return datetime(2026, 5, 6) + timedelta(seconds=chance.randrange(31 * 86400))
    return datetime(2025, 1, 1) + timedelta(minutes=chance.randrange(365 * 24 * 60))


def _kind(scheme: str, chance: Random) -> str | None:
    kind = chance.random()
    if kind < 0.9:
        return "enterprise"
    if kind < 0.97:
        return chance.choice(["university", "research_institute"])
    return chance.choice(["individual", "Enterprise", "government", None, None])


def _answer(good: bool, chance: Random) -> bool | None:
    """A yes or no that mostly passes, sometimes fails and sometimes is not known."""
    kind = chance.random()
    return good if kind < 0.96 else None if kind < 0.98 else not good


def _dates(applied_on: date, chance: Random) -> tuple[date | None, date | None]:
    """The founding and the signing: often a day around twelve or sixty months from each other."""
    signed_on = applied_on - timedelta(days=chance.choice([0, 1, 30, 200, 400, chance.randrange(900)]))
    reference_on = chance.choice([applied_on, signed_on])
    kind = chance.random()
    if kind < 0.5:
        years = chance.choice([1, 1, 5])
        founded_on = _years_before(reference_on, years) + timedelta(days=chance.choice([-1, 0, 0, 1, 2]))
    elif kind < 0.6:
        founded_on = chance.choice(_DAYS)
        signed_on = _years_before(founded_on, chance.choice([-1, -5])) + timedelta(days=chance.randint(-2, 2))
    elif kind < 0.8:
        founded_on = applied_on - timedelta(days=chance.randrange(-20, 400))
    else:
        founded_on = applied_on - timedelta(days=chance.randrange(8000))
    if chance.random() < 0.04:
        signed_on = founded_on - timedelta(days=chance.randrange(1, 40))
    return (
        None if chance.random() < 0.06 else founded_on,
        None if chance.random() < 0.06 else signed_on,
    )


def _years_before(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # the 29th of February
        return date(on.year - years, 2, 28)


def _near(fen: int, chance: Random) -> int:
    return max(fen + chance.choice([-2, -1, -1, 0, 0, 0, 1, 1, 2]), 0)


def _contract(chance: Random) -> int:
    kind = chance.random()
    if kind < 0.25:
        return chance.choice(_AMOUNTS_FEN)
    if kind < 0.6:
        return chance.randrange(50_000_000, 3_000_000_000)
    return int(10 ** chance.uniform(6.5, 10.5))


def _leased(contract_fen: int | None, chance: Random) -> int | None:
    kind = chance.random()
    if kind < 0.7:
        return None
    if kind < 0.8:
        return _near(50_000_000, chance)
    return chance.choice([contract_fen or 0, 0, 49_999_999, 10**10, 10**9])


def _other_support(contract_fen: int, chance: Random) -> int | None:
    kind = chance.random()
    if kind < 0.55:
        return chance.choice([None, None, 0])
    percent = chance.choice([1, 10, 10, 20, 40, 50, 60, 60, 100])
    return _near(contract_fen * percent // 100, chance) if kind < 0.9 else chance.randrange(10**9)


def _used(scheme: str, contract_fen: int, chance: Random) -> tuple[int | None, int]:
    """What was awarded before the file and since, so that the cap is often met to the fen."""
    kind = chance.random()
    if kind < 0.5:
        return None, 0
    cap_fen = CAPS_FEN[scheme] * chance.choice([1, 1, 2] if scheme == MODEL else [1])
    rate = chance.choice(RATES[scheme])
    if kind < 0.8:
        spent_fen = _near(cap_fen - contract_fen * rate // 100, chance)
    elif kind < 0.9:
        spent_fen = _near(cap_fen, chance)
    else:
        spent_fen = chance.randrange(2 * cap_fen)
    before_fen = chance.choice([0, spent_fen, spent_fen // 3])
    return before_fen or None, spent_fen - before_fen


def _left(scheme: str, contract_fen: int, other_fen: int, spent_fen: int, chance: Random) -> int:
    """What is left of the budget: plenty, nothing, or a fen around one of the awards it may meet."""
    kind = chance.random()
    if kind < 0.55:
        return 50_000_000_000
    if kind < 0.62:
        return 0
    if kind < 0.67:
        return chance.randrange(10**9)
    wanted_fen = contract_fen * chance.choice(RATES[scheme]) // 100
    if other_fen and scheme == TRAINING and chance.random() < 0.7:
        wanted_fen = min(wanted_fen, max(contract_fen * chance.choice([50, 60]) // 100 - other_fen, 0))
    return _near(min(wanted_fen, max(CAPS_FEN[scheme] - spent_fen, 0)), chance)
