"""What the rules of the office forbid."""

from typing import Any


class Refused(Exception):
    """An act can't be done: `code` (`refused.state`) with `params` says what is wrong and what to do.

    It is for what a person can cause and mend; everything else that goes wrong is a bug and stays one.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
