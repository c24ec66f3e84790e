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
from rules.facts_known import founded_too_late


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


def oddities(facts: Mapping[str, Any], register: Register | None = None) -> list[Oddity]:
    """What is odd about facts under their fields' names, always in the same order.

    Args:
        register: the providers that are admitted; where it is empty or not given, nothing is said of one.
    """
    found = []
    ends, starts, signed, founded, amount, net, *names, applicant = map(facts.get, _LOOKED_AT)
    provider = names[1]
    if ends is not None and starts is not None and ends < starts:
        found.append(_of_field(ENDS_BEFORE_STARTS, "ends_on"))
    if signed is not None and founded is not None and signed < founded:
        found.append(_of_field("signed_before_founding", "signed_on"))
    if net is not None and amount is not None and amount < net:
        found.append(Oddity("net_above_gross", "contract_amount", "field", "net_amount"))
    if other_support.differs(facts):
        found.append(_of_field("support_differs", other_support.SUM))
    if undrawn("".join(filter(None, names))):
        found += [_of_field("undrawn", field) for field in PRINTED if undrawn(facts.get(field))]
    if amount == 0:
        found.append(_of_field(CONTRACT_OF_ZERO, "contract_amount"))
    if founded is not None and founded_too_late(facts):
        found.append(_of_field("founded_after_applying", "founded_on"))
    if creditcode.fault(applicant or "") == CHECK:
        found.append(_of_field(FINDING, "applicant"))
    if register is not None and provider and not register.is_empty:
        if provider not in register:
            found.append(Oddity("provider_unknown", "provider", "provider", provider))
        elif register.admitted(provider, facts.get("service"), signed) is False:
            found.append(Oddity("provider_not_admitted", "provider", "provider", provider))
    return found


_LOOKED_AT = (
    "ends_on", "starts_on", "signed_on", "founded_on", "contract_amount", "net_amount", *PRINTED, "applicant",
)  # fmt: skip
"""Asked for at once: a file is looked through row by row."""


def _of_field(code: str, field: str) -> Oddity:
    return Oddity(code, field, "field", field)


def undrawn(text: Any, demonstration: bool = False) -> str:
    """The characters of a text that no font of the office has; a demonstration has the bundled ones alone."""
    if not text or _EVERYDAY.fullmatch(text):
        return ""
    from papers.drawing import fonts  # late: who imports a million everyday names reads none

    return fonts.of_office(demonstration).undrawn(text)
