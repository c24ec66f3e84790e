"""A day as people type it into a dialog's field."""

import datetime
import unicodedata

from casework.cases.typed_values import read_day
from casework.core.refused import Refused
from desktop.kit.language import t
from rules.facts import FactError


def typed_day(text: str, code: str, today: datetime.date) -> datetime.date:
    """A day as it was typed, in any of the ways that `casework.cases.typed_values.read_day` takes.

    Args:
        code: of the field, for the refusal.

    Raises:
        Refused: `refused.bad_field`.
    """
    try:
        return read_day(unicodedata.normalize("NFKC", text).strip(), today)
    except FactError as fault:
        raise Refused("refused.bad_field", field=t(code), value=text) from fault
