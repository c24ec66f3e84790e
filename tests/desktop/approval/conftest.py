"""The approver's page on the day of the meeting, after the list's days have passed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from casework.core.office import Office
from desktop.frame.main_window import Frame
from desktop.pages.approval.approve_dialogs import Deciding
from desktop.pages.approval.page import ApprovalPage
from models import Application
from tests.desktop.helpers import settle
from tests.desktop.stages import dialog, standing_at

MINUTES = "湾科创纪要〔2026〕9号"


@pytest.fixture
def frame(frame_of: Callable[..., Frame], at_stage: Callable[..., Path]) -> Frame:
    """An approver's window."""
    found = frame_of("approver", at_stage("publish"))
    standing_at(found, 2026, 7, 6)
    return found


def page_of(frame: Frame) -> ApprovalPage:
    """The page of a window, read."""
    assert frame.go("approval")
    settle(frame.desk)
    assert isinstance(frame.page, ApprovalPage)
    return frame.page


def asks_of(frame: Frame) -> Deciding:
    """What a window asks about the marked cases."""
    settle(frame.desk)
    found = dialog(frame)
    assert isinstance(found, Deciding)
    return found


def state(office: Office, case: str) -> str:
    """The state of a case."""
    with office.read() as session:
        found = select(col(Application.state)).where(col(Application.case_no) == case)
        return str(session.execute(found).scalar_one())
