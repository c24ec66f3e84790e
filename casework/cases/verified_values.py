"""What an officer has verified of an application, field by field, and what the applicant says of it.

A version's columns hold what counts. Beside them `verified` names the fields that count because an officer
verified them, each with the applicant's own word: so the applicant may say more and other things afterwards,
in a file, at the counter or in answer to a correction, and what was verified stands until an officer says
otherwise. Versions that were stored before the column came tell it by where they came from: what changed from
one version to the next that was a review was verified.

What was verified about one thing says nothing about another: a provider's admission about another provider,
an amount about another contract. Where what a field is about (`about`) counts otherwise since, a yes or no
that is a field of the table lapses, and the applicant's word counts again; all else stands. Both are to be
looked at until an officer has verified the field anew. Where all that it is about counts again as it was
verified, so does what was verified.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple, Protocol

from sqlalchemy import select
from sqlmodel import Session, col

from casework.cases.field_table import COLUMNS, FIELDS
from casework.cases.stored_facts import declared, plain, value_of
from casework.core.office import SHANGHAI
from models import ApplicationVersion
from rules.contract_number import number_key
from rules.plain_text import name_key

LAPSED, STANDS = "lapsed", "stands"
"""What becomes of a verified field once what it is about is another: it counts no more, or it does."""


class Word(NamedTuple):
    """What the applicant says of a field that was verified. `since`: otherwise than what was verified, and
    said after it; somebody has yet to look at it. `other`: what it was verified about counts otherwise since
    (`LAPSED` or `STANDS`); then `of` is what it was verified about, by field, and `was` what was verified,
    where it lapsed. Earlier versions kept neither."""

    said: Any
    since: bool = False
    other: str = ""
    of: tuple[tuple[str, Any], ...] = ()
    was: Any = None


Verified = Mapping[str, Word]
"""The applicant's word on each field that an officer has verified."""


class Stored(Protocol):
    """What is asked of a version: a row of `case_facts.current`, or the version itself."""

    application_id: int
    version: int
    source: str
    verified: str | None


