"""What every command shares: who asks, for which office, and how it answers."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import words
from cli.trouble import Trouble

if TYPE_CHECKING:
    from casework.core.office import Office

Progress = Callable[[int, int], None]
"""Called with how much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Face:
    """The global options of one run.

    ``office`` is a SQLite file or a database URL and ``user`` the name of the person who acts (each "" where
    none was named); ``as_json`` says that a program reads the answer.
    """

    office: str
    user: str
    as_json: bool
    lang: str
    debug: bool
    notices: list[str] = field(default_factory=list)
    """What is said beside every answer: that nothing was logged, that a password was reset."""
    opened: list[Office] = field(default_factory=list)
    """The offices that were opened in this run."""
    typed: dict[str, str] = field(default_factory=dict)
    """Passwords that were typed in this run, by the variable that could have held them."""
    made: list[str] = field(default_factory=list)
    """The offices that were made or brought up in it."""

    def notice(self, code: str, /, **params: object) -> None:
        """Have every answer say something besides, once."""
        said = self.say(code, **params)
        if said not in self.notices:
            self.notices.append(said)

    def say(self, code: str, /, **params: object) -> str:
        """A sentence in this run's language."""
        return words.say(code, self.lang, **params)

    def answer(self, data: Mapping[str, object], show: Callable[[], None]) -> None:
        """Answers a program with one JSON object, or people by what ``show`` prints.

        Raises:
            Trouble: ``cli.no_answer``: nothing can be written there.
        """
        try:
            self._answer(data, show)
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            what = f"{error.errno} {errno.errorcode.get(error.errno or 0, '')}".strip()
            raise Trouble("cli.no_answer", what=what) from error

    def _answer(self, data: Mapping[str, object], show: Callable[[], None]) -> None:
        if self.as_json:
            said = {**data, "notices": self.notices} if self.notices else data
            print(json.dumps(said, ensure_ascii=False, default=str))
            return
        show()
        for notice in self.notices:
            print(words.shown.seen(notice), file=sys.stderr)

    def line(self, code: str, /, **params: object) -> None:
        """One sentence for people on standard output."""
        print(words.shown.seen(self.say(code, **params)))

    def table(
        self, headings: Sequence[str], rows: Sequence[Sequence[object]], money: frozenset[int] = frozenset()
    ) -> None:
        """A table for people; ``money`` names the columns that stand flush right."""
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, header_style="bold")
        for number, heading in enumerate(headings):
            table.add_column(heading, justify="right" if number in money else "left", overflow="fold")
        for row in rows:
            table.add_row(*(Text("" if cell is None else words.shown.seen(str(cell))) for cell in row))
        wide = None if sys.stdout.isatty() else 200  # a file or a pipe has no edge to wrap at
        Console(width=wide, highlight=False).print(table)

    @contextmanager
    def progress(self, code: str, /, **params: object) -> Iterator[Progress]:
        """A bar on standard error while long work runs; nothing where no person is looking."""
        if self.as_json or not sys.stderr.isatty():
            yield lambda done, total: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(self.say(code, **params), total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)


def default_office() -> str:
    """The office where none is named: a file in the user's data folder."""
    from platformdirs import user_data_dir

    return str(Path(user_data_dir("voucher-desk", appauthor=False)) / "office.sqlite")
