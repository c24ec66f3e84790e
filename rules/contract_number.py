"""The number of a contract: people write one number in many ways, and it stays the same contract.

``HT-2026-001``, ``HT 2026-001``, ``ht-2026-001``, full width and long dashes are one number. Two applicants
may each have a contract ``001``: a number means something only beside the applicant whose it is.
"""

import functools
import re
import unicodedata

_BETWEEN = re.compile(r"[\W_]+")


@functools.lru_cache(maxsize=4096)
def number_key(number: str) -> str:
    """A contract's number stripped to what tells two apart: letters and digits, capital, half-width.

    >>> number_key("ＨＴ—2026－001") == number_key("ht 2026-001") == "HT2026001"
    True
    """
    if not number.isascii():
        number = unicodedata.normalize("NFKC", number)
    elif (bare := number.replace("-", "")).isalnum():  # most are, and an expression takes five times as long
        return bare.upper()
    return _BETWEEN.sub("", number).upper()
