"""The number of a contract: people write one number in many ways, and it stays the same contract.

``HT-2026-001``, ``HT 2026-001``, ``ht-2026-001``, full width and long dashes are one number, and so are
``合同编号：HT-2026-001``, ``No. HT-2026-001`` and ``第HT-2026-001号``: the words that only say that a number
follows are no part of it. Two applicants may each have a contract ``001``: a number means something only
beside the applicant whose it is.
"""

import functools
import re
import unicodedata

from rules.plain_text import capital_latin

_BETWEEN = re.compile(r"[\W_]+")
_PLACE = re.compile(r"(?<=[0-9])[\W_]+(?=[0-9])")
_ELSEWHERE = re.compile(r"(?<![0-9])[\W_]+|[\W_]+(?![0-9])")
_ONE_WRITING = str.maketrans(
    {"№": "No.", "編": "编", "號": "号", "協": "协", "議": "议", "約": "约", "書": "书"}
)
_CONTRACT = r"(?:合同|合约|协议)书?"
_LABEL = re.compile(
    rf"""[\W_]*(?:
      (?:{_CONTRACT})?(?:编号|编码|号码)[为是]?
    | {_CONTRACT}(?:号[为是]?|[\W_]*:|[\W_]*第(?=[\W_]*[0-9a-z])|(?=[a-z])|[\s_-]+(?=[\W_]*[0-9a-z]))
    | (?:contract|agreement)[\W_]*(?:no(?![a-z])|number(?![a-z])|[\#:])
    | no(?![a-z]) | n[°º] | number(?![a-z])
    )""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
"""Words before a number that say no more than that it follows. ``No`` counts where no letter stands right
after it (``NOVA-1`` is a number), 合同 where a colon, a hyphen, a blank, 编号, 号, 第 or a letter does
(合同11 and 11 are two)."""
_ORDINAL = re.compile(r"(?<![0-9])第(?=[\W_]*[0-9a-z])", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(rf"号(?:{_CONTRACT})?[\W_]*$")
_MAY_BE_LABELLED = ("NO", "NU", "CO", "AG")


@functools.lru_cache(maxsize=4096)
def number_key(number: str) -> str:
    """A contract's number stripped to what tells two apart: letters and digits, capital, half-width, without
    the label before it and 第 and 号 around it. A text that is nothing but labels stays as it is.

    >>> number_key("ＨＴ—2026－001") == number_key("合同编号：ht 2026-001号") == "HT2026001"
    True
    """
    if number.isascii():
        bare = number.replace("-", "").upper()
        if bare.isalnum() and not bare.startswith(_MAY_BE_LABELLED):
            return bare  # most are, and an expression takes five times as long
    else:
        number = _one_writing(number)
    before = ""
    while number != before:
        before, number = number, _BETWEEN.sub("", _without_label(number)) or _BETWEEN.sub("", number)
    return number.upper()


def may_be_two(one: str, other: str) -> bool:
    """Whether two numbers have one key and yet part their figures at different places, and so may be two
    contracts. Of what kind a separator is does not matter, and where one of them parts no figures it says
    nothing: dropping the hyphens makes no second contract. That is why the key itself knows no places.

    >>> may_be_two("HT-1-11", "HT-11-1"), may_be_two("HT-1-11", "HT 1／11"), may_be_two("HT-1-11", "HT111")
    (True, False, False)
    """
    if number_key(one) != number_key(other):
        return False
    places = [_PLACE.sub("-", _without_label(_one_writing(number))) for number in (one, other)]
    figures = [_ELSEWHERE.sub("", number) for number in places]
    return figures[0] != figures[1] and all("-" in number for number in figures)


def _one_writing(number: str) -> str:
    number = unicodedata.normalize("NFKC", number.translate(_ONE_WRITING)).translate(_ONE_WRITING)
    return capital_latin(number)


def _without_label(number: str) -> str:
    while (label := _LABEL.match(number)) is not None:
        number = number[label.end() :]
    return _NUMBER.sub("", _ORDINAL.sub("", number))
