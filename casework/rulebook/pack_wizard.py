"""The pack wizard: the answers of a form, and the text of a pack that they make.

`from_text` reads what a form can ask for out of any pack; `to_text` writes it back. The text that was opened
goes with the answers as their rest: only the bytes of an answer that has changed are written, every other
byte stays, with the author's comments, order and spacing. So what the form can't say (tests joined by
``all`` and ``any``, a source of a single key) is left to the text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from casework.rulebook import pack_text
from casework.rulebook.wizard_asks import BY_NAME, TABLES, Ask, Form, Table, order_of
from casework.rulebook.wizard_cells import IN_TEXT, literal, shown
from rules.faults import Fault, FloatFound, PackFaults
from rules.findings import Finding
from rules.pack import syntax_fault
from rules.toml_text import Path, data_of, pieces, places

MARK = "\ufeff"
EXTRAS = frozenset((
    "title_en", "document", "document_title", "grade", "note", "source_of", "applies_when", "priority",
    "period", "id", "title", "key", "blocked", "above_request", "applies", "tier_limit", "tiers", "counts",
    "overrun", "tier_rate", "tier_share",
))  # fmt: skip
"""Keys that no form asks for and that leave open how a part of a table is filled in."""


@dataclass(frozen=True)
class Row:
    """One table of a pack as the form has it: its cells by key, those that are blank left out.

    ``at``: which of its kind it is in the rest; None for one that was added. ``more``: the keys of it that
    the form can't ask for, and that its text has.
    """

    table: str
    cells: tuple[tuple[str, str], ...] = ()
    at: int | None = field(default=None, compare=False)
    more: tuple[str, ...] = field(default=(), compare=False)

    def get(self, key: str) -> str:
        """A cell; empty where it is blank."""
        return dict(self.cells).get(key, "")

    def with_cells(self, cells: Mapping[str, str]) -> "Row":
        """The row with other cells; an empty one is blank."""
        new = {**dict(self.cells), **cells}
        asked = [ask.key for ask in BY_NAME[self.table].asks]
        return replace(self, cells=tuple((key, new[key]) for key in asked if new.get(key)))


@dataclass(frozen=True)
class Answers:
    """All rows, in the order of `casework.rulebook.wizard_asks.TABLES`."""

    rows: tuple[Row, ...]

    def of(self, table: str) -> tuple[Row, ...]:
        """The rows of one table."""
        return tuple(row for row in self.rows if row.table == table)

    def adding(self, row: Row) -> "Answers":
        """With one more row, behind those of its kind."""
        names = [table.name for table in TABLES]
        behind = [each for each in self.rows if names.index(each.table) <= names.index(row.table)]
        return Answers((*behind, row, *self.rows[len(behind) :]))

    def changing(self, at: int, cells: Mapping[str, str]) -> "Answers":
        """With other cells in one row."""
        return Answers((*self.rows[:at], self.rows[at].with_cells(cells), *self.rows[at + 1 :]))

    def without(self, at: int) -> "Answers":
        """Without one row."""
        return Answers((*self.rows[:at], *self.rows[at + 1 :]))


def row(table: str, cells: Mapping[str, str]) -> Row:
    """A row that is not in any text yet."""
    return Row(table).with_cells(cells)


def begun() -> Answers:
    """What a new pack begins with: a general tier of the contract amount."""
    return Answers(
        (
            row("", {"mode": "quota", "payee": "buyer", "grade": "A"}),
            row("tier", {"id": "general", "otherwise": "true"}),
            row("base", {"fact": "contract_amount"}),
        )
    )


# -- reading ---------------------------------------------------------------------------------------------


def from_text(text: str) -> tuple[Answers, str]:
    """The answers that stand in a text, and their rest (the text itself).

    Raises:
        PackFaults: the text is no TOML; a text that is, though no pack, is opened.
    """
    data = parsed(text)
    rows: list[Row] = []
    for table in TABLES:
        members = data.get(table.name) if table.name else data
        if table.many:
            listed = members if isinstance(members, list) else []
            if all(isinstance(one, dict) for one in listed):  # others among them are left to the text
                rows += [_row(table, one, at) for at, one in enumerate(listed)]
        elif isinstance(members, dict):
            rows.append(_row(table, members, 0))
    return Answers(tuple(rows)), text


def parsed(text: str) -> dict[str, Any]:
    """The data of a text.

    Raises:
        PackFaults: it is no TOML.
    """
    plain = text.removeprefix(MARK)
    try:
        return data_of(plain, FloatFound)
    except (ValueError, RecursionError) as error:
        raise PackFaults([syntax_fault(error, plain)]) from error


def plain(text: str) -> str:
    """A text as it is edited: without a byte order mark, its lines ended alike."""
    return text.removeprefix(MARK).replace("\r\n", "\n")


def as_opened(text: str, opened: str) -> str:
    """A text that was edited as `plain` gave it, with the mark and the ends of lines of the one that was
    opened: that one itself where nothing was changed."""
    if text == plain(opened):
        return opened
    mark = MARK if opened.startswith(MARK) else ""
    return mark + (text.replace("\n", "\r\n") if "\r\n" in opened else text)


def _row(table: Table, data: Mapping[str, Any], at: int) -> Row:
    cells = {ask.key: shown(ask.kind, value) for ask, value in _values(table, data)}
    return Row(table.name, at=at, more=tuple(_more(table, data))).with_cells(cells)


def _values(table: Table, data: Mapping[str, Any]) -> Iterator[tuple[Ask, Any]]:
    for ask in table.asks:
        value: Any = data
        for key in ask.path:
            value = value.get(key) if isinstance(value, Mapping) else None
        if value not in (None, []):
            yield ask, value


def _more(table: Table, data: Mapping[str, Any]) -> Iterator[str]:
    """The keys of a table that no ask reads; of the pack's own, no tables."""
    known = {ask.path for ask in table.asks}
    heads = {path[0] for path in known if len(path) > 1}
    for key, value in data.items():
        if (key,) in known or (not table.name and (key in BY_NAME or isinstance(value, list))):
            continue
        if key not in heads:
            yield key
        elif isinstance(value, Mapping):
            yield from (f"{key}.{inner}" for inner in value if (key, inner) not in known)
        else:
            yield key


