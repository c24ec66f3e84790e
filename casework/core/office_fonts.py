"""The fonts that an office's papers are drawn with, and what is said where none of them has a character."""

from collections.abc import Callable
from functools import partial
from typing import Any

from casework.core.office import Office
from casework.core.refused import Refused
from papers.drawing.fonts import FontSet, UncoveredCharacter, of_office, own_folder

AHEAD = 31
"""Papers drawn ahead that are kept besides the newest: more than the lists of one publishing, and the letters
that people issue at one time."""


def draw(office: Office, paper: Callable[[FontSet], bytes]) -> bytes:
    """Draw a paper with the fonts of the office.

    Raises:
        Refused: as `require`.
    """
    try:
        return paper(of_office(office.demonstration))
    except UncoveredCharacter as fault:
        raise _uncovered(fault) from fault


def draw_ahead(office: Office, paper: Callable[[FontSet], bytes]) -> bytes:
    """Draw a paper that an act may draw next, in nobody's way: where it says the same then, these are its
    bytes.

    Raises:
        Refused: `refused.uncovered`.
    """
    body = draw(office, paper)
    office.drawn_ahead = (*office.drawn_ahead[-AHEAD:], (_said(paper), body))
    return body


def drawn_ahead(office: Office, paper: Callable[[FontSet], bytes]) -> bytes | None:
    """The bytes of a paper that was drawn ahead; None where it was not, or says something else by now."""
    ahead = [body for said, body in office.drawn_ahead if said == _said(paper)]
    return ahead[-1] if ahead else None


def _said(paper: Callable[[FontSet], bytes]) -> tuple[Any, ...]:
    """What a paper says, to be compared: all that it is drawn from, so that one drawn ahead from a row that
    was another meanwhile is not taken for it."""
    if isinstance(paper, partial):
        return (paper.func, *paper.args, *paper.keywords.items())
    return (paper,)


def require(office: Office, text: str) -> None:
    """Refuse a text that could not be drawn whole.

    Raises:
        Refused: `refused.uncovered`: which characters, and where a font that has them goes.
    """
    try:
        of_office(office.demonstration).require([("body", text)])
    except UncoveredCharacter as fault:
        raise _uncovered(fault) from fault


def folder() -> str:
    """Where a font goes that has what the others lack."""
    return str(own_folder())


def _uncovered(fault: UncoveredCharacter) -> Refused:
    return Refused("refused.uncovered", characters=fault.characters, folder=folder())
