"""Credit codes whose check character does not fit, and that a person confirmed from the licence (营业执照).

Registrars have issued such codes, and they stand on real licences: codes of Xiamen before 2016 among them.
What a person confirms, with a reason, is let in by every door and stays a finding
(`casework.cases.oddities`). A code of another length, or with a character that codes don't have, stands on no
licence and is never let in.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from casework.core.given_words import is_reason
from casework.core.refused import Refused
from rules import creditcode

CHECK = "check_digit"
"""The one fault of a code (`rules.creditcode.fault`) that can be confirmed."""

FINDING = "code_confirmed"
"""The finding that stays with each application of such a code."""

Confirmed = Mapping[str, str]
"""The reason for each code."""

NONE: Confirmed = MappingProxyType({})


def confirmed(said: Iterable[tuple[str, str]]) -> Confirmed:
    """Codes with their reasons, as they are said at a door.

    Raises:
        Refused: `refused.code_not_confirmable` (its fault is another one), `refused.confirm_reason` (none is
            given).
    """
    found = {}
    for text, reason in said:
        code = creditcode.normalise(text)
        fault = creditcode.fault(code)
        if fault not in (None, CHECK):
            raise Refused("refused.code_not_confirmable", credit_code=code)
        if not is_reason(why := reason.strip()):
            raise Refused("refused.confirm_reason", credit_code=code)
        if fault == CHECK:
            found[code] = why
    return found


def must_be_code(text: str, known: Confirmed = NONE) -> str:
    """A code as it is stored: its check character fits, or a person has confirmed it.

    Raises:
        Refused: `refused.credit_code`.
    """
    code = creditcode.normalise(text)
    fault = creditcode.fault(code)
    if fault is not None and not (fault == CHECK and code in known):
        raise Refused("refused.credit_code", credit_code=code)
    return code
