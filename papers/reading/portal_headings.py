"""Which field a portal's heading means.

Portals use different words for the same thing, and the same words in another order. A heading is reduced to
its bare words (`bare`), its unit is read apart (`papers.reading.heading_units`), and the patterns of
``resources/fields_and_headings.toml`` say
which field it is. What nobody taught and no pattern fits stays an extra fact under its own heading.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from papers.reading.heading_units import (
    folded,
    in_brackets,
    is_rate,
    outside_brackets,
    told_apart,
    unit_named,
    unit_of,
    unit_over,
    without_unit,
)
from papers.reading.unreadable import Unreadable
from rules.facts import STANDARD, Fact

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FIELDS, WORDS = RESOURCES / "fields_and_headings.toml", RESOURCES / "portal" / "cell_words.toml"
LEFT_AS_FACT = frozenset(("", "fact", "-"))
"""What a taught mapping says of a column that is no field."""

_FACT_TYPES = {"money": "money", "yes_no": "yes_no", "date": "date", "moment": "moment", "kind": "choice"}
"""How the rules call the types of fields; all others are text to them."""
_SAYS = {"id": "id", "phone": "id", "account": "account"}

_SUPPORT = re.compile(
    r"补贴|补助|资助|扶持|奖励|奖补|奖金|财政资金|专项资金|已(?:经)?(?:获|享受|领取|取得|核定|发放|申领)"
)
_NO_SUPPORT = re.compile(
    r"申请|申报|拟|本次|此次|建议|预计|测算|应|标准|比例|比率|上限|来源|部门|名称|文号|日期|时间|年份|年度$|"
    r"备注|是否|类型|类别|编号|账号|账户|方式|依据|次数|数量|个数"
)
_SOME = re.compile("[1-9壹贰叁肆伍陆柒捌玖拾佰仟]")
_MARKS = re.compile(r"必填|选填|可选|如有|若有|没有可不填|required|optional|yyyy.*|示例.*|格式.*|文本.*")
_DROP = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class PortalField:
    """What a portal's file needs to know of a field. Patterns in order of rank say which headings mean it;
    `fact` is the field as the rules know it, and how a text of it is read."""

    name: str
    type: str
    required: bool
    needed_for: str
    about: str
    formerly: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    fact: Fact


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What `fields_and_headings.toml` and `cell_words.toml` say."""

    fields: Mapping[str, PortalField]
    serial: tuple[re.Pattern[str], ...]
    totals: tuple[str, ...]
    remarks: tuple[str, ...]
    provider: re.Pattern[str]


NOT_OURS = -1


class PortalColumn(NamedTuple):
    """One column of a table: where it stands, its heading as shown, and what it means.

    `field` is empty for an extra fact. `unit_fen` is the unit that an amount's heading names, or what
    stands over the column (of an extra fact only that), or 0 where neither does; `NOT_OURS` where what
    stands over an extra fact is another currency, or no unit that amounts are read in.
    """

    place: int
    heading: str
    field: str
    unit_fen: int = 0


@cache
def table() -> Mapping[str, Mapping[str, Any]]:
    """Every field of an application with what ``fields_and_headings.toml`` says of it, in order."""
    return tomllib.loads(FIELDS.read_text(encoding="utf-8"))


@cache
def vocabulary() -> Vocabulary:
    """The headings and words that are known, read once a process."""
    raw: dict[str, Any] = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    parts = raw["words"]
    words = {name: _fill(pattern, parts) for name, pattern in parts.items()}
    kinds = {word: kind for kind, said in raw["kinds"].items() for word in said}
    fields = {}
    for name, entry in table().items():
        fields[name] = PortalField(
            name=name,
            type=entry["type"],
            required="needed" in entry,
            needed_for=entry.get("needed_for", ""),
            about=entry.get("about", ""),
            formerly=tuple(entry.get("formerly", ())),
            patterns=_patterns(entry["headings"], words),
            fact=_fact(name, entry, kinds),
        )
    return Vocabulary(
        fields=fields,
        serial=_patterns(raw["serial"]["headings"], words),
        totals=tuple(raw["lines"]["totals"]),
        remarks=tuple(raw["lines"]["remarks"]),
        provider=re.compile(words["provider"]),
    )


def needed(looked_at: Collection[str] | None = None) -> frozenset[str]:
    """The fields that a file must have, for a scheme whose rules look at these facts; for any scheme, where
    nothing is said of it."""
    return frozenset(
        name
        for name, field in vocabulary().fields.items()
        if field.required and (looked_at is None or not field.needed_for or field.needed_for in looked_at)
    )


