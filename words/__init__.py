"""Codes and parameters into sentences, in Chinese and English.

The rooms below and beside this one hand out a *code* such as ``refused.not_allowed`` with parameters; what a
person reads is made here and nowhere else, for the window, the command line and the papers alike.

    >>> say("amount.left", "en", left_fen=123456)
    '1,234.56 yuan left.'
    >>> say("amount.left", left_fen=123456)
    '还剩 1,234.56 元。'
"""

from words.catalogue import DEFAULT, LANGUAGES, MissingWords, codes, has, language, say

__all__ = ["DEFAULT", "LANGUAGES", "MissingWords", "codes", "has", "language", "say"]
