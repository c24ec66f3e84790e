"""Facts given in words, as the command line gives them: `related_party=no; contract_amount=8,000,000.00`."""

from collections.abc import Mapping
from typing import Any

from casework.cases import typed_values
from casework.core.act import Turn
from casework.core.office import SHANGHAI
from casework.core.refused import Refused
from casework.rulebook.in_force import Shelf

Given = Mapping[str, Any] | str
"""Facts by name, or words that say them."""


def facts(turn: Turn, given: Given) -> dict[str, Any]:
    """The facts that are given; words are read as each fact's type, an empty one says that it is not known.

    Raises:
        Refused: `refused.no_such_field`, `refused.bad_field`.
    """
    if not isinstance(given, str):
        return dict(given)
    declared = {name: fact for pack in Shelf(turn.session).bare_packs() for name, fact in pack.facts.items()}
    known = {**declared, **typed_values.FACTS}
    now = turn.at.astimezone(SHANGHAI).replace(tzinfo=None)
    found: dict[str, Any] = {}
    for part in filter(str.strip, given.split(";")):
        name, sign, words = part.partition("=")
        fact = known.get(name.strip())
        if fact is None or not sign:
            raise Refused("refused.no_such_field", field=name.strip())
        value = typed_values.read_typed(fact, words, now)
        if value.fault is not None:
            raise Refused("refused.bad_field", field=name.strip(), value=words.strip())
        found[fact.id] = value.value
    return found
