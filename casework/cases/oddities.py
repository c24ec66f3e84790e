"""What does not fit within one application: its facts against each other, and against the register of
providers.

One list for every door. A form says it beside a field as it is typed, import and entry keep it as a finding,
and checking looks for it in what is stored.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from casework.cases import other_support
from casework.cases.case_facts import Register
from casework.cases.confirmed_codes import CHECK, FINDING
from casework.core.refused import Refused
from rules import creditcode
from rules.facts import as_known


class Oddity(NamedTuple):
    """Something odd: the field beside which a form says it, and what a finding names (a field or a
    provider)."""

    code: str
    field: str
    kind: str
    named: str


ENDS_BEFORE_STARTS = "ends_before_starts"
CONTRACT_OF_ZERO = "contract_of_zero"
UNSTORABLE = (ENDS_BEFORE_STARTS, CONTRACT_OF_ZERO)
"""Those that can't be stored at all: a service that ends before it starts, a contract without a price."""

_BELOW = (
    (ENDS_BEFORE_STARTS, "ends_on", "starts_on", "ends_on"),
    ("signed_before_founding", "signed_on", "founded_on", "signed_on"),
    ("net_above_gross", "contract_amount", "net_amount", "net_amount"),
)
"""A code, a field that must not be below another, and the one that a finding names."""


PRINTED = ("applicant_name", "provider", "contract_no")
"""What stands on letters and lists as the applicant wrote it: every character must be drawn by some font."""
_EVERYDAY = re.compile(r"[ -~\u00b7\u2014\u2018-\u201d\u3000-\u3017\u4e00-\u9fa5\uff01-\uff5e]*")
"""Characters that every font of papers has, so that none need be read to know."""


def must_be_storable(facts: Mapping[str, Any]) -> None:
    """Refuse facts that no version can hold.

    Raises:
        Refused: `refused.ends_before_starts`, `refused.contract_of_zero`.
    """
    found = {one.code for one in oddities(facts)}
    if ENDS_BEFORE_STARTS in found:
        raise Refused("refused.ends_before_starts", ends_on=facts["ends_on"], starts_on=facts["starts_on"])
    if CONTRACT_OF_ZERO in found:
        raise Refused("refused.contract_of_zero")


def _alone(facts: Mapping[str, Any]) -> list[Oddity]:
    """What is odd about one fact by itself, or against the day of application."""
    found = []
    if facts.get("contract_amount") == 0:
        found.append(Oddity(CONTRACT_OF_ZERO, "contract_amount", "field", "contract_amount"))
    days = {name: facts.get(name) for name in ("founded_on", "applied_at")}
    if as_known(dict(days))["founded_on"] != days["founded_on"]:
        found.append(Oddity("founded_after_applying", "founded_on", "field", "founded_on"))
    if creditcode.fault(facts.get("applicant") or "") == CHECK:
        found.append(Oddity(FINDING, "applicant", "field", "applicant"))
    return found


def oddities(facts: Mapping[str, Any], register: Register | None = None) -> list[Oddity]:
    """What is odd about facts under their fields' names, always in the same order.

    Args:
        register: the providers that are admitted; where it is empty or not given, nothing is said of one.
    """
    found = []
    for code, field, other, named in _BELOW:
        value, least = facts.get(field), facts.get(other)
        if value is not None and least is not None and value < least:
            found.append(Oddity(code, field, "field", named))
    if other_support.differs(facts):
        found.append(Oddity("support_differs", other_support.SUM, "field", other_support.SUM))
    found += [Oddity("undrawn", name, "field", name) for name in PRINTED if undrawn(facts.get(name))]
    found += _alone(facts)
    provider = facts.get("provider")
    if register is not None and provider and not register.is_empty:
        if provider not in register:
            found.append(Oddity("provider_unknown", "provider", "provider", provider))
        elif register.admitted(provider, facts.get("service"), facts.get("signed_on")) is False:
            found.append(Oddity("provider_not_admitted", "provider", "provider", provider))
    return found


def undrawn(text: Any, demonstration: bool = False) -> str:
    """The characters of a text that no font of the office has; a demonstration has the bundled ones alone."""
    if not text or _EVERYDAY.fullmatch(text):
        return ""
    from papers.drawing import fonts  # late: who imports a million everyday names reads none

    return fonts.of_office(demonstration).undrawn(text)