def text_of(verified: Verified) -> str:
    """As a version keeps it: canonical JSON, the field's name with what the applicant says."""
    said = {
        name: {"said": plain(word.said)}
        | ({"since": True} if word.since else {})
        | ({"other": word.other} if word.other else {})
        | ({"of": {field: plain(value) for field, value in word.of}} if word.of else {})
        | ({"was": plain(word.was)} if word.was is not None else {})
        for name, word in verified.items()
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def of_text(text: str) -> dict[str, Word]:
    """The same, back as values."""
    if text == "{}":
        return {}
    return {
        name: Word(
            value_of(each["said"]),
            each.get("since", False),
            each.get("other", ""),
            tuple((field, value_of(value)) for field, value in sorted(each.get("of", {}).items())),
            value_of(each.get("was")),
        )
        for name, each in json.loads(text).items()
    }


def verified_of(session: Session, row: Stored) -> dict[str, Word]:
    """What an officer has verified of an application as this version says it."""
    if row.verified is not None:
        return of_text(row.verified)
    if row.version == 1:
        return {}
    versions = (
        select(ApplicationVersion)
        .where(
            col(ApplicationVersion.application_id) == row.application_id,
            col(ApplicationVersion.version) <= row.version,
        )
        .order_by(col(ApplicationVersion.version))
    )
    return each_verified(session.execute(versions).scalars())[-1]


def each_verified(versions: Iterable[ApplicationVersion]) -> list[dict[str, Word]]:
    """What had been verified at each version of an application, from its first on."""
    found: list[dict[str, Word]] = []
    before: Mapping[str, Any] = {}
    for row in versions:
        now = {**fields_of(row), **declared(row.extra)}
        earlier = found[-1] if found else {}
        found.append(
            _old(earlier, row.source, before, now) if row.verified is None else of_text(row.verified)
        )
        before = now
    return found


def _old(
    earlier: Verified, source: str, before: Mapping[str, Any], now: Mapping[str, Any]
) -> dict[str, Word]:
    """What was verified at a version that does not say it: a review verified what it changed, an answer to a
    correction took back what it changed, and a row that was imported again took all."""
    if not before or source not in ("review", "correction"):
        return {}
    changed = [name for name in dict.fromkeys((*before, *now)) if before.get(name) != now.get(name)]
    if source == "correction":
        return {name: word for name, word in earlier.items() if name not in changed}
    words = {name: earlier.get(name, Word(before.get(name))) for name in changed}
    return {**earlier, **words}


def fields_of(row: ApplicationVersion) -> dict[str, Any]:
    """The fields in a version's columns, by name; the moment of application on Shanghai's clock."""
    fields = {name: getattr(row, column) for name, column in COLUMNS.items()}
    fields["applied_at"] = row.applied_at.astimezone(SHANGHAI).replace(tzinfo=None)
    return fields


def words(values: Mapping[str, Any], verified: Verified) -> dict[str, Any]:
    """What the applicant says: the values that count, but for the applicant's own word on what was
    verified."""
    return {**values, **{name: word.said for name, word in verified.items()}}


class Merged(NamedTuple):
    """What counts once somebody has said something, and what of it is verified."""

    values: dict[str, Any]
    verified: dict[str, Word]


def verify(values: Mapping[str, Any], verified: Verified, changes: Mapping[str, Any]) -> Merged:
    """An officer sets these fields down: they count and are verified, and each keeps the applicant's word."""
    said = words(values, verified)
    kept = {**verified, **{name: Word(said.get(name)) for name in changes}}
    return _asked_again(values, Merged({**values, **changes}, kept), just=changes.keys(), by_officer=True)


def hear(values: Mapping[str, Any], verified: Verified, changes: Mapping[str, Any]) -> Merged:
    """The applicant says these fields anew: what was verified stands, and the new word is kept beside it."""
    now, kept = dict(values), dict(verified)
    for name, said in changes.items():
        if not counts(kept, name):
            now[name] = said
            if name in kept:
                kept[name] = kept[name]._replace(said=said, since=kept[name].since or said != kept[name].said)
            continue
        before = kept[name]
        since = (before.since or said != before.said) and said != now.get(name)
        kept[name] = before._replace(said=said, since=since)
    return _asked_again(values, Merged(now, kept))


def counts(verified: Verified, name: str) -> bool:
    """Whether a field counts because an officer verified it."""
    return name in verified and verified[name].other != LAPSED


def unanswered(verified: Verified) -> list[str]:
    """The fields that the applicant has said otherwise since they were verified."""
    return sorted(name for name, word in verified.items() if word.since and word.other != LAPSED)


def of_another(verified: Verified) -> list[str]:
    """The fields that were verified about something else than what counts now."""
    return sorted(name for name, word in verified.items() if word.other)


# -- what a verified field is about ------------------------------------------------------------------------

_CONTRACT = ("contract_no", "provider")
"""What a fact that a pack declares is taken to be about; one that is no yes or no of the amount besides, as
the reason for going above a soft cap is."""
KEYS: Mapping[str, Any] = {"contract_no": number_key, "provider": name_key, "service": name_key}
"""What tells two values of a field apart that others are about."""
_KEYS = {**KEYS, "applied_at": lambda moment: moment.year}
"""The same; what is said of a year is about the year of the application."""


def about(name: str, value: Any) -> tuple[str, ...]:
    """The fields that a field of this value is about, as the table of fields says."""
    if name in FIELDS:
        return FIELDS[name].verified_about
    return _CONTRACT if isinstance(value, bool) else (*_CONTRACT, "contract_amount")


def _asked_again(
    before: Mapping[str, Any], now: Merged, just: Collection[str] = (), by_officer: bool = False
) -> Merged:
    """What was verified of something that counts otherwise now is to be verified again, but for the fields
    `just` verified. A figure only where the applicant changed it: an officer who does has it at hand."""
    values, kept = dict(now.values), dict(now.verified)
    for name, word in now.verified.items():
        value = now.values.get(name)
        if name in just:
            continue
        if counts_again(word, now.values):
            was = word.was if word.other == LAPSED else value
            values[name], kept[name] = was, Word(word.said, word.since and word.said != was)
            continue
        others = [each for each in about(name, value) if _is_other(each, before, now.values)]
        if word.other or not others:
            continue
        of = tuple(sorted((each, before.get(each)) for each in about(name, value)))
        if isinstance(value, bool) and name in FIELDS:
            values[name], kept[name] = word.said, word._replace(other=LAPSED, of=of, was=value)
        elif isinstance(value, bool) or not by_officer:
            kept[name] = word._replace(other=STANDS, of=of)
    return Merged(values, kept)


def counts_again(word: Word, values: Mapping[str, Any]) -> bool:
    """Whether all that a field was verified about counts as it did then, after it had counted otherwise."""
    of = dict(word.of)
    return bool(of) and not any(_is_other(name, of, values) for name in of)


def _is_other(name: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether a field counts otherwise than before: written another way it does not."""
    values = before.get(name), now.get(name)
    was, is_now = (_KEYS[name](value) if value and name in _KEYS else value or None for value in values)
    return was != is_now
