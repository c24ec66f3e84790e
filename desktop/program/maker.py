"""An office is made away from the window's thread, which says so; nothing else is begun meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.kit.language import t
from desktop.program.start_step import Step
from desktop.program.told_faults import said

if TYPE_CHECKING:  # they import the office's database: the window shows before it
    from desktop.kit.jobs import Job, Workers


class Maker:
    """Makes an office for a step of the start window.

    Args:
        step: says what is going on, and what came of it.
        offers: what can't be used meanwhile.
        made: called with where the office lies, once it is there.
    """

    def __init__(self, step: Step, offers: Sequence[QWidget], made: Callable[[str], object]) -> None:
        self.step, self.offers, self.made = step, tuple(offers), made
        self.no_more: QWidget | None = None
        self.workers: Workers | None = None
        self.job: Job[None] | None = None

    def make(self, where: str, work: Callable[[Job[None]], None], says: str) -> None:
        """Make it, unless one is being made; ``says`` is the code of what is said meanwhile."""
        from desktop.kit.jobs import Workers

        if self.workers is not None:
            return
        self.workers = Workers(self._broken, self.step)
        self._is_making(True)
        self.step.say(t(says))
        self.job = self.workers.start(
            work, lambda _: self._done(where), refused=self._not_made, owner=self.step, pool="act"
        )

    def cancel(self) -> None:
        """Ask for no more: what is there of it goes."""
        if self.job is not None:
            self.job.cancel()

    def stop(self, within: float | None = None) -> bool:
        """End what is being made, and say whether it has ended, within so many seconds."""
        return self.workers is None or self.workers.stop(within)

    def _is_making(self, yes: bool) -> None:
        for each in self.offers:
            each.setEnabled(not yes)
        if self.no_more is not None:
            self.no_more.setVisible(yes)
        if not yes:
            self.stop()
            self.workers = self.job = None

    def _done(self, where: str) -> None:
        self._is_making(False)
        self.step.say("")
        self.made(where)

    def _not_made(self, fault: Exception) -> None:
        from desktop.kit.jobs import Cancelled

        self._is_making(False)
        self.step.say(t("welcome.demo.stopped") if isinstance(fault, Cancelled) else said(fault))

    def _broken(self, bug: Exception) -> None:
        self._is_making(False)
        self.step.say("")
        raise bug  # to the one hook that shows bugs
