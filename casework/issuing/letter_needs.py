"""What a letter needs before it can go out, all of it said at once.

A letter names the office, its authority and its court; it states until when an award can be redeemed and
whether its base includes tax, which the office sets; and it rests on official documents, never on the digest
that a pack may be written from.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from casework.award.resting_on_holds import counted_of_caps
from casework.cases.versions import of
from casework.core.office_settings import needed
from casework.core.refused import Refused, all_at_once, every
from casework.core.who_may import Who
from casework.issuing.tax_of_base import must_be_true, with_tax
from casework.rulebook import names_on_paper
from casework.rulebook.award_on_paper import Figure, figures, refused_figures, tier_names
from casework.rulebook.in_force import Shelf, must_be_set
from casework.rulebook.official_sources import Citation, Citations, must_cite
from casework.rulebook.refusal_on_paper import Lease, Why, why_refused
from models import Application, Decision
from rules.decide import decode
from rules.lines import lines_of
from rules.pack import Pack
from rules.policy import Policy


class Award(NamedTuple):
    """How an award came about as its letter tells it, and the names of what the tiers of it rest on."""

    policy: Policy
    figures: tuple[Figure, ...]
    basis: tuple[str, ...]


def award_told(who: Who, application: Application, decision: Decision) -> Award:
    """What the approval letter says of how the award came about.

    Raises:
        Refused: `refused.settings_missing`, `refused.unset`, `refused.means_nothing`, `refused.base_has_tax`,
            `refused.digest_only`; `refused.several` where more is missing.
    """
    policy = who.office.policy(who.session, decision.policy_sha256 or "")
    missing: list[Refused] = []
    _gather(missing, lambda: needed(who, "approval"))
    _gather(missing, lambda: must_be_set(who, application, "redemption_days"))
    taxed: list[bool | None] = []
    _gather(missing, lambda: taxed.append(with_tax(who.office, who.once(Shelf), application, decision)))
    counted = counted_of_caps(who.session, policy, decision)
    witness = decode(policy, decision.witness)
    told = figures(policy, lines_of(decision.trace), witness, taxed[0] if taxed else None, counted)
    if taxed == [False]:
        _gather(missing, lambda: must_be_true(who, application, decision))
    basis = tier_names(policy.pack, decision.tier)
    cited = (*basis, *(name for figure in told for name in figure.rests_on))
    _gather(missing, lambda: must_cite(who, policy.pack, cited))
    all_at_once(missing)
    return Award(policy, told, basis)


class Refusal(NamedTuple):
    """Why nothing is awarded, as the notice says it, and how it was calculated where an amount was."""

    policy: Policy
    reasons: tuple[Why, ...]
    figures: tuple[Figure, ...]


def refusal_told(who: Who, decision: Decision) -> Refusal:
    """What the notice of refusal says of why nothing is awarded.

    Raises:
        Refused: `refused.settings_missing`, `refused.digest_only`; `refused.several` for both.
    """
    policy = who.office.policy(who.session, decision.policy_sha256 or "")
    said = of(who.session, decision.application_id, decision.version)
    lease = Lease(said.provider_name, said.signed_on)
    lines = lines_of(decision.trace)
    counted = counted_of_caps(who.session, policy, decision)
    reasons = why_refused(policy, lines, decision.reasons, lease, counted)
    told = refused_figures(policy, lines, decode(policy, decision.witness), counted)
    cited = [name for reason in reasons for name in reason.rests_on]
    cited += [name for figure in told for name in figure.rests_on]
    every((lambda: needed(who, "refusal"), lambda: must_cite(who, policy.pack, cited)))
    return Refusal(policy, reasons, told)


def _gather(missing: list[Refused], ask: Callable[[], object]) -> None:
    try:
        ask()
    except Refused as refusal:
        missing.append(refusal)


def cited(who: Who, pack: Pack, names: Iterable[str], known: Iterable[Citation] = ()) -> str:
    """Where something is written, as a letter says it: documents with their numbers, and the articles; the
    article alone where the document is one that the letter has named (`known`)."""
    said: dict[str, None] = {}
    named = {(one.title, one.number) for one in known}
    for citation in citations(who, pack, names):
        if citation in known:
            continue
        same = (citation.title, citation.number) in named
        said[citation.place if same else citation.text] = None
        named.add((citation.title, citation.number))
    return "、".join(said)


def basis(who: Who, pack: Pack, names: Iterable[str] = ()) -> str:
    """What a paper rests on: where these sources are written, as `cited` says it; else the documents that the
    office recorded for the pack, and only where there are none, the pack's own. Empty where that is a digest:
    its title is the writer's, and names no document that there is."""
    known = who.once(Citations)
    own = names_on_paper.basis(pack) if known.has_official(pack) else ""
    return cited(who, pack, names) or "、".join(known.documents(pack)) or own


def citations(who: Who, pack: Pack, names: Iterable[str]) -> tuple[Citation, ...]:
    """The citations of these sources, each once."""
    found = (who.once(Citations).of(pack, name) for name in names)
    return tuple(dict.fromkeys(one for one in found if one is not None))
