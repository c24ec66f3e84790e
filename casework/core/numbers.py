"""Numbers: series without gaps, and voucher codes that nobody can guess or mistype."""

from collections.abc import Callable

from sqlalchemy import bindparam
from sqlmodel import Session
from stdnum.iso7064 import mod_37_36

from models import metadata

ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Thirty-four characters: no I and no O, which are read as 1 and 0."""

_SERIES = metadata.tables["number_series"]
_TAKE = (
    _SERIES.update()
    .where(_SERIES.c.series == bindparam("of_series"), _SERIES.c.year == bindparam("of_year"))
    .values(last=_SERIES.c.last + 1)
    .returning(_SERIES.c.last)
)

CODE_LENGTH = 16
"""Fifteen random characters (76 bits) and the check character."""


def next_number(session: Session, series: str, year: int = 0) -> int:
    """The next number of a series, taken in the act's own transaction: a refused act leaves no gap.

    `year` is 0 for a series that never starts anew.
    """
    connection = session.connection()
    taken = connection.execute(_TAKE, {"of_series": series, "of_year": year}).scalar()
    if taken is None:
        connection.execute(_SERIES.insert(), {"series": series, "year": year, "last": 1})
        return 1
    return int(taken)


def check_character(body: str) -> str:
    """The character that makes `body` whole: ISO 7064's hybrid system (MOD 37,36) over this alphabet."""
    return str(mod_37_36.calc_check_digit(body, ALPHABET))


def voucher_code(entropy: Callable[[int], bytes]) -> str:
    """A new code: characters drawn evenly from `entropy`, then the check character."""
    body = ""
    limit = 256 - 256 % len(ALPHABET)
    while len(body) < CODE_LENGTH - 1:
        body += "".join(ALPHABET[byte % len(ALPHABET)] for byte in entropy(CODE_LENGTH) if byte < limit)
    body = body[: CODE_LENGTH - 1]
    return body + check_character(body)


def is_voucher_code(code: str) -> bool:
    """Whether a code is whole: its length, its characters, its check character."""
    body = code[:-1]
    known = set(code) <= set(ALPHABET)
    return len(code) == CODE_LENGTH and known and check_character(body) == code[-1]
