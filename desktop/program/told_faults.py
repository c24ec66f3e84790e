"""What went wrong before anybody is at a desk, in its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.kit.language import language

if TYPE_CHECKING:  # the office's database is imported when one is opened
    from casework.core.refused import Refused


def known(fault: Exception) -> Refused:
    """What a person, the office or the machine did; anything else is a bug and stays one."""
    from casework.core.refused import Refused, of_the_machine

    told = fault if isinstance(fault, Refused) else of_the_machine(fault)
    if told is None:
        raise fault
    return told


def said(fault: Exception) -> str:
    """The same in its sentence."""
    return known(fault).say(language())
