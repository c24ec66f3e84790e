"""The desk: the office that is open, who sits at it, and how pages ask for things.

Pages never open a transaction and decide nothing. They read through `Desk.read`, act through `Desk.act`,
and refresh when `Desk.changed` names a kind of row they show.
"""

import datetime
from array import array
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QSettings, Signal
from shiboken6 import isValid

from casework.core import act_table
from casework.core.change import Change
from casework.core.office import Office
from casework.core.refused import Refused, of_the_machine
from casework.core.undo import Undo, undo_of
from casework.core.who_may import Who
from desktop.kit.jobs import Cancelled, Job, Workers
from desktop.kit.kept_choices import moment
from desktop.kit.language import language, t

T = TypeVar("T")

A_WEEK = 7
"""Days of news shown to someone who was never here."""


class Desk(QObject):
    """One person at one office.

    Attributes:
        listed: the numbers of the applications in the list as it was last shown, in its order, for going
            through it case by case.

    Signals:
        changed: an act changed rows; carries the `Change`.
        said: a sentence for the one place of messages, with its meaning.
        signed_in: someone signed in or out.
        ended: roles of the person at the desk were ended meanwhile; carries those that are left, or the
            `Refused` that says why nobody of that account works here any more.
    """

    changed = Signal(object)
    said = Signal(str, str)
    signed_in = Signal()
    ended = Signal(object)

    def __init__(
        self,
        office: Office,
        settings: QSettings,
        broken: Callable[[Exception], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.office = office
        self.settings = settings
        self.person = ""
        self.roles: frozenset[str] = frozenset()
        self.last_here = office.now()
        self.undo: Undo | None = None
        self.listed = array("q")
        self.workers = Workers(broken, self)
        self.workers.told = self.refuse
        self.workers.known = self._of_the_office

    def _of_the_office(self, bug: Exception) -> Exception | None:
        """What falls over a value that somebody put into the office; asked on a worker's thread."""
        from casework.audit.by_other_hand import fault_of  # late: a window opens without its checks

        return fault_of(self.office, bug)

    def sign_in(self, person: str, roles: frozenset[str]) -> None:
        """Someone sits down; pages are made for their roles."""
        self.person, self.roles = person, roles
        now = self.office.now()
        seen = f"seen/{self.office.row.uid}/{person}"
        self.last_here = moment(self.settings, seen, now - datetime.timedelta(days=A_WEEK))
        self.settings.setValue(seen, now.isoformat())
        self.signed_in.emit()

    def sign_out(self) -> None:
        """They get up."""
        self.sign_in("", frozenset())

    def look_again(self) -> None:
        """Ask whether the person still has the account and the roles that they signed in with. A role that
        was given meanwhile is asked for at the sign-in, by which it must be one of the log's."""
        person, roles = self.person, self.roles
        if not person:
            return

        def told(left: frozenset[str]) -> None:
            if left != roles and (person, roles) == (self.person, self.roles):
                self.ended.emit(left)

        def refused(refusal: Exception) -> None:
            if isinstance(refusal, Refused) and person == self.person:
                self.ended.emit(refusal)
            else:
                self.refuse(refusal)

        def ask(job: Job[frozenset[str]]) -> frozenset[str]:
            with self.office.read() as session:
                return Who.named(self.office, session, person).roles & roles

        self.workers.start(ask, told, refused=refused, owner=self)

    def may(self, act: str) -> bool:
        """Whether the roles at this desk do such an act, in an office that can be written. Whether it can be
        done now, the act itself says."""
        if self.office.only_read is not None:
            return False
        return act_table.held_by(act, self.roles)

    def read(
        self,
        function: Callable[[Office], T],
        then: Callable[[T], None],
        *,
        owner: QObject | None = None,
    ) -> Job[T]:
        """Read from the office in a worker and hand the result to ``then`` in the window."""
        return self.workers.start(lambda job: function(self.office), then, refused=self.refuse, owner=owner)

    def act(
        self,
        act: Callable[..., Change],
        *args: Any,
        then: Callable[[Change], None] | None = None,
        refused: Callable[[Refused], None] | None = None,
        owner: QObject | None = None,
        **kwargs: Any,
    ) -> Job[Change]:
        """Do an act of `casework` as the person at the desk, in a worker.

        Args:
            then: told the change once every page has heard of it.
            refused: told the refusal instead of the message place, so that it can stand beside its field.
        """
        office, person = self.office, self.person

        def done(change: Change) -> None:
            self.undo = undo_of(change.act, args)
            if then is not None and (owner is None or isValid(owner)):
                then(change)

        return self.long_act(
            lambda job: act(office, person, *args, **kwargs), then=done, refused=refused, owner=owner
        )

    def take_back(self) -> None:
        """Take the last act back, where one can be; what moved money is reversed on its own page instead."""
        undo = self.undo
        if undo is None:
            self.say(t("undo.nothing"), "waiting")
            return
        self.act(
            act_table.function(undo.act),
            *undo.args,
            then=lambda change: self.say(t("undo.done", act=t(f"act.{change.act}"))),
        )

    def long_act(
        self,
        act: Callable[[Job[Change]], Change],
        *,
        then: Callable[[Change], None] | None = None,
        refused: Callable[[Refused], None] | None = None,
        owner: QObject | None = None,
    ) -> Job[Change]:
        """The same for an act that says how far it is: ``act`` gets the job and calls ``job.step``."""

        def done(change: Change) -> None:
            self.changed.emit(change)
            if then is not None and (owner is None or isValid(owner)):
                then(change)

        def not_done(refusal: Exception) -> None:
            if isinstance(refusal, Refused) and refused is not None and (owner is None or isValid(owner)):
                refused(refusal)
            else:
                self.refuse(refusal)

        return self.workers.start(act, done, refused=not_done, pool="act")

    def refuse(self, refusal: Exception) -> None:
        """Show what was refused in the one place of messages."""
        if isinstance(refusal, Refused):
            self.said.emit(refusal.say(language()), "look")
        elif not isinstance(refusal, Cancelled):
            raise refusal

    def not_written(self, code: str, error: OSError, **named: str) -> None:
        """Say what came of a file that the machine did not take or give, and why."""
        why = of_the_machine(error) or Refused("cli.machine", what=str(error))
        self.refuse(Refused(code, **named, each=(why,)))

    def say(self, sentence: str, meaning: str = "done") -> None:
        """Show a sentence in the one place of messages."""
        self.said.emit(sentence, meaning)
