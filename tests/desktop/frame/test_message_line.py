"""The one place of messages: one sentence at a time, and the progress of what takes longer than a moment."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop.frame.message_line import MessageLine
from desktop.kit.jobs import Job
from desktop.kit.theme import LIGHT, SHAPES
from tests.desktop.helpers import soon


@pytest.fixture
def line(dressed: QApplication) -> Iterator[MessageLine]:
    made = MessageLine(LIGHT)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def test_a_sentence_has_its_shape_and_the_next_one_takes_its_place(line: MessageLine) -> None:
    line.say("已保存", "done")
    assert (line.shape.text(), line.sentence.text()) == (SHAPES["done"], "已保存")
    line.say("请补正", "look")
    assert (line.shape.text(), line.sentence.accessibleName()) == (SHAPES["look"], "请补正")
    line.clear()
    assert not line.sentence.text()


def test_work_of_a_moment_shows_no_progress_and_long_work_can_be_stopped(line: MessageLine) -> None:
    job: Job[object] = Job()
    line.busy(1)
    line.moved(job, 1, 4)
    assert line.progress.isHidden()
    soon(lambda: not line.progress.isHidden())
    assert not line.cancel.isHidden() and (line.progress.value(), line.progress.maximum()) == (1, 4)
    line.cancel.click()
    assert job.cancelled
    line.busy(0)
    assert line.progress.isHidden() and line.cancel.isHidden()
