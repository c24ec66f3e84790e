"""What is wrong with a bank's file, a payment or an answer as a whole: a code and what its sentence names."""

from __future__ import annotations

import words
from papers.reading.unreadable import Unreadable


class BankFault(Exception):
    """Nothing was written or taken over. ``code`` and ``params`` are those of the sentence."""

    def __init__(self, code: str, /, **params: object) -> None:
        super().__init__(f"{code} {params}")
        self.code = code
        self.params = params

    def say(self, lang: str = words.DEFAULT) -> str:
        """The sentence: what is wrong, where, and what to do."""
        return words.say(self.code, lang, **self.params)


class BankUnreadable(Unreadable):
    """A file of a bank that is no table, or may do harm, told with its name: several are read at once."""

    def __init__(self, file: str, unreadable: Unreadable) -> None:
        super().__init__(unreadable.code, **unreadable.params)
        self.file = file

    def say(self, lang: str = words.DEFAULT) -> str:
        """The sentence; where the one for a portal's file gives advice about the portal, the bank's own."""
        own = f"bank.file.{self.code}"
        why = words.say(own, lang) if words.has(own, lang) else super().say(lang)
        return words.say("bank.file", lang, file=self.file, say=why)
