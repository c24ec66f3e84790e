"""The data of the charts that people look at: money over the year, awards by district, kind and age,
startups, waiting.

Reading only. Every chart is a `Chart`: rows of labels and whole numbers, so that the table beside it and the
workbook hold exactly what is drawn.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from statistics import median
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from casework.award.standing_decision import is_decided_version, stands
from casework.boards import application_list
from casework.core import calendar
from casework.core.office import SHANGHAI, Office
from casework.money import ceilings, ledger
from models import Application, ApplicationVersion, Budget, Decision, LedgerEntry
from rules.months import months_between


class Chart(NamedTuple):
    """One chart: its name, the unit of its values (``fen``, ``cases``, ``permille``, ``days``), its series.

    ``rows`` hold a label and one value a series, ``None`` where there is nothing to say. ``titles`` name what
    stands behind the blank of a label, in Chinese and English.
    """

    name: str
    unit: str
    series: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]
    line: bool = False
    titles: Mapping[str, tuple[str, str]] = {}


class _Award(NamedTuple):
    fen: int
    at: datetime.datetime
    tier: str
    kind: str
    district: str
    age_months: int | None


WAITS = (
    "submitted",
    "accepted",
    "correction",
    "formal_check",
    "eligibility",
    "expert_review",
    "special_audit",
    "calculated",
    "suspended",
    "publicity",
    "approved",
)
"""The states in which a case waits for the office or the applicant."""

AGES = ((12, "under_1"), (36, "under_3"), (60, "under_5"), (120, "under_10"))


def charts(office: Office, year: int) -> tuple[Chart, ...]:
    """The charts of one natural year of applications."""
    with office.read() as session:
        awards = _awards(session, year)
        return (
            _budgets(session, year, office.today()),
            _budget(session, year),
            _sums("by_district", awards, lambda award: award.district),
            _sums("by_kind", awards, lambda award: award.kind),
            _by_age(awards),
            _startups(awards),
            _waiting(session, office.now()),
        )


def years(office: Office) -> tuple[int, ...]:
    """The years that have applications, the newest first."""
    with office.read() as session:
        first, last = session.execute(
            select(func.min(col(Application.applied_at)), func.max(col(Application.applied_at)))
        ).one()
    if first is None:
        return ()
    first, last = (_day(moment).year for moment in (first, last))
    return tuple(range(last, first - 1, -1))


def _day(moment: datetime.datetime | str) -> datetime.date:
    if isinstance(moment, str):
        moment = datetime.datetime.fromisoformat(moment)
    return moment.astimezone(SHANGHAI).date()


def _span(year: int) -> tuple[datetime.datetime, datetime.datetime]:
    return (
        datetime.datetime(year, 1, 1, tzinfo=SHANGHAI),
        datetime.datetime(year + 1, 1, 1, tzinfo=SHANGHAI),
    )


def _awards(session: Session, year: int) -> list[_Award]:
    """The awards that stand, of applications of the year, in the order of decision."""
    start, end = _span(year)
    said = ApplicationVersion
    rows = session.execute(
        select(
            col(Decision.award_fen),
            col(Decision.decided_at),
            col(Decision.tier),
            col(said.applicant_kind),
            col(said.district),
            col(said.founded_on),
            col(said.applied_at),
        )
        .join(said, is_decided_version())
        .join(Application, col(Application.id) == col(Decision.application_id))
        .where(
            col(Decision.status) == "awarded",
            stands(),
            col(Application.state).not_in(application_list.NO_AWARD),
            col(said.applied_at) >= start,
            col(said.applied_at) < end,
        )
        .order_by(col(Decision.seq))
    )
    found = []
    for fen, decided_at, tier, kind, district, founded_on, applied_at in rows:
        age = None if founded_on is None else months_between(founded_on, _day(applied_at))
        found.append(_Award(fen, decided_at, tier, kind or "", district or "", age))
    return found


def _budgets(session: Session, year: int, today: datetime.date) -> Chart:
    """Of each budget of the year: its ceiling (where its pack states one), what is allotted, what is left."""
    rows = session.execute(select(Budget).where(col(Budget.year) == year).order_by(col(Budget.id)))
    found = [row for row in rows.scalars() if row.appropriation_fen]
    told: list[tuple[str, tuple[int | None, ...]]] = []
    titles: dict[str, tuple[str, str]] = {}
    for row in found:
        named = f" {row.key}" if len(found) > 1 else ""
        stated = ceilings.of_budget(session, row.key, today)
        if stated is not None:
            titles[row.key] = stated.title, stated.title_en
        if stated is not None and stated.ceiling_fen is not None:
            told.append((f"ceiling.word{named}", (stated.ceiling_fen,)))
        told.append((f"appropriation.word{named}", (row.appropriation_fen,)))
        told.append((f"left.word{named}", (ledger.balance_of(row).available_fen,)))
    return Chart("budgets", "fen", ("amount",), tuple(told), titles=titles)


def _budget(session: Session, year: int) -> Chart:
    """Balances of the accounts at the end of each month in which money moved."""
    start, end = _span(year)
    rows = session.execute(
        select(col(LedgerEntry.at), col(LedgerEntry.account), col(LedgerEntry.amount_fen))
        .where(col(LedgerEntry.at) >= start, col(LedgerEntry.at) < end)
        .order_by(col(LedgerEntry.id))
    )
    series = ("reserved", "committed", "paid")
    months: dict[str, Counter[str]] = defaultdict(Counter)
    for at, account, fen in rows:
        months[f"{_day(at):%Y-%m}"][account] += fen
    total: Counter[str] = Counter()
    told = []
    for month in sorted(months):
        total.update(months[month])
        told.append((month, tuple(total[name] for name in series)))
    return Chart("budget", "fen", series, tuple(told), line=True)


def _sums(name: str, awards: Iterable[_Award], by: Callable[[_Award], str]) -> Chart:
    money: Counter[str] = Counter()
    for award in awards:
        money[by(award)] += award.fen
    rows = tuple((label, (fen,)) for label, fen in money.most_common())
    return Chart(name, "fen", ("awarded",), rows)


def _by_age(awards: Iterable[_Award]) -> Chart:
    money: dict[str, int] = {name: 0 for _, name in AGES} | {"older": 0, "unknown": 0}
    for award in awards:
        money[_age(award.age_months)] += award.fen
    return Chart("by_age", "fen", ("awarded",), tuple((name, (fen,)) for name, fen in money.items()))


def _age(months: int | None) -> str:
    if months is None:
        return "unknown"
    return next((name for limit, name in AGES if months < limit), "older")


def _startups(awards: Iterable[_Award]) -> Chart:
    """The share of startups in awards and in money, by month of decision, in thousandths."""
    months: dict[str, list[_Award]] = defaultdict(list)
    for award in awards:
        months[f"{_day(award.at):%Y-%m}"].append(award)
    rows = []
    for month in sorted(months):
        all_fen = sum(award.fen for award in months[month])
        startups = [award for award in months[month] if "startup" in award.tier.split(";")]
        fen = sum(award.fen for award in startups)
        shares = (1000 * len(startups) // len(months[month]), 1000 * fen // all_fen if all_fen else None)
        rows.append((month, shares))
    return Chart("startups", "permille", ("of_awards", "of_money"), tuple(rows), line=True)


def _waiting(session: Session, now: datetime.datetime) -> Chart:
    """How many cases stand in each state that waits, and the median days that they wait."""
    days: dict[str, list[int]] = defaultdict(list)
    today = calendar.day_of(now)
    for wait in application_list.waiting_since(session, states=WAITS):
        days[wait.state].append(max(0, (today - wait.since).days))
    told = tuple((state, (len(days[state]), int(median(days[state])))) for state in WAITS if days[state])
    return Chart("waiting", "cases", ("cases", "days"), told)
