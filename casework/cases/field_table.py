"""The fields of an application as one table: what each is, where it is stored, who changes it, where it is
shown.

The table is ``resources/fields_and_headings.toml``, which tells what can be said of a field;
`papers.reading.portal_headings` takes types and headings from it, the office all else from here. A fact that
only one pack declares is no field: it stands in a version's `extra`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from papers.reading.portal_headings import table, vocabulary
from rules.facts import Fact

VERSION = "application_version"
LAST = 10_000


class CaseField(NamedTuple):
    """A field; ``resources/fields_and_headings.toml`` says what each of these is. `fact` is the field as
    the rules know it."""

    name: str
    fact: Fact
    means: str
    table: str
    column: str
    needed: str = ""
    personal: bool = False
    change: str = "page"
    rules: bool = True
    group: str = ""
    page: int = LAST
    search: str = ""
    usual: tuple[str, ...] = ()
    verified_about: tuple[str, ...] = ()


_LISTS = ("usual", "verified_about")


def _field(name: str, entry: Mapping[str, Any]) -> CaseField:
    column = f"{name}_fen" if entry["type"] == "money" else name
    where, _, what = entry.get("stored", f"{VERSION}.{column}").partition(".")
    fact = vocabulary().fields[name].fact
    said = {key: entry[key] for key in CaseField._fields if key in entry}
    return CaseField(
        name, fact, table=where, column=what, **said | {key: tuple(entry.get(key, ())) for key in _LISTS}
    )


FIELDS: Mapping[str, CaseField] = {
    field.name: field for field in (_field(*each) for each in table().items()) if field.column
}
"""Every field by its name, in the order in which they are typed and told."""

SAID = tuple(name for name in FIELDS if name != "case")
"""The fields that an application says under its number."""

COLUMNS: Mapping[str, str] = {field.name: field.column for field in FIELDS.values() if field.table == VERSION}
"""The column of a version that holds each field; the others stand in rows of their own."""

NEEDED = tuple(field.name for field in FIELDS.values() if field.needed == "always")
"""Fields without which an application can't be stored, where its scheme needs them
(`casework.cases.whole_facts.needed_at_counter`)."""

PERSONAL = frozenset(field.name for field in FIELDS.values() if field.personal)
"""Fields whose words stand in the log only hidden."""

BY_PAGE = tuple(sorted(SAID, key=lambda name: FIELDS[name].page))
"""The fields in the order in which they are looked at."""


def of_group(group: str) -> tuple[str, ...]:
    """The fields of a group of the entry form."""
    return tuple(field.name for field in FIELDS.values() if field.group == group)
