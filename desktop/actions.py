"""Everything a person can do in the window, declared once: name, shortcut, who sees it, and where it works.

Menus, the buttons of a page, the palette (Ctrl+K) and the list of shortcuts are all made from this table.
An action's words are ``action.<name>`` in the catalogue. It calls the method ``do_<name>`` of the page it
belongs to, or of the window. Whether an act may be done now is not decided here: ``act`` names the line of
`casework.act_table` that says it.
"""

from typing import NamedTuple

from casework import act_table


class Action(NamedTuple):
    """One thing to do.

    ``page``: the page it belongs to (empty: anywhere). ``act``: the act behind it, whose roles see it
    (empty: everyone). ``main``: the page's first button. ``menu``: the menu it stands in.
    """

    name: str
    page: str = ""
    shortcut: str = ""
    act: str = ""
    menu: str = "case"
    main: bool = False
    button: bool = False

    @property
    def words(self) -> str:
        """The code of its words."""
        return f"action.{self.name}"

    @property
    def method(self) -> str:
        """The method that does it."""
        return f"do_{self.name}"

    def seen_by(self, roles: frozenset[str]) -> bool:
        """Whether someone with these roles is shown it."""
        return not self.act or bool(roles.intersection(act_table.line(self.act).roles))


ANYWHERE = (
    Action("undo", shortcut="Ctrl+Z", menu="office"),
    Action("palette", shortcut="Ctrl+K", menu="view"),
    Action("find", shortcut="Ctrl+F", menu="view"),
    Action("refresh", shortcut="F5", menu="view"),
    Action("theme", shortcut="Ctrl+Shift+D", menu="view"),
    Action("language", menu="view"),
    Action("larger", shortcut="Ctrl++", menu="view"),
    Action("smaller", shortcut="Ctrl+-", menu="view"),
    Action("shortcuts", shortcut="Ctrl+/", menu="help"),
    Action("help", shortcut="F1", menu="help"),
    Action("sign_out", menu="office"),
    Action("open_office", shortcut="Ctrl+O", menu="office"),
    Action("quit", shortcut="Ctrl+Q", menu="office"),
)
