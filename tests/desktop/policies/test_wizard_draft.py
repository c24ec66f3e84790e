"""What is written of a pack lies on the disk until it is saved or given up; a full disk is told."""

from collections.abc import Callable

import pytest

from desktop.kit.desk import Desk
from desktop.kit.drafts import Drafts
from desktop.pages.policies.wizard_draft import PackDraft


def test_what_was_left_is_taken_up_once_and_goes_with_the_giving_up(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of("officer")
    first = PackDraft(desk, take_up=True)
    assert first.left is None
    first.keep('id = "x"', "case\n", 'id = ""')
    beside = PackDraft(desk, take_up=False)
    assert beside.left is None and beside.request != first.request, "a pack that is opened takes up nothing"
    again = PackDraft(desk, take_up=True)
    assert again.left is not None and again.left.parts == ('id = "x"', "case\n", 'id = ""')
    again.discard()
    assert PackDraft(desk, take_up=True).left is None


def test_another_person_takes_up_nothing(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of("officer")
    PackDraft(desk, take_up=False).keep("text", "", "")
    desk.person = "approver"
    assert PackDraft(desk, take_up=True).left is None


def test_a_disk_that_is_full_is_told(desk_of: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desk_of("officer")
    said: list[str] = []
    desk.said.connect(lambda sentence, meaning: said.append(sentence))

    def full(self: Drafts, draft: object) -> None:
        raise OSError(28, "No space left on device", "x.json")

    monkeypatch.setattr(Drafts, "keep", full)
    PackDraft(desk, take_up=False).keep("text", "", "")
    assert len(said) == 1 and "草稿" in said[0]
