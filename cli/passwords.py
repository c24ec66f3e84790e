"""Passwords of a run: from the environment, or asked for at a terminal without echo; never an argument."""

from __future__ import annotations

import os
import sys

from cli.face import Face
from cli.trouble import Trouble

OWN, NEW = "VOUCHER_DESK_PASSWORD", "VOUCHER_DESK_NEW_PASSWORD"


def said(face: Face, variable: str, asks: str, /, **params: object) -> str:
    """What a variable of the environment holds, else what is typed: once in a run, and a new one twice, since
    nobody sees what they type.

    Args:
        asks: the code of the question, ``cli.password.own``.

    Raises:
        Trouble: `cli.password.none`: it is in neither place; `cli.password.differ`.
    """
    found = os.environ.get(variable, "") or face.typed.get(variable, "")
    if not found and sys.stdin is not None and sys.stdin.isatty():
        import getpass

        found = getpass.getpass(face.say(asks, **params))
        if found and variable.startswith(NEW) and getpass.getpass(face.say("cli.password.again")) != found:
            raise Trouble("cli.password.differ")
        face.typed[variable] = found
    if not found:
        raise Trouble("cli.password.none", variable=variable)
    return found
