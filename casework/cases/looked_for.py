"""What a person has to look at in an application: one list for import, entry by hand and checking.

Whatever is found here is found again by the next check, which puts its own findings in the place of those
that nobody has judged. What the reader of a file tells (a row that a filter hides) is found once and stays
until somebody has judged it.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from casework.cases.case_facts import Register
from casework.cases.far_out import FAR, MONEY, most_of
from casework.cases.oddities import UNSTORABLE, oddities
from casework.cases.round_windows import RoundWindow
from casework.cases.verified_values import Verified, counts, of_another, unanswered
from rules.plain_text import name_key

AGAIN = frozenset((
    "no_pack", "said_again", "near_case_no", "other_name",
    "same_contract", "same_invoice", "same_account", "same_paper",
    "likely_same_contract", "similar_contract", "signed_before_founding", "net_above_gross",
    "support_differs", "provider_unknown", "founded_after_applying", "code_confirmed", "undrawn",
    "provider_not_admitted", "verified_changed", "reason_to_verify", "amount_far_out",
    "verified_of_other", "verified_against_register", "outside_rounds",
))  # fmt: skip
"""The kinds that are looked for again by each check; beside them the conditions of the policy."""


class Found(NamedTuple):
    """Something that a person must judge about a case: a code and the other thing."""

    code: str
    with_kind: str | None
    with_id: int | None
    with_text: str


NOTHING: Verified = MappingProxyType({})


class Subject(NamedTuple):
    """An application that is looked at.

    Attributes:
        case: its number.
        values: what counts of it, by the names of the fields.
        before: the version that the last row of a file took the place of; 0: it came in once.
        verified: what an officer has verified, with the applicant's own word.
        own: the facts that only an officer can say.
        budget_fen: the year's budget as its pack states it; None where it states none.
        number: the application's, 0 before it is stored.
        missed: the round by whose window it came too early or too late.
        amounts: what it says in money, also of its packs' own.
    """

    case: str
    values: Mapping[str, Any]
    before: int = 0
    verified: Verified = NOTHING
    own: frozenset[str] = frozenset()
    budget_fen: int | None = None
    number: int = 0
    missed: RoundWindow | None = None
    amounts: tuple[str, ...] = MONEY


class Other(NamedTuple):
    """Another application: its number (None: it stands in the same file and has none yet) and its case."""

    number: int | None
    case: str


class Elsewhere(Protocol):
    """What the office, or a file, holds besides: asked of one application at a time."""

    def name_of(self, applicant: str) -> tuple[int | None, str] | None:
        """The applicant of a code, by number and name; None where there is none yet."""

    def near_case_no(self, one: Subject) -> Sequence[Other]:
        """Others of the same applicant whose number only marks tell apart."""

    def same_contract(self, one: Subject) -> Sequence[Other]:
        """Others that claim the same contract."""

    def same_invoice(self, one: Subject) -> Sequence[Other]:
        """Others that handed in the same invoice."""

    def same_paper(self, one: Subject) -> Sequence[Other]:
        """Others that handed in the very same file."""

    def same_account(self, one: Subject) -> Sequence[tuple[int | None, str]]:
        """Accounts of the same number, each by its own number with the code of its applicant."""

    def likely_same_contract(self, one: Subject) -> Sequence[Other]:
        """Others of the same applicant with the same amount and another number, or both with none, that no
        signing day tells apart."""

    def similar_contract(self, one: Subject) -> Sequence[Other]:
        """Other applicants' with another contract of the same provider, amount and signing day."""

    def mostly_below(self, one: Subject, field: str, fen: int) -> bool:
        """Whether most amounts of this field in its file are so low, where there are enough of them."""


def is_looked_for(code: str) -> bool:
    """Whether a check finds this kind again where it is still so."""
    return code in AGAIN or code.startswith("condition.")


def look(one: Subject, elsewhere: Elsewhere, register: Register) -> list[Found]:
    """What there is to look at in an application, always in the same order."""
    values, found = one.values, list[Found]()
    if one.before:
        found.append(Found("said_again", None, None, f"v{one.before}"))
    known = elsewhere.name_of(values["applicant"])
    name = values["applicant_name"]
    if known is not None and known[1] != name and name_key(known[1]) != name_key(name):
        found.append(Found("other_name", "applicant", known[0], known[1]))
    if others := elsewhere.near_case_no(one):
        found += _others("near_case_no", others)
    if others := elsewhere.same_contract(one):
        found += _others("same_contract", others)
    if others := elsewhere.same_invoice(one):
        found += _others("same_invoice", others)
    if others := elsewhere.same_paper(one):
        found += _others("same_paper", others)
    if others := elsewhere.likely_same_contract(one):
        found += _others("likely_same_contract", others)
    if others := elsewhere.similar_contract(one):
        found += _others("similar_contract", others)
    for number, owner in elsewhere.same_account(one):
        found.append(Found("same_account", "bank_account", number, owner))
    if one.missed is not None:
        found.append(Found("outside_rounds", None, None, one.missed.text))
    against = _against_register(one, register)
    if against:
        found.append(Found("verified_against_register", "provider", None, values["provider"]))
    for odd in oddities(values, register):
        if odd.code not in UNSTORABLE and not (against and odd.code == "provider_not_admitted"):
            found.append(Found(odd.code, odd.kind, None, odd.named))
    found += [_field("amount_far_out", name) for name in _far_out(one, elsewhere)]
    if one.own or one.verified:
        found += _to_verify(one, register)
    return found


def _far_out(one: Subject, elsewhere: Elsewhere) -> list[str]:
    """The amounts above the year's budget, or a thousand times what its file mostly says."""
    most, below = most_of(one.budget_fen), elsewhere.mostly_below
    return [
        name
        for name, fen in zip(one.amounts, map(one.values.get, one.amounts), strict=True)
        if fen and isinstance(fen, int) and (fen > most or below(one, name, fen // FAR))
    ]


def _others(code: str, others: Sequence[Other]) -> list[Found]:
    return [Found(code, "application", other.number, other.case) for other in others]


def _field(code: str, name: str) -> Found:
    return Found(code, "field", None, name)


def _to_verify(one: Subject, register: Register) -> list[Found]:
    """What only an officer can say and the applicant said, what was said otherwise since, and what was
    verified about something else than what counts now."""
    values, verified = one.values, one.verified
    said = [name for name in sorted(one.own) if values.get(name) is not None and not counts(verified, name)]
    others = of_another(verified)
    if not counts(verified, "provider_admitted") and _answered(one, register):
        others = [name for name in others if name != "provider_admitted"]
    return [
        *[_field("reason_to_verify", name) for name in said],
        *[_field("verified_changed", name) for name in unanswered(verified)],
        *[_field("verified_of_other", name) for name in others],
    ]


def _answered(one: Subject, register: Register) -> bool:
    """Whether the register says of a lapsed admission what the officer had verified, so that nobody need
    look; also where an earlier version did not keep what that was."""
    known, word = _registered(one.values, register), one.verified.get("provider_admitted")
    return known is not None and (word is None or word.was in (None, known))


def _registered(values: Mapping[str, Any], register: Register) -> bool | None:
    """Whether the provider was admitted, as the register has it; None where it can't tell."""
    return register.admitted(values.get("provider"), values.get("service"), values.get("signed_on"))


def _against_register(one: Subject, register: Register) -> bool:
    """Whether an officer has verified of the provider's admission what the register says otherwise."""
    if not one.verified or not counts(one.verified, "provider_admitted"):
        return False
    verified, known = one.values.get("provider_admitted"), _registered(one.values, register)
    return None not in (verified, known) and verified != known
