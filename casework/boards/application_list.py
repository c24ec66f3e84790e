"""The list of applications: which ones, in what order, what stands in their rows, and their sums. Reading
only.

A list is two questions: the numbers of all its applications in order (eight bytes each, a million in 0.2
s), and the rows of those few that are on screen. Neither makes an object a row.
"""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any, Literal, NamedTuple

from sqlalchemy import bindparam, text
from sqlmodel import Session

from casework.boards.case_search import matches
from casework.cases import field_table, finding_weights
from casework.core.act_table import OPEN
from casework.core.cursor_reads import Stop, connected, few, ids_of, marks, width_of
from casework.core.many_rows import chunks
from casework.core.office import SHANGHAI, Office
from models.columns import moment_of, moment_text
from models.state_names import APPLICATION

Kind = Literal["text", "choice", "money", "moment", "words"]

FEW, STEP = 50_000, 20_000
"""Up to so many found applications are put in order by themselves; more are picked out of the whole order, in
steps."""

FINISHED = ("issued", "refused", "withdrawn", "revoked")
"""States in which a case no longer waits for anyone."""


class Column(NamedTuple):
    """A column: what it is in SQL, which tables that needs beside the application, and how it is filtered.

    ``choice`` columns hold few different values; ``words`` hold several, joined with ";".
    """

    name: str
    sql: str
    kind: Kind
    tables: str = ""


_LIFE = "CASE a.state " + " ".join(f"WHEN '{state}' THEN {n}" for n, state in enumerate(APPLICATION)) + " END"
_FINISHED = ", ".join(f"'{state}'" for state in FINISHED)
_LAST = "CASE WHEN d.decided_at > v.at THEN d.decided_at ELSE v.at END"
"""Since when a case waits, here, on the page of what waits and in the overview alike: its last version or its
last decision, whichever came later."""
_SINCE = f"CASE WHEN a.state IN ({_FINISHED}) THEN NULL ELSE {_LAST} END"


_FACT = "a.state = 'refused' AND coalesce(d.status, '') <> 'refused'"
"""Refused for a fact outside the rules: the case is refused, and no decision says so."""
NO_AWARD = (*OPEN, "refused", "withdrawn", "revoked")
"""States of a case that has no award, whatever was decided of it before: also of one that was returned."""
_AWARD = f"CASE WHEN a.state IN ({', '.join(map(repr, NO_AWARD))}) THEN NULL ELSE d.award_fen END"


def _codes(state: str) -> str:
    """The findings that forbid in a state, as SQL says it."""
    codes = ", ".join(f"'{code}'" for code in finding_weights.codes_with(state, "forbids"))
    return f"state = '{state}' AND code IN ({codes})"


_KEPT_BACK = (
    "LEFT JOIN (SELECT application_id, max(kind) AS kind FROM ("
    "SELECT application_id, 'refusal_proposed' AS kind FROM refusal WHERE state = 'proposed' "
    "UNION ALL SELECT o.application_id, 'objection_' || o.state FROM objection o WHERE o.state = 'open' "
    "OR (o.state = 'upheld' AND NOT EXISTS (SELECT 1 FROM decision n "
    "WHERE n.application_id = o.application_id AND n.decided_at > o.closed_at)) "
    f"UNION ALL SELECT application_id, 'finding_' || state FROM finding WHERE ({_codes('open')}) "
    f"OR ({_codes('upheld')})) AS one GROUP BY application_id) k ON k.application_id = a.id"
)
"""What stands against a case, the weightiest alone: few rows, joined as a whole."""


def _of(field: str) -> str:
    """The column of a version that holds a field."""
    return f"v.{field_table.COLUMNS[field]}"