def _fact(name: str, entry: Mapping[str, Any], kinds: Mapping[str, str]) -> Fact:
    """A field as the rules know it, with the words that people say for its values."""
    kind = entry["type"]
    fact = STANDARD.get(name) or Fact(name, _FACT_TYPES.get(kind, "text"), says=_SAYS.get(kind, ""))
    answers = dict.fromkeys(entry.get("yes", ()), True) | dict.fromkeys(entry.get("no", ()), False)
    words = kinds if kind == "kind" else answers
    none = entry.get("none", fact.none)
    return replace(fact, words=words, none=none) if words or none != fact.none else fact


def _fill(pattern: str, words: Mapping[str, str]) -> str:
    for name, said in words.items():
        pattern = pattern.replace("{" + name + "}", said)
    return pattern


def _patterns(headings: Sequence[str], words: Mapping[str, str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_fill(heading, words)) for heading in headings)


def shown(heading: str) -> str:
    """A heading as people see it, on one line."""
    return " ".join(heading.split())


def bare(heading: str) -> tuple[str, ...]:
    """The heading reduced to its words: with what stands in brackets, and without.

    >>> bare("*其中：不含税金额\\n（万元）")
    ('不含税金额',)
    >>> bare("合同金额（含税，元）")
    ('合同金额含税', '合同金额')
    """
    text = re.sub(r"^\W*其中\W*", "", folded(heading))
    inside = map(without_unit, in_brackets(text))
    outside = outside_brackets(text)
    if outside == "#":
        return (outside,)
    plain = _DROP.sub("", outside)
    full = plain + "".join(_DROP.sub("", _MARKS.sub("", part)) for part in inside)
    return (full,) if full == plain else (full, plain)


def like_support(heading: str) -> bool:
    """Whether a heading that is no field may tell money that others have given: what nobody has read is taken
    off no award.

    >>> like_support("省级补贴（万元）"), like_support("申请补贴金额"), like_support("补贴发放部门")
    (True, False, False)
    """
    said = "".join(bare(heading)[-1:])
    return _SUPPORT.search(said) is not None and _NO_SUPPORT.search(said) is None


def says_some(text: str) -> bool:
    """Whether a cell may say an amount above zero, in whatever words."""
    return _SOME.search(unicodedata.normalize("NFKC", text)) is not None


def is_serial(heading: str) -> bool:
    """Whether a column only counts lines."""
    return any(pattern.fullmatch(key) for key in bare(heading) for pattern in vocabulary().serial)


@lru_cache(maxsize=8192)
def candidates(group: str, heading: str) -> list[tuple[int, str]]:
    """The fields that a heading under a group of headings may mean, with their ranks, best first. A price of
    a month or an hour (元/月) is no field's amount."""
    return [
        (rank, name)
        for rank, name in _may_mean(group, heading)
        if vocabulary().fields[name].type != "money"
        or not any(is_rate(text, yearly=name.endswith("_in_year")) for text in (group, heading))
    ]


def _may_mean(group: str, heading: str) -> list[tuple[int, str]]:
    known = vocabulary()
    if not group:
        return _fields_of(bare(heading))
    about = re.sub("(?:基本|主要)?(?:信息|情况|资料)$", "", bare(group)[-1])
    found = _fields_of([about + key for key in bare(heading)])
    if found:
        return found
    found = _fields_of(bare(heading))
    if known.provider.fullmatch(about):
        # A code or a name among the provider's columns is not the applicant's.
        found = [entry for entry in found if known.fields[entry[1]].about == "provider"]
    return [(rank + 10, name) for rank, name in found]


def _fields_of(keys: Sequence[str]) -> list[tuple[int, str]]:
    for key in keys:
        found = sorted(
            (rank, field.name)
            for field in vocabulary().fields.values()
            for rank, pattern in enumerate(field.patterns)
            if pattern.fullmatch(key)
        )
        if found:
            return found
    return []


def taught_fields(taught: Mapping[str, str]) -> dict[str, str]:
    """A taught mapping by bare headings; names that fields had before are understood. Behind a field may
    stand the unit of its amounts (`contract_amount 万元`), for headings that name none.

    Raises:
        Unreadable: a field, or a unit, that there is none of.
    """
    fields = vocabulary().fields
    before = {old: field.name for field in fields.values() for old in field.formerly}
    by_key = {}
    for heading, name in taught.items():
        said, _, unit = name.strip().partition(" ")
        field = before.get(said, said)
        if (field not in fields and field not in LEFT_AS_FACT) or (unit and not unit_named(unit)):
            raise Unreadable("map_field", field=name, heading=heading)
        by_key[taught_key(heading)] = "" if field in LEFT_AS_FACT else f"{field} {unit}".strip()
    return by_key


