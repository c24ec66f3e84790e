"""Which budgets there can be, and their ceilings: named by the packs that are confirmed, and by nothing else.

A pack that states a budget names it and says how much it may be given a year (年度额度, the ceiling); of one
that states none an office keeps a budget by its id and the year, without a ceiling. Finance fills them
(`casework.money.allotments`).
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlmodel import Session

from casework.core.refused import Called, Refused
from casework.rulebook.in_force import Shelf
from rules.facts import Value
from rules.pack import Pack
from rules.policy import Policy
from words import say

PROGRAMME = "programme"


class Ceiling(NamedTuple):
    """A budget that a confirmed pack names.

    `ceiling_fen` is what it may be given without a second person of finance; None: its packs state no amount.
    `schemes` are the packs that draw on it, `title` is that of one of them.
    """

    key: str
    ceiling_fen: int | None
    schemes: tuple[str, ...]
    title: str
    title_en: str


def key_of(policy: Policy, facts: Mapping[str, Value]) -> str:
    """The budget that a case draws on in an office: its pack's, or the scheme's own of the year."""
    stated = policy.budget_key(facts)
    if stated is not None:
        return stated
    on = facts.get(policy.pack.chosen_by)
    assert isinstance(on, datetime.date)  # or no version of the pack would have been chosen
    return f"{policy.pack.id}/{on.year}"


def of_budget(session: Session, key: str, today: datetime.date) -> Ceiling | None:
    """The budget of this key; None where no confirmed pack names it.

    Where versions of a scheme follow each other within the period, the one that holds today counts (before
    the first, the first); where schemes share a budget, the least that one of them states.
    """
    found = list(_naming(Shelf(session), key, today))
    if not found:
        return None
    first = found[-1][0]
    stated = [fen for fen in _latest(found, today) if fen is not None]
    schemes = tuple(dict.fromkeys(pack.id for pack, _ in found))
    return Ceiling(key, min(stated, default=None), schemes, first.title, first.title_en)


def must_be_named(session: Session, key: str, today: datetime.date) -> Ceiling:
    """The same.

    Raises:
        Refused: `refused.no_such_budget`, with the keys that there are.
    """
    found = of_budget(session, key, today)
    if found is None:
        known = keys(session, today)
        programme = key.partition("/")[0].strip()
        near = tuple(one for one in known if one.partition("/")[0] == programme)
        asked = tuple(called(session, one, today) for one in near or known)
        raise Refused("refused.no_such_budget", budget=key, known=asked)
    return found


def called(session: Session, key: str, today: datetime.date) -> str:
    """A budget by the title of a pack that draws on it, with its year; by its key where none does."""
    found = of_budget(session, key, today)
    if found is None:
        return key
    return Called(key, name_of(key, found.title, "zh"), name_of(key, found.title_en or found.title, "en"))


def name_of(key: str, title: str, lang: str) -> str:
    """A budget's name: the title of its programme, with the year or quarter where that does not say it."""
    _, slash, period = key.rpartition("/")
    if not slash or period.partition("q")[0] in title:
        return title
    year, _, quarter = period.partition("q")
    code = "budget.of_quarter" if quarter else "budget.of_year"
    return say(code, lang, title=title, year=year, quarter=quarter)


def keys(session: Session, today: datetime.date) -> tuple[str, ...]:
    """The budgets that the confirmed packs name for this year and the next; of a scheme that has ended, those
    of its last year."""
    found: dict[str, None] = {}
    for pack, begins, ends in _versions(Shelf(session)):
        last = datetime.date(today.year + 2, 1, 1)
        until = last if ends is None else min(ends, last)
        since = min(datetime.date(today.year, 1, 1), datetime.date((until - _DAY).year, 1, 1))
        found.update(dict.fromkeys(_keys(pack, max(begins, since), until)))
    return tuple(sorted(found))


_DAY = datetime.timedelta(days=1)


