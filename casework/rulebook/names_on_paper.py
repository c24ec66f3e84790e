"""How rules, tiers and reasons are called on the office's papers, which are Chinese.

Names come from the pack, the words around them from the catalogue.
"""

import datetime
import unicodedata

from casework.core.office import SHANGHAI
from models import Round
from papers.chinese import say
from rules.facts import MILLION
from rules.money import grouped
from rules.pack import Cap, Pack, Source
from rules.policy import Policy


def scheme(pack: Pack) -> str:
    """The voucher's name: the pack's title without the year in brackets."""
    return unicodedata.normalize("NFKC", pack.title).split("(")[0].strip()


def basis(pack: Pack) -> str:
    """Document with its number, as a letter cites it."""
    return say("basis.document", title=pack.document_title or pack.title, number=pack.document)


def article(source: Source, pack: Pack) -> str:
    """Where a rule is written."""
    if source.document and source.document != pack.document:
        return f"{source.document}{source.article}"
    return f"{basis(pack)}{source.article}"


def tiers(pack: Pack, ids: str) -> str:
    """The names of tiers, alternatives beside each other."""
    names = {tier.id: tier.title for tier in pack.tiers}
    return say("phrase.or").join(names.get(each, each) for each in ids.split(";") if each)


def tier_article(pack: Pack, ids: str) -> str:
    """The document and article that grant a tier."""
    named = {tier.id: tier.source for tier in pack.tiers}
    source = named.get(ids.split(";")[0])
    return basis(pack) if source is None else article(source, pack)


def with_tax(policy: Policy) -> bool | None:
    """Whether the base includes tax, where the office has set it."""
    return {"with": True, "without": False}.get(str(policy.office("tax_basis")))


def rates(text: str) -> str:
    """`0.6` as 60%; alternatives beside each other."""
    return say("phrase.or").join(_percent(each) for each in text.split(";") if each)


def _percent(rate: str) -> str:
    whole, _, part = rate.partition(".")
    millionths = int(whole) * MILLION + int(part.ljust(6, "0") or 0)
    percent, rest = divmod(millionths, MILLION // 100)
    return f"{percent}{f'.{rest:04}'.rstrip('0') if rest else ''}%"


def binding(pack: Pack, ids: str) -> str:
    """The rule that set an award, with its limit."""
    return say("phrase.or").join(_rule(pack, each) for each in ids.split(";") if each)


def _rule(pack: Pack, name: str) -> str:
    if name == "rate":
        return say("binding.rate")
    rule = pack.rules().get(name)
    if rule is None:
        return name
    if isinstance(rule, Cap) and isinstance(rule.limit, int):
        return say("binding.cap", rule=rule.title, limit=grouped(rule.limit))
    return rule.title


def reasons(pack: Pack, ids: str) -> list[tuple[str, str]]:
    """Why nothing is awarded: for each rule a phrase and its article."""
    rules = pack.rules()
    conditions = {condition.id for condition in pack.conditions}
    found = []
    for name in ids.split(";"):
        rule = rules.get(name)
        if rule is None:
            found.append((say("reason.nothing_left", rule=_rule(pack, name)), basis(pack)))
        else:
            code = "reason.condition" if name in conditions else "reason.nothing_left"
            found.append((say(code, rule=rule.title), article(rule.source, pack)))
    return found


def round_name(applied_at: datetime.datetime, named: Round | None) -> str:
    """The name of a round, or its year where the office has none."""
    if named is not None:
        return named.name
    return say("round.year", year=applied_at.astimezone(SHANGHAI).year)


def objections_to(office: str) -> str:
    """Where objections go."""
    return say("publicity.objections_to", office=office)