COLUMNS = (
    Column("case_no", "a.case_no", "text"),
    Column("applied_at", "a.applied_at", "moment"),
    Column("applicant_name", _of("applicant_name"), "text", "v"),
    Column("applicant_code", _of("applicant"), "text", "v"),
    Column("applicant_kind", _of("applicant_kind"), "choice", "v"),
    Column("district", _of("district"), "choice", "v"),
    Column("provider", _of("provider"), "choice", "v"),
    Column("contract_no", _of("contract_no"), "text", "v"),
    Column("contract_amount", _of("contract_amount"), "money", "v"),
    Column("state", "a.state", "choice"),
    Column("decision", f"CASE WHEN {_FACT} THEN 'refused' ELSE d.status END", "choice", "d"),
    Column("tier", "nullif(d.tier, '')", "choice", "d"),
    Column("award", _AWARD, "money", "d"),
    Column("waiting", _SINCE, "moment", "vd"),
    Column("reasons", f"CASE WHEN {_FACT} THEN 'outside' ELSE nullif(d.reasons, '') END", "words", "d"),
    Column("kept_back", f"CASE WHEN a.state IN ({_FINISHED}) THEN NULL ELSE k.kind END", "choice", "k"),
    Column("prepared_by", "coalesce(nullif(p.full_name, ''), p.name)", "choice", "p"),
    Column("round", "r.name", "choice", "r"),
    Column("scheme", "a.scheme", "choice"),
    Column("pack", "nullif(d.pack, '')", "choice", "d"),
)
"""What a list of applications can show, in the order of `rows`. `waiting` is the moment since which
nothing has happened to a case (no version, no decision); none where it is finished. `kept_back` is what
stands against its award: a refusal that is proposed, an objection, a finding that forbids."""

WORK = "work"
"""The column of a `Filter` that asks for what waits so, by kinds of `casework.boards.worklist`: no column of
the list, and answered by whoever made it."""

BY_NAME = {column.name: column for column in COLUMNS}
_SORTED_BY = {"state": _LIFE}
_NEVER_EMPTY = ("case_no", "applied_at", "state", "applicant_name", "applicant_code", "scheme")

_TABLES = {
    "v": "JOIN application_version v ON v.application_id = a.id AND v.version = a.version",
    "d": "LEFT JOIN decision d ON d.seq = (SELECT max(x.seq) FROM decision x WHERE x.application_id = a.id)",
    "p": "LEFT JOIN person p ON p.id = a.prepared_by_id",
    "r": "LEFT JOIN round r ON r.id = a.round_id",
    "k": _KEPT_BACK,
}


class Filter(NamedTuple):
    """What a column must be: one of `values` (None: empty), or between two, or text that holds one of them.

    ``op``: ``in``; ``between`` with two values, each may be None (money in fen, days inclusive);
    ``contains``.
    """

    column: str
    op: Literal["in", "between", "contains"]
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """Which applications, in what order. `text` is looked for as `casework.boards.case_search` says."""

    text: str = ""
    filters: tuple[Filter, ...] = ()
    sort: str = "applied_at"
    descending: bool = True

    def with_filter(self, one: Filter) -> Query:
        """The same with this filter in the place of the one on its column."""
        return replace(self, filters=(*(each for each in self.filters if each.column != one.column), one))

    def without_filter(self, column: str) -> Query:
        """The same without the filter on a column."""
        return replace(self, filters=tuple(each for each in self.filters if each.column != column))


class Wait(NamedTuple):
    """A case with its state, and the day since which it waits."""

    case: str
    state: str
    since: datetime.date


class Sums(NamedTuple):
    """How many applications, and what they ask for and were awarded."""

    cases: int
    contract_fen: int
    award_fen: int


