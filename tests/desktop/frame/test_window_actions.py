"""What can be done on every page: the frame itself does it, or the program around it."""

from casework.core.act_table import ACTS
from desktop.frame.main_window import MENUS, Frame
from desktop.frame.window_actions import ANYWHERE
from words import LANGUAGES, has

OUTSIDE = {"theme", "language", "larger", "smaller", "sign_out", "open_office", "lock"}
"""What `desktop.program.app` does, because the frame goes away by it or is made anew."""


def test_each_is_done_by_somebody_and_stands_in_a_menu() -> None:
    for action in ANYWHERE:
        assert hasattr(Frame, action.method) != (action.name in OUTSIDE), action.name
        assert action.menu in MENUS and (not action.act or action.act in ACTS)
        assert all(has(action.words, lang) for lang in LANGUAGES)
