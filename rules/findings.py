"""What the check of a pack finds, and where in the text it stands."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from rules.facts import STANDARD, Value
from rules.pack import Pack
from rules.policy import Policy
from rules.toml_text import Path, data_of, places
from rules.trial import Case, Trials, row
from rules.workdays import Calendar


class Finding(NamedTuple):
    """One thing found: where in the text, a code with its parameters, and a case that shows it.

    ``cells`` is the case as a row for ``calculate``, by column; ``case`` has its position too.
    """

    line: int
    column: int
    code: str
    params: Mapping[str, object]
    case: Case | None = None
    cells: Mapping[str, str] = MappingProxyType({})


class Report(NamedTuple):
    """What a check found: faults, which keep a pack from being adopted, and warnings, which don't."""

    faults: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether there is no fault."""
        return not self.faults

    @property
    def tried(self) -> bool:
        """Whether all that can be tried was: no search for a case was cut."""
        return all(warning.code != "check.search_cut" for warning in self.warnings)


class Notes:
    """The findings of one pack while it is checked."""

    def __init__(self, text: str, pack: Pack, calendar: Calendar | None = None) -> None:
        self.pack, self.calendar = pack, calendar
        self.faults: list[Finding] = []
        self.warnings: list[Finding] = []
        self.seen: set[tuple[str, str]] = set()
        text = text.removeprefix("\ufeff").replace("\r\n", "\n")
        self.places = places(text)
        self.data = data_of(text)
        self.paths = _paths(self.data)
        self.waived = {waiver.check for waiver in pack.waivers}

    def fault(self, code: str, rule: str = "", case: Case | None = None, **params: object) -> None:
        """Notes a fault at a rule, once a rule, unless the pack waives it."""
        if code.removeprefix("check.") not in self.waived:
            self._note(self.faults, code, rule, case, params)

    def warning(self, code: str, rule: str = "", case: Case | None = None, **params: object) -> None:
        """Notes a warning at a rule, once a rule."""
        self._note(self.warnings, code, rule, case, params)

    def _note(
        self, notes: list[Finding], code: str, rule: str, case: Case | None, params: Mapping[str, object]
    ) -> None:
        if (code, rule) not in self.seen:
            self.seen.add((code, rule))
            line, column = self.places.get(self.paths.get(rule, ()), (1, 1))
            told = {"rule": rule, "pack": self.pack.ref, **params}
            cells = self._cells(case) if case else {}
            notes.append(Finding(line, column, code, told, case, cells))

    def _cells(self, case: Case) -> dict[str, str]:
        """The case as a row that comes out alike under every reading, where it can: what one reading does not
        look at has its usual value, and what was used of a cap counts as awarded before."""
        policy = Policy(self.pack, calendar=self.calendar)
        facts: dict[str, Value] = {name: edges[0] for name, edges in Trials(policy).edges.items()}
        facts |= case.facts
        for scope, used in zip(policy.caps, case.position.used, strict=False):
            before = facts.get(scope.cap.before) if scope.cap.before else None
            if used and isinstance(before, int):
                facts[scope.cap.before] = before + used
        return row(facts, {**STANDARD, **self.pack.facts})

    def report(self) -> Report:
        """What was found, in the order of the text."""
        return Report(tuple(sorted(self.faults, key=_place)), tuple(sorted(self.warnings, key=_place)))


def _place(finding: Finding) -> tuple[int, int]:
    return finding.line, finding.column


def _paths(data: Mapping[str, object]) -> dict[str, Path]:
    """The path of each rule in the text, by its id; ``in_force``, ``base`` and ``version`` by their names,
    a rounding by its place."""
    paths: dict[str, Path] = {name: (name,) for name in ("in_force", "base", "version", "budget", "waiver")}
    for table, members in data.items():
        for number, member in enumerate(members if isinstance(members, list) else ()):
            if isinstance(member, dict) and isinstance(member.get("id"), str):
                paths.setdefault(member["id"], (table, number))
    office = data.get("office")
    for name in office if isinstance(office, dict) else ():
        paths[f"office.{name}"] = ("office", name)
    rounding = data.get("rounding")
    for number, member in enumerate(rounding if isinstance(rounding, list) else ()):
        paths.setdefault(str(member["where"]), ("rounding", number))
    budget = data.get("budget")
    if isinstance(budget, dict) and isinstance(budget.get("id"), str):
        paths[budget["id"]] = ("budget",)
    return paths
