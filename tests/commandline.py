"""One run of the command line within the test's own process."""

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from cli.main import run


@dataclass(frozen=True)
class Answer:
    """What a run left: its exit status and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object on standard output; anything else there fails."""
        assert self.out.count("\n") == 1, self.out
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


Desk = Callable[..., Answer]


SAID = {
    "VOUCHER_DESK_USER": "auditor",
    "VOUCHER_DESK_PASSWORD": "demo",
    "VOUCHER_DESK_NEW_PASSWORD_SYSTEM": "blue tin gate 42",
    "VOUCHER_DESK_NEW_PASSWORD_RIGHTS": "seven slow ferries",
}
"""What a run finds in its environment: who signs in where no `--user` says so, and the passwords."""


@pytest.fixture(name="desk")
def desk_fixture(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    for name, value in SAID.items():
        monkeypatch.setenv(name, value)

    def one(*arguments: object) -> Answer:
        status = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Answer(status, printed.out, printed.err)

    return one


@contextmanager
def interrupted_after(kind: Any, name: str, *, late: bool = False) -> Iterator[None]:
    """Somebody presses Ctrl-C at the moment when this function of this kind has been done for the first time
    within the block; `late` only counts a moment at which being ended is held back."""
    left, done = [signal.SIGINT], getattr(kind, name)

    def interrupted(*given: object, **named: object) -> object:
        answer = done(*given, **named)
        held = signal.getsignal(signal.SIGINT) is not signal.default_int_handler
        if left and (held or not late):
            signal.raise_signal(left.pop())
        return answer

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs behind may ignore it
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kind, name, interrupted)
            yield
    finally:
        signal.signal(signal.SIGINT, before)
    assert not left, "it was never done"
