"""What the pack wizard shows beside its form: sentences, faults by their field, and three cases."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import words
from casework.core.holidays import calendar
from casework.rulebook.pack_examples import Example, read
from casework.rulebook.pack_in_words import Statement, told
from casework.rulebook.pack_wizard import Spot, spot
from casework.rulebook.wizard_cases import Tried, asked, beside, made_up, tried
from casework.rulebook.wizard_grown import grown
from rules.check import check
from rules.facts import Fact
from rules.faults import PackFaults
from rules.findings import Finding
from rules.pack import Pack, load
from rules.policy import Policy

Changed = Mapping[tuple[int, str], str]
"""Values of the cases that a person has changed: by the case's place and the fact."""


class Note(NamedTuple):
    """One thing that the check found: where in the form, what it says (`beside` its field), and the line."""

    spot: Spot
    says: str
    beside: str
    line: int
    fault: bool


class Looked(NamedTuple):
    """What a text comes to. While it has faults of its own, `statements` are those of the rules that can be
    read, and there are no `facts` and `cases`. ``beside``: what can be said of a case beside its facts;
    ``kept``: the examples that the pack has, each decided again."""

    text: str
    notes: tuple[Note, ...]
    pack: Pack | None = None
    statements: tuple[Statement, ...] = ()
    facts: tuple[Fact, ...] = ()
    cases: tuple[Mapping[str, str], ...] = ()
    outcomes: tuple[Tried, ...] = ()
    beside: tuple[str, ...] = ()
    kept: tuple[Example, ...] = ()

    @property
    def faults(self) -> int:
        """How many things are to be mended."""
        return sum(note.fault for note in self.notes)


def look(text: str, neighbours: Iterable[Pack], examples: str | None, changed: Changed, lang: str) -> Looked:
    """Look at a text that is TOML.

    Args:
        neighbours: the packs in force beside which it would stand.
        examples: the CSV of its example cases, where there are some.
        changed: what a person has changed of the cases that are made up.
    """
    try:
        pack = load(text)
    except PackFaults as error:
        faults = [Finding(*fault) for fault in error.faults]
        found = tuple(_note(text, fault, lang, fault=True) for fault in faults)
        return Looked(text, found, statements=grown(text, lang))
    others = [other for other in neighbours if other.canonical != pack.canonical]
    report = check(text, others, examples, calendar())
    notes = [_note(text, found, lang, fault=True) for found in report.faults]
    notes += [_note(text, found, lang, fault=False) for found in report.warnings]
    cases = tuple(
        {**cells, **{fact: value for (case, fact), value in changed.items() if case == at}}
        for at, cells in enumerate(made_up(pack))
    )
    outcomes = tuple(tried(pack, cells, lang) for cells in cases)
    kept = tuple(read(Policy(pack, calendar=calendar()), examples)) if examples else ()
    said = told(pack, lang)
    return Looked(text, tuple(notes), pack, said, asked(pack), cases, outcomes, beside(pack), kept)


def _note(text: str, found: Finding, lang: str, *, fault: bool) -> Note:
    said = words.say(found.code, lang, **found.params)
    place = spot(text, found)
    lacks = found.code == "pack.missing_key" and place.key
    return Note(place, said, words.say("wizard.needed", lang) if lacks else said, found.line, fault)
