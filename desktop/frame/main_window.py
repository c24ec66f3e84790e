"""The window's frame: the rail of pages, the page's title and actions, messages and budget at the foot."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from casework.core import office_settings
from casework.core.change import Change
from casework.core.office import Office
from casework.core.staff_names import of_account
from desktop.frame.budget_foot import BudgetFoot
from desktop.frame.frame_parts import banner, rule
from desktop.frame.message_line import MessageLine
from desktop.frame.own_password import OwnPassword
from desktop.frame.palette import Offer, Palette
from desktop.frame.places import Place, places_of
from desktop.frame.window_actions import ANYWHERE
from desktop.kit.action import Action
from desktop.kit.desk import Desk
from desktop.kit.fitting import centred, fitted, room_of
from desktop.kit.icons import icon
from desktop.kit.language import t
from desktop.kit.page import Page
from desktop.kit.theme import GRID, Theme
from desktop.kit.unsent import keep_all
from desktop.kit.widgets import scrolled

MENUS = ("office", "case", "view", "help")
RAIL = 76
"""The rail's width in pixels at 100 %."""
USUAL = 1366, 768
"""The first window's size in pixels at 100 %, where the screen has room for it."""
LEAST = 640, 340
"""The least size in pixels at 100 %: a window on a screen of 1366×768 at 200 %."""
BUTTON, LOW_BUTTON = 52, 30
LOW = 560
"""A window lower than this has a rail of icons alone, so that every page stays in reach."""

PageMaker = Callable[[Desk, Theme], Page]


