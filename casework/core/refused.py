"""What the rules of the office forbid."""

from typing import Any

import words

WORDED = ("act", "state", "role", "side")
"""Parameters that are themselves codes: `state="approved"` is said as `state.approved`."""


class Refused(Exception):
    """An act can't be done: `code` (`refused.state`) with `params` says what is wrong and what to do.

    It is for what a person can cause and mend; everything else that goes wrong is a bug and stays one.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def say(self, lang: str = words.DEFAULT) -> str:
        """The sentence."""
        return words.say(
            self.code, lang, **{name: _worded(name, value, lang) for name, value in self.params.items()}
        )


def _worded(name: str, value: Any, lang: str) -> Any:
    code = f"{name}.{value}"
    return words.say(code, lang) if name in WORDED and words.has(code, lang) else value