class Lists:
    """The lists of one office; `waiting` answers the filters of `WORK`. The last order is kept while the
    office stays as it is, so that finding as one types reads only what was found."""

    def __init__(
        self, office: Office, waiting: Callable[[Office, str], array[int]] = lambda office, kind: array("q")
    ) -> None:
        self.office, self.waiting = office, waiting
        self._last: tuple[Any, array[int]] | None = None

    def ids(self, query: Query, stop: Stop | None = None) -> array[int]:
        """The numbers of the applications of a query, in its order.

        Raises:
            Stopped: `stop` was asked to.
        """
        wanted = matches(self.office, query.text, stop)
        for kind in (kind for one in query.filters if one.column == WORK for kind in one.values):
            found = self.waiting(self.office, kind)
            wanted = found if wanted is None else array("q", sorted(set(wanted).intersection(found)))
        query = query.without_filter(WORK)
        if wanted is None:
            return self._order(query, stop)
        if len(wanted) <= FEW:
            with connected(self.office, stop) as (connection, postgresql):
                asked = _select(query, postgresql, among=set(wanted))
                return ids_of(connection, postgresql, *asked, width_of(connection, "application"))
        return kept(self._order(query, stop), wanted, stop)

    def _order(self, query: Query, stop: Stop | None) -> array[int]:
        """All of a query's but for what was typed: kept while nothing changes in the office."""
        with connected(self.office, stop) as (connection, postgresql):
            head = connection.execute("SELECT seq FROM log_head").fetchone()[0]
            known = (head, query.filters, query.sort, query.descending)
            last = self._last
            if last is not None and last[0] == known:
                return last[1]
            asked = _select(query, postgresql)
            order = ids_of(connection, postgresql, *asked, width_of(connection, "application"))
        self._last = (known, order)
        return order


def kept(order: array[int], wanted: array[int], stop: Stop | None = None) -> array[int]:
    """Those of an order that are wanted. In steps, so that other threads are not held up."""
    marked = bytearray(max(order, default=0) + 1)
    for number in wanted:
        if number < len(marked):
            marked[number] = 1
    found = array("q")
    for at in range(0, len(order), STEP):
        if stop is not None:
            stop.check()
        some = order[at : at + STEP]
        found.extend(compress(some, map(marked.__getitem__, some)))
    return found


def _select(
    query: Query, postgresql: bool, among: Iterable[int] | None = None
) -> tuple[str, tuple[Any, ...]]:
    column = BY_NAME[query.sort]
    where, values, tables = _where(query.filters, marks(postgresql))
    source = _from(tables + column.tables)
    if among is not None:
        found, some = few(among, postgresql)
        source = source.replace("FROM application a", f"FROM {found} CROSS JOIN application a", 1)
        where = f"{where} AND a.id = hit.value" if where else "WHERE a.id = hit.value"
        values = (some, *values)
    way = "DESC" if query.descending else "ASC"
    by = _SORTED_BY.get(column.name, column.sql)
    empty_last = "" if column.name in _NEVER_EMPTY else f"{by} IS NULL, "
    order = f"ORDER BY {empty_last}{by} {way}, a.id {way}"
    return f"SELECT a.id AS id {source} {where} {order}", values


def _from(tables: str) -> str:
    return " ".join(["FROM application a", *(sql for name, sql in _TABLES.items() if name in tables)])


def _where(filters: Sequence[Filter], mark: str) -> tuple[str, tuple[Any, ...], str]:
    asked: list[str] = []
    values: list[Any] = []
    tables = ""
    for one in filters:
        column = BY_NAME[one.column]
        sql, some = _condition(column, one, mark)
        asked.append(sql)
        values += some
        tables += column.tables
    return ("WHERE " + " AND ".join(asked) if asked else ""), tuple(values), tables


def _condition(column: Column, one: Filter, mark: str) -> tuple[str, list[Any]]:
    if one.op == "in":
        known = [value for value in one.values if value is not None]
        listed = f"{column.sql} IN ({', '.join([mark] * len(known))})"
        if None not in one.values:
            return listed, known
        return (f"({listed} OR {column.sql} IS NULL)" if known else f"{column.sql} IS NULL"), known
    if one.op == "between":
        low, high = one.values
        asked, values = ["1 = 1"], []
        if low is not None:
            asked.append(f"{column.sql} >= {mark}")
            values.append(_stored(low))
        if high is not None:
            day = isinstance(high, datetime.date)
            asked.append(f"{column.sql} {'<' if day else '<='} {mark}")
            values.append(_stored(high + datetime.timedelta(days=1) if day else high))
        return f"({' AND '.join(asked)})", values
    like = f"lower({column.sql}) LIKE {mark} ESCAPE '!'"
    return f"({' OR '.join([like] * len(one.values))})", [_pattern(str(value)) for value in one.values]


