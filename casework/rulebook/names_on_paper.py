"""How rules, tiers and reasons are called on the office's papers, which are Chinese.

Names come from the pack, the words around them from the catalogue.
"""

import datetime
import re

from casework.core.office import SHANGHAI
from casework.core.office_settings import Settings
from models import Round
from papers.chinese import say
from rules.pack import Pack
from rules.policy import Policy

TAX = {"with": True, "without": False}
"""Whether the base includes tax, by what the term `tax_basis` is set to (`term_values`)."""

_WORD = "\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”"
_VERSION = re.compile(r"[（(](?:[^（()）]*\d[^（()）]*|框架)[）)]")
_CONTRACT = frozenset(("contract", "contract_amount", "contract_no", "signed_on"))
_SPACE = re.compile(rf"(?<=[{_WORD}]) +(?=[{_WORD}\d])|(?<=[\d%]) +(?=[{_WORD}])")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?: (\d{2}):(\d{2}))?")


def on_paper(text: str) -> str:
    """A sentence of the screen as papers write it: days in words, no space beside Chinese."""
    return _SPACE.sub("", _DAY.sub(_day, text))


def _day(found: re.Match[str]) -> str:
    year, month, day, hour, minute = found.groups()
    on = say("letter.date", year=int(year), month=int(month), day=int(day))
    return on if hour is None or (hour, minute) == ("00", "00") else f"{on}{int(hour)}时{minute}分"


def scheme(pack: Pack) -> str:
    """The voucher's name: the pack's title without the year in brackets, or that it is a frame."""
    return _VERSION.sub("", pack.title).strip()


def of_contract(policy: Policy) -> bool:
    """Whether what is supported is a contract, which papers then name: some rule looks at one."""
    per = {scope for cap in policy.rules.caps for scope in cap.per}
    return not _CONTRACT.isdisjoint((*policy.program.names, *per))


def document(pack: Pack) -> tuple[str, str]:
    """The title of a pack's document and its number; a pack that knows no number names the title alone."""
    if pack.document_title or "〔" in pack.document:
        return pack.document_title or pack.title, pack.document
    return pack.document, ""


def basis(pack: Pack) -> str:
    """Document with its number, as a letter cites it."""
    title, number = document(pack)
    return say("basis.document" if number else "basis.unnumbered", title=title, number=number)


def tiers(pack: Pack, ids: str) -> str:
    """The names of tiers, alternatives beside each other."""
    names = {tier.id: tier.title for tier in pack.tiers}
    return say("phrase.or").join(names.get(each, each) for each in ids.split(";") if each)


def with_tax(policy: Policy) -> bool | None:
    """Whether the base includes tax, where the office has set it to something that has a meaning."""
    return TAX.get(str(policy.office("tax_basis")))


def round_name(applied_at: datetime.datetime, named: Round | None) -> str:
    """The name of a round, or its year where the office has none."""
    if named is not None:
        return named.name
    return say("round.year", year=applied_at.astimezone(SHANGHAI).year)


def round_before(name: str, scheme: str) -> str:
    """A round's name as it stands straight before the scheme's: without the end that both have, so that
    nothing is said twice (2026年度模型券 before 深圳市模型券: 2026年度)."""
    same = next(
        (size for size in range(min(len(name), len(scheme)), 1, -1) if name.endswith(scheme[-size:])), 0
    )
    return name[: len(name) - same]


def objections_to(settings: Settings) -> str:
    """Where objections go: the department and every way to reach it."""
    said = (
        ("address", settings.address),
        ("postcode", settings.postcode),
        ("telephone", settings.telephone),
        ("email", settings.email),
    )
    reached = "，".join(say(f"publicity.{way}", value=value) for way, value in said if value)
    return say(
        "publicity.objections_to", office=settings.name, department=settings.department, reached=reached
    )


def papers_to(settings: Settings) -> str:
    """Where an applicant's papers go, and whom to ask."""
    return say("correction.place", **settings._asdict())


def supervision(settings: Settings) -> str:
    """Where frauds are reported."""
    return say(
        "publicity.supervision",
        department=settings.supervision_department,
        telephone=settings.supervision_telephone,
    )
