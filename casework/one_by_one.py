"""Acts on many cases, one transaction each, with a way to stop in between.

Unlike `casework.many.do` a stop is no refusal: what is done stays done, and who stopped is told of it.
"""

from collections.abc import Callable, Sequence
from typing import Any

from casework import many
from casework.act import By
from casework.change import Change
from casework.many import Outlook
from casework.office import Office

Progress = Callable[[int, int], bool | None]
"""Told how many acts are done of how many; answering False stops."""

Steps = Sequence[tuple[str, Sequence[str]]]
"""Acts by name, each with its cases, in the order in which they are done."""


def do(
    office: Office, by: str | By, steps: Steps, progress: Progress | None = None, **given: Any
) -> tuple[Change, list[Outlook]]:
    """Do each act to each of its cases. A case that is refused stops no other, but its own later acts.

    Args:
        given: what the acts want to know besides the case.

    Returns:
        All changes as one, and what came of each act.
    """
    of = sum(len(cases) for _, cases in steps)
    found: list[Outlook] = []
    changed: dict[str, dict[int | str, None]] = {}
    failed: set[str] = set()
    for name, case in ((name, case) for name, cases in steps for case in cases):
        if progress is not None and progress(len(found), of) is False:
            break
        if case in failed:
            continue
        change, (told,) = many.do(office, by, name, [case], **given)
        for kind, ids in change.ids.items():
            changed.setdefault(kind, {}).update(dict.fromkeys(ids))
        found.append(told)
        if told.refused is not None:
            failed.add(case)
    return Change(steps[-1][0], {kind: tuple(ids) for kind, ids in changed.items()}), found