# -- writing ---------------------------------------------------------------------------------------------


def to_text(answers: Answers, rest: str = "") -> str:
    """The text of a pack: the rest with those answers put in that it does not have yet.

    Raises:
        PackFaults: the rest is no TOML.
    """
    before, _ = from_text(rest)
    mark = MARK if rest.startswith(MARK) else ""
    text = rest.removeprefix(MARK)
    old = {(one.table, one.at): one for one in before.rows}
    for one in answers.rows:
        if one.at is not None and (one.table, one.at) in old:
            text = _changed(text, old[one.table, one.at], one)
    kept = {(one.table, one.at) for one in answers.rows}
    gone = [one for key, one in old.items() if key not in kept and one.table]
    new = [one for one in answers.rows if one.at is None or (one.table, one.at) not in old]
    for name in {one.table for one in (*gone, *new)}:
        text = _apart(text, name)
    for one in sorted(gone, key=lambda one: -(one.at or 0)):
        text = pack_text.cut_table(text, _path(one))
    for one in new:
        text = _added(text, one)
    return mark + text


def _path(one: Row) -> Path:
    if not one.table:
        return ()
    return (one.table, one.at or 0) if BY_NAME[one.table].many else (one.table,)


def _changed(text: str, old: Row, new: Row) -> str:
    own = _path(new)
    before: list[Path] = []
    for ask in BY_NAME[new.table].asks:
        cell, path = new.get(ask.key), (*own, *ask.path)
        if cell not in (old.get(ask.key), IN_TEXT):
            if any(name[: len(path)] == path for name, _, _ in pieces(text).heads):
                text = pack_text.cut_table(text, path)  # a table in the place of one value
            elif not cell:
                text = pack_text.cut(text, path)
            if cell:
                text = pack_text.put(text, path, literal(ask.kind, cell), before)
        before += [path, path[: len(own) + 1]]
    return text


