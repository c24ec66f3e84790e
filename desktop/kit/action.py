"""What a person can do in the window, declared once: name, shortcut, who sees it, and where it works.

Menus, the buttons of a page, the palette (Ctrl+K) and the list of shortcuts are all made from these: each
page offers its own, and `desktop.frame.window_actions` has those that are there on every page.
An action's words are ``action.<name>`` in the catalogue. It calls the method ``do_<name>`` of the page it
belongs to, or of the window. Whether an act may be done now is not decided here: ``act`` names the line of
`casework.core.act_table` that says it.
"""

from typing import NamedTuple


class Action(NamedTuple):
    """One thing to do.

    ``page``: the page it belongs to (empty: anywhere). ``act``: the act behind it, whose roles see it
    (empty: everyone). ``main``: the page's first button. ``menu``: the menu it stands in.
    ``says``: whose words it has (empty: its own).
    """

    name: str
    page: str = ""
    shortcut: str = ""
    act: str = ""
    menu: str = "case"
    main: bool = False
    button: bool = False
    says: str = ""

    @property
    def words(self) -> str:
        """The code of its words."""
        return f"action.{self.says or self.name}"

    @property
    def method(self) -> str:
        """The method that does it."""
        return f"do_{self.name}"
