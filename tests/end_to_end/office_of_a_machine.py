"""What the state machines share: a copy of a prepared office for each run, put away at its end."""

import itertools
import shutil
import tempfile
from pathlib import Path
from typing import ClassVar

from hypothesis.stateful import RuleBasedStateMachine

from casework.core.office import Office
from tests.casework.desk import Clock, Desk


class OfficeOfAMachine(RuleBasedStateMachine):
    """A desk in an office of its own; `numbers` tells contracts apart."""

    prepared: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "machine.office"
        shutil.copy(self.prepared, path)
        clock = Clock()
        self.desk = Desk(Office.open(path, clock=clock), clock)
        self.office = self.desk.office
        self.numbers = itertools.count(1)

    def teardown(self) -> None:
        self.office.close()
        self.folder.cleanup()