class Stack(QStackedWidget):
    """The pages one upon the other: as small as the one on screen may be, whatever the others need."""

    def minimumSizeHint(self) -> QSize:
        """That of the page in front, not of the largest."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else QSize()


class Frame(QMainWindow):
    """One window of one office, for the person at its desk.

    Args:
        makers: how each page of the rail is made; a page is made when it is first gone to.
        outside: what the window itself can't do (``theme``, ``language``, ``sign_out`` …), by action's name.
    """

    def __init__(
        self,
        desk: Desk,
        theme: Theme,
        makers: Mapping[str, PageMaker],
        outside: Mapping[str, Callable[[], object]],
    ) -> None:
        super().__init__()
        self.desk, self.theme, self.makers, self.outside = desk, theme, makers, outside
        self.pages: dict[str, Page] = {}
        self.places = [place for place in places_of(desk.roles) if place.name in makers]
        self.anywhere = [action for action in ANYWHERE if not action.act or desk.may(action.act)]
        self.shortcuts: dict[str, QAction] = {}
        self.rail_buttons: dict[str, QToolButton] = {}
        self.setWindowIcon(icon("voucher-desk", theme.accent, 32))
        self.setMinimumSize(*LEAST)
        self.title = QLabel(self)
        self.title.setProperty("title", True)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(GRID)
        self.stack = Stack(self)
        self.messages = MessageLine(theme, self)
        self.budget = BudgetFoot(desk, theme, self)
        self._lay_out()
        self._menus()
        desk.said.connect(self.messages.say)
        desk.workers.busy.connect(self.messages.busy)
        desk.workers.moved.connect(self.messages.moved)
        desk.changed.connect(self._changed)
        self._restore()
        self._read_name()
        self.budget.refresh()

    # -- layout --------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        middle = QWidget(self)
        across = QHBoxLayout(middle)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._rail())
        column = QVBoxLayout()
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        column.setSpacing(GRID)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addLayout(self.buttons)
        column.addLayout(head)
        room = scrolled(self.stack)  # a page that needs more than the screen has is scrolled to
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(room, 1)
        across.addLayout(column, 1)
        whole = QWidget(self)
        down = QVBoxLayout(whole)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        if (why := self.desk.office.only_read) is not None:
            down.addWidget(banner(t("window.only_read", why=t(why.code, **why.params)), whole))
        if self.desk.office.lies_open:
            down.addWidget(banner(t("office.lies_open", path=self.desk.office.store.name), whole))
        if not self.desk.roles:
            down.addWidget(banner(t("window.no_role"), whole))
        self.desk.read(lambda office: office.passwords_known, partial(self._known, down), owner=whole)
        down.addWidget(middle, 1)
        down.addWidget(rule(self))
        down.addLayout(self._foot())
        self.setCentralWidget(whole)

    def _known(self, down: QVBoxLayout, known: bool) -> None:
        """Everybody knows the passwords of a trial office, and every page says so."""
        if known:
            down.insertWidget(0, banner(t("window.known_passwords"), self))

    def _rail(self) -> QWidget:
        rail = QFrame(self)
        rail.setFixedWidth(RAIL)
        rail.setAccessibleName(t("window.rail"))
        self.rail_column = column = QVBoxLayout(rail)
        column.setContentsMargins(4, GRID, 4, GRID)
        column.setSpacing(4)
        for place in self.places:
            button = QToolButton(rail)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setText(t(f"page.{place.name}.short"))
            button.setIcon(icon(place.name, self.theme.text))
            button.setIconSize(QSize(20, 20))
            button.setCheckable(True)
            button.setProperty("rail", True)
            button.setAutoExclusive(True)
            button.setToolTip(f"{t(f'page.{place.name}')}  {place.shortcut}")
            button.setAccessibleName(t(f"page.{place.name}"))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setFixedHeight(BUTTON)
            button.clicked.connect(lambda checked=False, name=place.name: self.go(name))
            self.rail_buttons[place.name] = button
            column.addWidget(button)
        column.addStretch(1)
        who = QLabel(rail)
        self.desk.read(self._called, who.setText, owner=who)
        who.setProperty("small", True)
        who.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        who.setToolTip(", ".join(t(f"role.{role}") for role in sorted(self.desk.roles)))
        column.addWidget(who)
        return rail

    def _called(self, office: Office) -> str:
        with office.read() as session:
            return of_account(session, self.desk.person)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(GRID, 4, 2 * GRID, 4)
        foot.setSpacing(GRID)
        foot.addWidget(self.messages, 1)
        foot.addWidget(self.budget)
        return foot

    # -- actions -------------------------------------------------------------------------------------

    def _menus(self) -> None:
        bar = self.menuBar()
        bar.clear()
        menus = {name: bar.addMenu(t(f"menu.{name}")) for name in MENUS}
        for place in self.places:
            self._go_action(place, menus["view"])
        menus["view"].addSeparator()
        for action in self.anywhere:
            self._add(action, menus[action.menu], self._anywhere(action))
        self.case_menu = menus["case"]
        self.menus = menus

    def _go_action(self, place: Place, menu: QMenu) -> None:
        made = QAction(t(f"page.{place.name}"), self)
        made.setShortcut(QKeySequence(place.shortcut))
        made.triggered.connect(lambda checked=False, name=place.name: self.go(name))
        menu.addAction(made)

    def _add(self, action: Action, menu: QMenu, do: Callable[[], object]) -> QAction:
        made = QAction(t(action.words), self)
        if action.shortcut:
            made.setShortcut(QKeySequence(action.shortcut))
        made.triggered.connect(lambda checked=False: do())
        menu.addAction(made)
        self.shortcuts[action.name] = made
        return made

    def _anywhere(self, action: Action) -> Callable[[], object]:
        own = getattr(self, action.method, None)
        return own or self.outside.get(action.name, lambda: None)

    def offers(self) -> list[Action]:
        """The actions of the page on screen that this person is shown."""
        page = self.page
        offers = page.offers if page is not None else ()
        return [action for action in offers if not action.act or self.desk.may(action.act)]

    def _page_actions(self) -> None:
        for name in list(self.shortcuts):
            if name not in {action.name for action in self.anywhere}:
                self.shortcuts.pop(name).deleteLater()
        self.case_menu.clear()
        while (item := self.buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        page = self.page
        if page is None:
            return
        for action in self.offers():
            do = getattr(page, action.method)
            self._add(action, self.case_menu, do).setEnabled(page.ready(action.name))
            if action.main or action.button:
                button = QPushButton(t(action.words), self)
                button.setProperty("main", action.main)
                button.setToolTip(action.shortcut)
                button.setEnabled(page.ready(action.name))
                button.clicked.connect(lambda checked=False, do=do: do())
                self.buttons.addWidget(button)
        self.case_menu.menuAction().setVisible(not self.case_menu.isEmpty())

    # -- pages ---------------------------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """The page on screen."""
        page = self.stack.currentWidget()
        return page if isinstance(page, Page) else None

    def has(self, name: str) -> bool:
        """Whether the roles at this desk are shown a page; a case is whose list of applications it is in."""
        listed = "applications" if name == "case" else name
        return name in self.makers and listed in {place.name for place in places_of(self.desk.roles)}

    def go(self, name: str, what: str = "") -> bool:
        """Go to a page and show ``what`` there. False where the present page does not let go yet, or where it
        is none of this person's."""
        self.desk.look_again()
        if not self.has(name):
            return False
        present = self.page
        if present is not None and present.name != name and not present.leave():
            if present.name in self.rail_buttons:
                self.rail_buttons[present.name].setChecked(True)
            return False
        if name not in self.pages:
            page = self.makers[name](self.desk, self.theme)
            page.setAccessibleName(t(f"page.{name}"))
            self.pages[name] = page
            self.stack.addWidget(page)
            page.offered.connect(lambda page=page: self._page_actions() if page is self.page else None)
            page.opened.connect(lambda case: self.go("case", case))
            page.went.connect(self.go)
            page.led.connect(self.go)
            self.setFocus()  # else Qt gives the keys to whatever stands first on the new page
        page = self.pages[name]
        self.stack.setCurrentWidget(page)
        self.title.setText(t(f"page.{name}"))
        if name in self.rail_buttons:
            self.rail_buttons[name].setChecked(True)
        elif name == "case" and "applications" in self.rail_buttons:
            self.rail_buttons["applications"].setChecked(True)  # wherever it was opened from
        self._page_actions()
        page.come(what)
        if self.focusWidget() in (None, self, *self.rail_buttons.values()):
            (page.focusWidget() or page).setFocus()  # a ring on the rail looks like a second chosen page
        return True

    def do_palette(self) -> None:
        """Every page and action by a few letters."""
        offers = [
            Offer(t(f"page.{place.name}"), place.shortcut, partial(self.go, place.name))
            for place in self.places
        ]
        for action in (*self.offers(), *self.anywhere):
            if action.name in self.shortcuts and action.name != "palette":
                offers.append(Offer(t(action.words), action.shortcut, self.shortcuts[action.name].trigger))
        palette = Palette(offers, self)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.move(self.mapToGlobal(self.rect().center()) - palette.rect().center())
        palette.open()
        palette.field.setFocus()

    def do_find(self) -> None:
        """Find a case: the applications page with its search field."""
        if "applications" in self.rail_buttons and self.go("applications"):
            self.pages["applications"].setFocus()

    def do_refresh(self) -> None:
        """Read everything on screen again."""
        self.desk.look_again()
        if self.page is not None:
            self.page.refresh()
        self.budget.refresh()

    def do_undo(self) -> None:
        """Take the last act back, where one can be."""
        self.desk.take_back()

    def do_help(self) -> None:
        """The manual, opened where it tells the page on screen."""
        from desktop.frame.help_windows import HelpWindow

        HelpWindow(self.page.name if self.page else "", self.desk.roles, self).show()

    def do_shortcuts(self) -> None:
        """Every shortcut there is here."""
        from desktop.frame.help_windows import ShortcutsWindow

        rows = [(place.shortcut, t(f"page.{place.name}")) for place in self.places]
        offered = (*self.offers(), *self.anywhere)
        rows += [(action.shortcut, t(action.words)) for action in offered if action.shortcut]
        ShortcutsWindow(rows, self).open()

    def do_change_password(self) -> None:
        """Change one's own password."""
        OwnPassword(self.desk, self).open()

    def do_quit(self) -> None:
        """Close the window, and with it the program."""
        self.close()

    def _changed(self, change: Change) -> None:
        if change.kinds & {"budget", "decision", "ledger_entry", "approval"}:
            QTimer.singleShot(0, self.budget.refresh)
        if "office_setting" in change.kinds:
            QTimer.singleShot(0, self._read_name)

    def _read_name(self) -> None:
        self.desk.read(office_settings.name_of, self._show_name, owner=self)

    def _show_name(self, name: str) -> None:
        self.setWindowTitle(t("window.title", office=name or t("window.unnamed")))

    # -- the layout remembered -------------------------------------------------------------------------

    def _restore(self) -> None:
        geometry = self.desk.settings.value("geometry")
        kept = isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)
        room = room_of(self)
        wanted = self.geometry() if kept else centred(room, *USUAL)
        if not (self.isMaximized() or self.isFullScreen()):
            self.setGeometry(fitted(wanted, room))
        if self.places:
            self.go(self.places[0].name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window shows icons without their names on the rail."""
        super().resizeEvent(event)
        low = self.height() < LOW
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if low else Qt.ToolButtonStyle.ToolButtonTextUnderIcon
        for button in self.rail_buttons.values():
            button.setToolButtonStyle(style)
            button.setFixedHeight(LOW_BUTTON if low else BUTTON)
        self.rail_column.setSpacing(0 if low else 4)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closes where every page may be left, and keeps the window's place."""
        event.setAccepted(self.put_aside())

    def put_aside(self) -> bool:
        """Keep what is typed, in dialogs too, and the window's place. False where a page may not be left."""
        keep_all(self)
        if any(not page.leave() for page in self.pages.values()):
            return False
        self.desk.settings.setValue("geometry", self.saveGeometry())
        return True
