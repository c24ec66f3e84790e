"""The unified social credit code (统一社会信用代码) of every legal person in China.

GB 32100-2015 gives each organisation eighteen characters for life. They are digits and capital
letters without I, O, Z, S and V, which look like digits:

    9          who registers: 1 establishment offices, 5 civil affairs, 9 market regulation, and
               letters such as A (army), N (agriculture) and Y (others); new ones are added, so
               any character of the alphabet is taken
     1         what kind of organisation, in that registrar's own list
      440300   the registrar's administrative division, six digits after GB/T 2260
    MA5EXAMP0  the organisation code of nine characters after GB 11714
            4  a check character

The check is ISO 7064's MOD 31: the character at place i (from 0) has the weight 3^i mod 31, and
with the check character, weight 1, the sum is divisible by 31. It finds every single wrong
character and every exchange of two neighbours that differ.

>>> fault('91110000600037341L')
>>> fault('91110000600037341M')
'check_digit'
>>> fault('9111000060003734')
'length'
>>> fault('000000000000000000')
'zeros'
>>> normalise(' ９１１１００００６０００３７３４１l '), normalise('91110000-60003734-1L')
('91110000600037341L', '91110000600037341L')
>>> make_check('91110000600037341')
'L'
"""

import unicodedata
from operator import mul

from rules.plain_text import Unprintable, unblanked, unforced

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_BASE = 34
"""Modulo 31 a place of such a number is worth three times the one behind it: a code that is read from behind
is the sum of its characters by their weights. One number is made in a tenth of the time of 18 products."""
_DIGITS = ALPHABET[:10] + "".join(map(chr, range(ord("A"), ord("A") + 21)))
"""The digits of a number in such a base, by the values that the alphabet's characters have."""
_ABSENT = ord("!")
_VALUES = bytes(
    ord(_DIGITS[ALPHABET.index(chr(code))]) if chr(code) in ALPHABET else _ABSENT for code in range(256)
)


def normalise(text: str) -> str:
    """The code as it should have been written: half-width, capital, without blanks or what nobody sees; and
    without hyphens, where eighteen characters remain.

    It mends the way of writing and nothing else: an O stays an O, though a zero may be meant.
    """
    if text.isascii() and text.isalnum():
        return text.upper()
    try:
        code = unicodedata.normalize("NFKC", unblanked(unforced(text))).upper()
    except Unprintable:
        return text.strip().upper()
    bare = code.replace("-", "")
    return bare if len(bare) == LENGTH else code


def fault(code: str) -> str | None:
    """What is wrong with a normalised code, or None where it is valid.

    Returns:
        ``length`` (not eighteen), ``character`` (one that the alphabet has not, or a letter in
        the division's six places), ``zeros`` (nobody's: registrar, division or organisation is all
        zeros), ``check_digit``, or None.
    """
    if len(code) != LENGTH:
        return "length"
    if not code.isascii():
        return "character"
    values = code.encode("ascii").translate(_VALUES)
    if _ABSENT in values or not code[2:8].isdigit():
        return "character"
    if code[0] == "0" or ("000000" in code and (code[2:8] == "000000" or code[8:17] == "000000000")):
        return "zeros"
    if (int(values[16::-1], _BASE) + ALPHABET.index(code[17])) % 31:
        return "check_digit"
    return None


def make_check(first: str) -> str:
    """The check character that belongs to the first seventeen characters of a code.

    Raises:
        ValueError: not seventeen characters, or one that the alphabet has not.
    """
    if len(first) != 17:
        raise ValueError("a check character is made of seventeen")
    total = sum(map(mul, map(ALPHABET.index, first), _WEIGHTS))
    return ALPHABET[-total % 31]
