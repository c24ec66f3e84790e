"""People and rights: each side sees what it may do with an account, and nothing else."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from casework.people.staff import staff
from desktop.frame.main_window import Frame
from desktop.kit.language import t
from tests.desktop.helpers import settle


def links(frame: Frame) -> list[QPushButton]:
    frame.go("people")
    settle(frame.desk)
    assert frame.page is not None
    return [button for button in frame.page.findChildren(QPushButton) if not button.isHidden()]


def test_who_keeps_accounts_locks_them_and_gives_no_rights(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("system")
    buttons = links(frame)
    locks = [button for button in buttons if button.text() == t("people.lock")]
    kept = [member.name for member in staff(frame.desk.office) if member.last_holder]
    assert kept == ["rights", "system"], "nobody locks an office out of itself"
    assert len(locks) == len(staff(frame.desk.office)) - len(kept)
    assert t("people.roles") not in [button.text() for button in buttons]
    locks[0].click()
    settle(frame.desk)
    assert sum(member.locked for member in staff(frame.desk.office)) == 1
    said = [button.text() for button in links(frame)]
    assert said.count(t("people.lock")) == len(locks) - 1
    assert t("people.unlock") not in said, "who keeps the accounts opens none again"


def test_who_keeps_rights_gives_them_and_no_passwords(frame_of: Callable[..., Frame]) -> None:
    said = [button.text() for button in links(frame_of("rights"))]
    assert t("people.roles") in said
    assert said.count(t("people.reset")) == 1, "of who keeps the system, and of nobody else"