def _stored(value: Any) -> Any:
    """A day as the moment it begins at the office's place."""
    if isinstance(value, datetime.date):
        return moment_text(datetime.datetime.combine(value, datetime.time(), SHANGHAI))
    return value


def _pattern(text: str) -> str:
    for special in "!%_":
        text = text.replace(special, f"!{special}")
    return f"%{text.lower()}%"


_ROWS = ", ".join(["a.id", *(column.sql for column in COLUMNS)])


def rows(office: Office, ids: Sequence[int], stop: Stop | None = None) -> list[tuple[Any, ...]]:
    """The rows of applications, in the order of `ids`: the values of `COLUMNS` as stored (fen, moments in
    text)."""
    with connected(office, stop) as (connection, postgresql):
        listed = ", ".join([marks(postgresql)] * len(ids))
        sql = f"SELECT {_ROWS} {_from('vdprk')} WHERE a.id IN ({listed})"
        found = {row[0]: row[1:] for row in connection.execute(sql, list(ids))}
    return [found.get(number, ()) for number in ids]


def waiting_since(session: Session, states: Collection[str] = (), cases: Collection[str] = ()) -> list[Wait]:
    """Since when each case waits, of these numbers or in these states (`_LAST`)."""
    where, values = ("a.case_no", cases) if cases else ("a.state", states)
    if not values:
        return []
    asked = text(f"SELECT a.case_no, a.state, {_LAST} {_from('vd')} WHERE {where} IN :wanted")
    rows = session.execute(asked.bindparams(bindparam("wanted", expanding=True)), {"wanted": list(values)})
    return [Wait(case, state, moment_of(at).astimezone(SHANGHAI).date()) for case, state, at in rows]


def counts(office: Office, column: str, stop: Stop | None = None) -> dict[Any, int]:
    """How many applications have each value of a column, the most frequent first."""
    sql = BY_NAME[column].sql
    source = _from(BY_NAME[column].tables)
    asked = f"SELECT {sql}, count(*) {source} GROUP BY {sql} ORDER BY 2 DESC, 1 LIMIT 500"
    with connected(office, stop) as (connection, _):
        return dict(connection.execute(asked).fetchall())


def count(office: Office, filters: Sequence[Filter], stop: Stop | None = None) -> int:
    """How many applications pass these filters."""
    with connected(office, stop) as (connection, postgresql):
        where, values, tables = _where(filters, marks(postgresql))
        return int(connection.execute(f"SELECT count(*) {_from(tables)} {where}", values).fetchone()[0])


def sums(office: Office, ids: Iterable[int], stop: Stop | None = None) -> Sums:
    """What the applications of these numbers sum to; an award counts while its decision is the case's
    last."""
    total = [0, 0, 0]
    for some in chunks(ids, STEP):
        with connected(office, stop) as (connection, postgresql):
            source, wanted = few(some, postgresql)
            sql = (
                "SELECT count(*), coalesce(sum(v.contract_amount_fen), 0), "
                f"coalesce(sum({_AWARD}), 0)"
                f" FROM {source} CROSS JOIN application a {_TABLES['v']} {_TABLES['d']}"
                " WHERE a.id = hit.value"
            )
            found = connection.execute(sql, (wanted,)).fetchone()
        total = [one + int(other) for one, other in zip(total, found, strict=True)]
    return Sums(*total)


def cases(office: Office, ids: Iterable[int], stop: Stop | None = None) -> list[str]:
    """The case numbers of applications, in the order of `ids`."""
    found: dict[int, str] = {}
    wanted = list(ids)
    with connected(office, stop) as (connection, postgresql):
        for some in chunks(wanted, STEP):
            source, values = few(some, postgresql)
            sql = f"SELECT a.id, a.case_no FROM {source} CROSS JOIN application a WHERE a.id = hit.value"
            found.update(connection.execute(sql, (values,)).fetchall())
    return [found[number] for number in wanted if number in found]