def _apart(text: str, name: str) -> str:
    """A kind of tables that stands in brackets, each as a table of its own, so that one can be added; and one
    that stands alone under a single bracket, as the first of its kind."""
    for head, start, end in pieces(text).heads:
        if head == (name,) and BY_NAME[name].many:
            return f"{text[:start]}[{text[start:end]}]{text[end:]}"
    if (name,) not in pieces(text).by:
        return text
    data = parsed(text)[name]
    rows = [one for one in (data if isinstance(data, list) else [data]) if isinstance(one, dict)]
    return pack_text.as_tables(text, name, rows, order_of(name), many=BY_NAME[name].many)


def _added(text: str, one: Row) -> str:
    table = BY_NAME[one.table]
    lines = list(_lines(table, one))
    if not one.table:
        for ask in table.asks:
            if one.get(ask.key) not in ("", IN_TEXT):
                text = pack_text.put(text, ask.path, literal(ask.kind, one.get(ask.key)))
        return text
    head = f"[[{one.table}]]" if table.many else f"[{one.table}]"
    return pack_text.add_table(text, [head, *lines], order_of(one.table))


def _lines(table: Table, one: Row) -> Iterator[str]:
    inner: dict[str, list[str]] = {}
    for ask in table.asks:
        cell = one.get(ask.key)
        if cell in ("", IN_TEXT):
            continue
        head, _, key = ask.key.partition(".")
        inner.setdefault(head, []).append(
            f"{key or head} = {literal(ask.kind, cell)}" if key else literal(ask.kind, cell)
        )
    for head, parts in inner.items():
        dotted = any(ask.key.startswith(f"{head}.") for ask in table.asks)
        yield f"{head} = {{ {', '.join(parts)} }}" if dotted else f"{head} = {parts[0]}"


# -- where a fault stands --------------------------------------------------------------------------------


class Spot(NamedTuple):
    """A place of the form: which row of the answers (None: only the text), and which key (empty: the row)."""

    row: int | None
    key: str = ""


def spot(text: str, fault: Fault | Finding) -> Spot:
    """Where in the form a fault of a text, or what its check found, belongs."""
    plain = text.removeprefix(MARK).replace("\r\n", "\n")
    rows = from_text(text)[0].rows
    missing = str(fault.params["key"]) if fault.code == "pack.missing_key" else ""
    place = fault.line, fault.column
    path = max((path for path, one in places(plain).items() if one == place), key=len, default=())
    if missing and fault.params.get("table") == "pack":
        path = ()
    elif not path and place != (1, 1):
        return Spot(None)
    for at, one in enumerate(rows):
        own = _path(one)
        if own and path[: len(own)] == own:
            return Spot(at, _key(one, path[len(own) :], missing))
    if path and (path[0] in BY_NAME or isinstance(path[-1], int)):
        return Spot(None)
    key = _key(Row(""), path, missing)
    return Spot(None if path and not key else 0, key)


def _key(one: Row, inside: Path, missing: str) -> str:
    named = tuple(str(part) for part in (*inside, *((missing,) if missing else ())))
    asks = BY_NAME[one.table].asks
    whole = [ask.key for ask in asks if ask.path == named[: len(ask.path)]]
    part = [ask.key for ask in asks if named and ask.path[: len(named)] == named]
    return next(iter(whole + part), "")


def form_of(one: Row, forms: Sequence[Form]) -> Form | None:
    """Which of the usual ways a row is filled in; None where in none of them."""
    if set(one.more) - EXTRAS:
        return None
    keys = {key for form in forms for key in (*form.fixed, *form.asks)}
    given = {key for key, _ in one.cells if key in keys}
    fits = [
        form
        for form in forms
        if all(one.get(key) == cell for key, cell in form.fixed.items())
        and given <= {*form.fixed, *form.asks}
        and not any(one.get(key) == IN_TEXT for key in given & set(form.fixed))
    ]
    return max(fits, key=lambda form: (len(form.fixed), -forms.index(form)), default=None)


def faults_of(text: str) -> tuple[Fault, ...]:
    """Why a text can't be opened; none where it can."""
    try:
        parsed(text)
    except PackFaults as error:
        return error.faults
    return ()