def taught_key(heading: str) -> str:
    """What a taught heading is recognised by: its letters, however it is broken over lines."""
    return "".join(unicodedata.normalize("NFKC", heading).casefold().split())


def assign(
    headings: Sequence[tuple[int, str, str]],
    taught: Mapping[str, str],
    over: Mapping[int, Sequence[str]] = {},
) -> list[PortalColumn]:
    """What each column means.

    Args:
        headings: (index, group of headings above or empty, heading).
        taught: from `taught_fields`.
        over: what else stands over a column, the nearest first.

    Raises:
        Unreadable: two columns for one field that can't be told apart, or another currency.
    """
    text = _told_apart(headings)
    fields = _claimed(headings, taught, text)
    names: set[str] = set()
    short = Counter(shown(heading) for _, _, heading in headings)
    columns = []
    for index, group, heading in headings:
        name = fields.get(index, "")
        if not name and is_serial(heading):
            continue
        whole = not name or short[shown(heading)] > 1
        label = _unlike(_full(group, heading) if whole else shown(heading), names)
        names.add(label)
        above = ([group] if group else []) + [*over.get(index, ())]
        money = name and vocabulary().fields[name].type == "money"
        meant = unit_named((_taught(taught, text[index], group, heading) or "").partition(" ")[2])
        own = (unit_of(heading) or meant or unit_over(above)) if money else 0
        columns.append(PortalColumn(index, label, name, own if name else _of_fact(above)))
    return columns


def _of_fact(above: Sequence[str]) -> int:
    """The unit that stands over a column that is no field; one in another currency may be nobody's."""
    try:
        return unit_over(above)
    except Unreadable:
        return NOT_OURS


def _told_apart(headings: Sequence[tuple[int, str, str]]) -> dict[int, str]:
    """Each column's whole heading; where several have the very same, with its number among them behind it."""
    whole = {index: _full(group, heading) for index, group, heading in headings}
    count = Counter(whole.values())
    seen: Counter[str] = Counter()
    for index, text in whole.items():
        if count[text] > 1:
            seen[text] += 1
            whole[index] = f"{text} ({seen[text]})"
    return whole


def _claimed(
    headings: Sequence[tuple[int, str, str]], taught: Mapping[str, str], text: Mapping[int, str]
) -> dict[int, str]:
    """The field of each column that has one: of those that claim it, the one of the best rank."""
    wanted: dict[str, list[tuple[int, int]]] = {}
    for index, group, heading in headings:
        said = _taught(taught, text[index], group, heading)
        if said is not None:
            if name := said.partition(" ")[0]:
                wanted.setdefault(name, []).append((-1, index))
        elif not is_serial(heading):
            for rank, candidate in candidates(group, heading)[:1]:
                wanted.setdefault(candidate, []).append((rank, index))
    fields = {}
    for name, claims in wanted.items():
        claims.sort()
        if len(claims) > 1 and claims[0][0] == claims[1][0]:
            first, second = text[claims[0][1]], text[claims[1][1]]
            raise Unreadable("two_columns", field=name, first=first, second=second, headings=[first, second])
        fields[claims[0][1]] = name
    return fields | _by_own_name(headings, taught, fields)


def _taught(taught: Mapping[str, str], whole: str, group: str, heading: str) -> str | None:
    """What was taught of a column, None where nothing was."""
    keys = (taught_key(whole), *_taught_keys(group, heading))
    return next((taught[key] for key in keys if key in taught), None)


def _by_own_name(
    headings: Sequence[tuple[int, str, str]], taught: Mapping[str, str], fields: Mapping[int, str]
) -> dict[int, str]:
    """Columns under a field's very name that no other column is: people call the unit an applicant, so
    `applicant` is its name, and its code only beside `applicant_name`."""
    free = vocabulary().fields.keys() - set(fields.values())
    left = ((index, heading) for index, _, heading in headings if index not in fields)
    names = {folded(heading): index for index, heading in left if taught_key(heading) not in taught}
    return {names[name]: name for name in free & names.keys()}


def _taught_keys(group: str, heading: str) -> tuple[str, ...]:
    keys = tuple(dict.fromkeys((taught_key(heading), taught_key(told_apart(folded(heading))))))
    return (taught_key(group + heading), taught_key(f"{group}/{heading}"), *keys) if group else keys


def _full(group: str, heading: str) -> str:
    return f"{shown(group)}/{shown(heading)}" if group else shown(heading)


def _unlike(label: str, names: set[str]) -> str:
    number, unlike = 2, label
    while unlike in names:
        unlike, number = f"{label} ({number})", number + 1
    return unlike
