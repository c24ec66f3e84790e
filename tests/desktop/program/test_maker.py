"""An office is made in nobody's way: one at a time, and it ends before the program does."""

import time

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.kit.jobs import Job
from desktop.kit.language import t
from desktop.program.maker import Maker
from desktop.program.start_step import Step
from tests.desktop.helpers import soon


class _Step(Step):
    code = "choice"


@pytest.fixture
def maker(dressed: object) -> Maker:
    window = QWidget()
    step = _Step(window)
    made = Maker(step, (QPushButton("offer", step),), lambda where: None)
    made.window = window  # type: ignore[attr-defined]
    return made


def test_ending_the_program_waits_for_it(maker: Maker) -> None:
    done: list[str] = []

    def work(job: Job[None]) -> None:
        done.append("begun")
        while not job.cancelled:
            time.sleep(0.001)
        done.append("let go")

    maker.make("a.office", work, "welcome.demo.making")
    maker.make("b.office", lambda job: done.append("second"), "welcome.demo.making")
    assert not maker.offers[0].isEnabled() and maker.step.fault.text() == t("welcome.demo.making")
    soon(lambda: bool(done))
    assert maker.stop(30)
    assert done == ["begun", "let go"]


def test_what_was_made_is_told_and_can_be_made_again(maker: Maker) -> None:
    made: list[str] = []
    maker.made = made.append
    for where in ("a.office", "b.office"):
        maker.make(where, lambda job: None, "welcome.demo.making")
        soon(lambda where=where: where in made)  # type: ignore[misc]
    assert maker.offers[0].isEnabled() and not maker.step.fault.text()


def test_one_that_was_stopped_says_so(maker: Maker) -> None:
    def work(job: Job[None]) -> None:
        while True:
            job.must_go_on()

    maker.make("a.office", work, "welcome.demo.making")
    maker.cancel()
    soon(lambda: maker.step.fault.text() == t("welcome.demo.stopped"))