def _keys(pack: Pack, since: datetime.date, until: datetime.date) -> Iterator[str]:
    """The keys of the periods that a stretch of days touches."""
    day = since
    while day < until:
        key = _key(pack, day)
        yield key
        span = _span(pack, key)
        if span is None:
            return
        day = span[1]


def _key(pack: Pack, on: datetime.date) -> str:
    if pack.budget is None:
        return f"{pack.id}/{on.year}"
    if pack.budget.per == PROGRAMME:
        return pack.budget.key
    when = f"{on.year}q{(on.month + 2) // 3}" if pack.budget.per == "quarter" else str(on.year)
    return f"{pack.budget.key}/{when}"


def _span(pack: Pack, key: str) -> tuple[datetime.date, datetime.date] | None:
    """The days of a pack's budget of this key, half-open; None for one that never starts anew.

    Raises:
        KeyError: it is no budget of this pack.
    """
    name, per = (pack.id, "year") if pack.budget is None else (pack.budget.key, pack.budget.per)
    if per == PROGRAMME:
        if key != name:
            raise KeyError(key)
        return None
    form = r"([1-9][0-9]{3})q([1-4])" if per == "quarter" else r"([1-9][0-9]{3})"
    found = re.fullmatch(re.escape(name) + "/" + form, key)
    if found is None or found[1] == "9999":
        raise KeyError(key)
    year = int(found[1])
    if per == "year":
        return datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1)
    month = int(found[2]) * 3 - 2
    after = datetime.date(year + (month == 10), (month + 2) % 12 + 1, 1)
    return datetime.date(year, month, 1), after


class Drawn(NamedTuple):
    """A version of a scheme that draws on a budget, for cases of these days (half-open; None: no end)."""

    pack: Pack
    since: datetime.date
    until: datetime.date | None


def drawn_by(shelf: Shelf, key: str) -> Iterator[Drawn]:
    """The versions whose cases draw on the budget of this key, by the legal date that each names."""
    for pack, begins, ends in _versions(shelf):
        try:
            span = _span(pack, key)
        except KeyError:
            continue
        since, until = span if span is not None else (begins, ends)
        since = max(since, begins)
        until = min((day for day in (until, ends) if day is not None), default=None)
        if until is None or since < until:
            yield Drawn(pack, since, until)


def _versions(shelf: Shelf) -> Iterator[tuple[Pack, datetime.date, datetime.date | None]]:
    """The confirmed packs with the days they hold for, half-open."""
    for shelved, pack in zip(shelf.packs, shelf.bare_packs(), strict=True):
        ends = [day for day in (pack.in_force_until, shelved.withdrawn_on) if day is not None]
        until = min(ends, default=None)
        if until is None or until > pack.in_force_from:
            yield pack, pack.in_force_from, until


def _naming(shelf: Shelf, key: str, today: datetime.date) -> Iterator[tuple[Pack, int | None]]:
    """The packs that name a budget of this key, with what they state."""
    by_ref = {f"{one.scheme}@{one.version}": one for one in shelf.packs}
    for pack, begins, until in _versions(shelf):
        try:
            span = _span(pack, key)
        except KeyError:
            continue
        if span is not None:
            since, after = span
            if since.year > today.year + 1 or after <= begins or (until is not None and until <= since):
                continue
        yield pack, shelf.completed(by_ref[pack.ref], today).policy.budget_amount_fen


def _latest(found: list[tuple[Pack, int | None]], today: datetime.date) -> Iterator[int | None]:
    """Of each scheme, what the version states that holds today, or the first before it begins."""
    for scheme in dict.fromkeys(pack.id for pack, _ in found):
        versions = sorted((one for one in found if one[0].id == scheme), key=lambda one: one[0].in_force_from)
        begun = [one for one in versions if one[0].in_force_from <= today]
        yield (begun[-1] if begun else versions[0])[1]
