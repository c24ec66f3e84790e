"""What falls over something that stands in the office and no act put there: told as that, and not as a bug.

Whoever holds the file can write any value into any cell, so that any line of the program may come upon it.
Those lines do not expect it, and need not: what ends as a bug in an office that is not as its log has it is
no bug of the program's, and whoever asked is told to have the office verified.
"""

from sqlalchemy.exc import SQLAlchemyError

import words
from casework.audit.one_check import looked
from casework.audit.verify import CHECKS
from casework.core.office import Office
from models.faults import OfficeFault

_FALLS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, RecursionError, TypeError,
    ValueError, SQLAlchemyError, words.MissingWords,
)  # fmt: skip
_TELLING = ("schema", "log", "rows")
"""The checks that find every change; the others say more of it."""


def fault_of(office: Office, error: BaseException) -> OfficeFault | None:
    """The office's fault that an error is, where it would be a bug of the program in an office that is as its
    log has it; None where it is one, or has a sentence of its own."""
    if not isinstance(error, _FALLS) or callable(getattr(error, "say", None)):
        return None
    try:
        with office.read() as session:
            whole = all(looked(session, name, CHECKS[name]).ok for name in _TELLING)
    except OfficeFault:
        return None  # the machine's doing, told as such by whoever asks next
    return None if whole else OfficeFault("office.bad_value", path=office.store.name)
