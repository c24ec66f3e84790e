"""What can be done on whatever page one is."""

from desktop.kit.action import Action

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
    Action("change_password", act="change_password", menu="office"),
    Action("lock", shortcut="Ctrl+L", menu="office"),
    Action("sign_out", menu="office"),
    Action("open_office", shortcut="Ctrl+O", menu="office"),
    Action("quit", shortcut="Ctrl+Q", menu="office"),
)
