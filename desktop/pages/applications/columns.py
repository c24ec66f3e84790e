"""The columns of the applications' list: what `casework.boards.application_list` reads, in words."""

from array import array
from collections.abc import Sequence
from functools import partial
from typing import Any

from casework.boards import application_list, worklist
from casework.boards.application_list import WORK, Lists, Query
from casework.core.blocked_cases import BLOCKED, blocked
from casework.core.cursor_reads import Stop
from casework.core.office import SHANGHAI, Office
from casework.rulebook.rule_titles import Names, names
from desktop.kit.language import language, t, t_or
from desktop.kit.widgets import DECISION_MEANING, meaning_of
from desktop.lists.spec import Column, TableSpec, day_text
from models.columns import moment_of

COLUMNS = (
    Column("case_no", width=112),
    Column("applied_at", "moment", width=96, show=day_text),
    Column("applicant_name", width=200),
    Column("applicant_code", "number_text", width=160, hidden=True),
    Column("applicant_kind", width=88, show=lambda kind: t_or(f"kind.{kind}", kind), hidden=True),
    Column("district", width=108),
    Column("provider", width=200, hidden=True),
    Column("contract_no", width=136, hidden=True),
    Column("contract_amount", "money", width=116),
    Column("state", "chip", width=156, show=lambda state: t(f"state.{state}"), meaning=meaning_of),
    Column(
        "decision",
        "chip",
        width=96,
        show=lambda status: t(f"applications.decision.{status}"),
        meaning=DECISION_MEANING.__getitem__,
        hidden=True,
    ),
    Column("tier", width=80, hidden=True),
    Column("award", "money", width=112),
    Column("waiting", "count", width=92),
    Column("reasons", width=60),
    Column("kept_back", width=112, show=lambda kind: t(f"applications.kept_back.{kind}"), hidden=True),
    Column("prepared_by", width=80, hidden=True),
    Column("round", width=136, hidden=True),
    Column("scheme", width=128, hidden=True),
    Column("pack", width=200, hidden=True),
)
assert [column.name for column in COLUMNS] == [column.name for column in application_list.COLUMNS]

_AT = {column.name: number for number, column in enumerate(COLUMNS)}
_TIER, _REASONS, _WAITING = _AT["tier"], _AT["reasons"], _AT["waiting"]
_STATE = _AT["state"]
_SCHEME, _PACK = _AT["scheme"], _AT["pack"]


class Applications:
    """The applications of an office as a list; what packs call their rules is read once, until told anew."""

    def __init__(self, office: Office, person: str = "") -> None:
        self.office = office
        self.lists = Lists(office, partial(worklist.numbers, person=person))
        self._names: Names | None = None
        self.spec: TableSpec[Query] = TableSpec(
            "applications", COLUMNS, self.ids, self.rows, self.told, cases=True
        )

    def forget_names(self) -> None:
        """Packs have changed."""
        self._names = None

    @property
    def named(self) -> bool:
        """Whether it is known what packs call their rules."""
        return self._names is not None

    def names(self) -> Names:
        """What packs call their rules, read where it is not known yet. Not for the window's thread."""
        if self._names is None:
            self._names = names(self.office, language())
        return self._names

    def ids(self, query: Query, stop: Stop) -> "array[int]":
        """The numbers of the cases that a query finds, in its order."""
        self.names()  # so that filters have their words once the rows are there
        return self.lists.ids(query, stop)

    def rows(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """Rows with rules and schemes by their names, and the days that a case has waited."""
        called, today = self.names(), self.office.today()
        found = application_list.rows(self.office, ids)
        aside = [number for number, row in zip(ids, found, strict=True) if row and row[_STATE] == "suspended"]
        with self.office.read() as session:
            left_open = blocked(session, aside)

        def said(number: int, row: tuple[Any, ...]) -> tuple[Any, ...]:
            values = list(row)
            if number in left_open:
                values[_STATE] = BLOCKED
            pack = values[_PACK] or ""
            for at in (_TIER, _REASONS):
                values[at] = called.rule(values[at] or "", pack)
            values[_SCHEME] = called.scheme(values[_SCHEME])
            values[_PACK] = called.pack(pack)
            since = values[_WAITING]
            if since is not None:
                values[_WAITING] = max(0, (today - moment_of(since).astimezone(SHANGHAI).date()).days)
            return tuple(values)

        return [said(number, row) if row else () for number, row in zip(ids, found, strict=True)]

    def told(self, ids: Sequence[int], stop: Stop) -> str:
        """The sums of selected applications, in a sentence."""
        sums = application_list.sums(self.office, ids, stop)
        return t("applications.sums", contract_fen=sums.contract_fen, award_fen=sums.award_fen)

    def words_of(self, column: str, value: Any) -> str:
        """A stored value of a column as people read it; what is empty has a word too. A rule or scheme whose
        name is not known yet stands as it is stored."""
        if column == WORK:
            return t(f"work.{value}.name")
        if column == "state" and value == "suspended":
            return t("applications.saved.suspended")  # stored as one state, in the rows told apart
        if value is None or value == "":
            return t("applications.filter.empty")
        if self._names is not None and column in ("tier", "reasons"):
            return self._names.rule(str(value))
        if self._names is not None and column == "scheme":
            return self._names.scheme(str(value))
        if self._names is not None and column == "pack":
            return self._names.pack(str(value))
        return COLUMNS[_AT[column]].shown(value).text
