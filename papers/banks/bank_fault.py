"""What is wrong with a bank's file, a payment or an answer as a whole: a code and what its sentence names."""

from __future__ import annotations

import words


class BankFault(Exception):
    """Nothing was written or taken over. ``code`` and ``params`` are those of the sentence."""

    def __init__(self, code: str, /, **params: object) -> None:
        super().__init__(f"{code} {params}")
        self.code = code
        self.params = params

    def say(self, lang: str = words.DEFAULT) -> str:
        """The sentence: what is wrong, where, and what to do."""
        return words.say(self.code, lang, **self.params)
