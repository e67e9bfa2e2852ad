"""All actions of the window: their texts, shortcuts, icons, and the menus they stand in."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from voicerec_desktop.ui.icons import icon

_KEYS = QKeySequence.StandardKey
SHORTCUTS: dict[str, QKeySequence.StandardKey | str] = {
    "open": _KEYS.Open,
    "open_folder": "Ctrl+Shift+O",
    "export": "Ctrl+E",
    "copy_text": "Ctrl+Shift+C",
    "copy_markdown": "",
    "settings": "Ctrl+,",
    "quit": _KEYS.Quit,
    "undo": _KEYS.Undo,
    "redo": _KEYS.Redo,
    "find": _KEYS.Find,
    "replace": "Ctrl+H",
    "search": "Ctrl+K",
    "edit_text": "F2",
    "split": "Ctrl+Return",
    "join": "Ctrl+J",
    "doubt": "Ctrl+D",
    "show_library": "Ctrl+1",
    "show_details": "Ctrl+2",
    "show_queue": "Ctrl+3",
    "play": "Ctrl+Space",
    "back": "Ctrl+Left",
    "forward": "Ctrl+Right",
    "slower": "Ctrl+[",
    "faster": "Ctrl+]",
    "follow": "Ctrl+L",
    "retry": "",
    "delete": "",
    "shortcuts": "F1",
    "about": "",
}
_ICONS = {
    "open": "open", "open_folder": "folder", "export": "export", "copy_text": "copy",
    "settings": "settings", "undo": "undo", "redo": "redo", "find": "search",
    "edit_text": "edit", "split": "split", "join": "join", "show_library": "panel-left",
    "show_details": "panel-right", "show_queue": "list", "play": "play", "back": "back",
    "forward": "forward", "follow": "follow", "retry": "retry", "delete": "delete",
    "shortcuts": "keyboard", "about": "info",
}  # fmt: skip
_CHECKABLE = ("show_library", "show_details", "follow")
_OF_MEETING = (
    "export", "copy_text", "copy_markdown", "find", "replace", "edit_text", "split", "join",
    "doubt", "play", "back", "forward", "slower", "faster", "follow", "retry", "delete",
)  # fmt: skip
_MENUS: dict[str, tuple[str, ...]] = {
    "file": (
        "open", "open_folder", "recent", "", "export", "copy_text", "copy_markdown", "", "retry",
        "delete", "", "settings", "quit",
    ),
    "edit": ("undo", "redo", "", "find", "replace", "search", "", "edit_text", "split", "join",
             "doubt", "speaker"),
    "view": ("show_library", "show_details", "show_queue"),
    "playback": ("play", "back", "forward", "", "slower", "faster", "", "follow"),
    "help": ("shortcuts", "about"),
}  # fmt: skip


class Actions(QObject):
    """The actions by name, and the menu bar made of them.

    Attributes:
        recent: menu of the files opened last; the window fills it.
        speaker: menu that gives what is selected to somebody; the window fills it.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._actions = {name: QAction(window) for name in SHORTCUTS}
        self._menus = {name: QMenu(window) for name in _MENUS}
        self.recent, self.speaker = QMenu(window), QMenu(window)
        for name, action in self._actions.items():
            action.setObjectName(name)
            action.setShortcut(QKeySequence(SHORTCUTS[name]))
            action.setCheckable(name in _CHECKABLE)
            window.addAction(action)
        self["edit_text"].setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        redo = [*QKeySequence.keyBindings(_KEYS.Redo), QKeySequence("Ctrl+Y")]
        self["redo"].setShortcuts(list(dict.fromkeys(redo)))  # the same twice would be ambiguous
        for name, entries in _MENUS.items():
            self._fill(self._menus[name], entries)
            window.menuBar().addMenu(self._menus[name])
        self.set_meeting_open(False)
        self["undo"].setEnabled(False)
        self["redo"].setEnabled(False)
        self.retranslate()
        self.redraw()
        window.installEventFilter(self)

    def __getitem__(self, name: str) -> QAction:
        """The action with this name."""
        return self._actions[name]

    def _fill(self, menu: QMenu, entries: tuple[str, ...]) -> None:
        submenus = {"recent": self.recent, "speaker": self.speaker}
        for entry in entries:
            if not entry:
                menu.addSeparator()
            elif entry in submenus:
                menu.addMenu(submenus[entry])
            else:
                menu.addAction(self._actions[entry])

    def groups(self) -> list[tuple[str, list[QAction]]]:
        """Menu titles with the actions that have a shortcut, for the list of shortcuts."""
        return [
            (
                menu.title().replace("&", ""),
                [a for a in menu.actions() if a.objectName() and not a.shortcut().isEmpty()],
            )
            for menu in self._menus.values()
        ]

    def set_meeting_open(self, is_open: bool) -> None:
        """Enable what needs a meeting."""
        for name in _OF_MEETING:
            self._actions[name].setEnabled(is_open)
        self.speaker.setEnabled(is_open)

    def redraw(self) -> None:
        """Draw the icons in the colours of the theme."""
        for name, drawn in _ICONS.items():
            self._actions[name].setIcon(icon(drawn))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.redraw()
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        """Set all texts in the language of the window."""
        texts = {
            "open": self.tr("&Open files…"),
            "open_folder": self.tr("Open &folder…"),
            "export": self.tr("&Export…"),
            "copy_text": self.tr("&Copy as text"),
            "copy_markdown": self.tr("Copy as &Markdown"),
            "settings": self.tr("&Settings…"),
            "quit": self.tr("&Quit"),
            "undo": self.tr("&Undo"),
            "redo": self.tr("&Redo"),
            "find": self.tr("&Find…"),
            "replace": self.tr("Find and re&place…"),
            "search": self.tr("&Search all meetings"),
            "edit_text": self.tr("&Correct text"),
            "split": self.tr("Spl&it here"),
            "join": self.tr("&Join with next"),
            "doubt": self.tr("Restore or dismiss &doubtful text"),
            "show_library": self.tr("&Meetings"),
            "show_details": self.tr("&Details"),
            "show_queue": self.tr("&Queue"),
            "play": self.tr("&Play or pause"),
            "back": self.tr("&Back 5 seconds"),
            "forward": self.tr("&Forward 5 seconds"),
            "slower": self.tr("&Slower"),
            "faster": self.tr("F&aster"),
            "follow": self.tr("Fo&llow playback"),
            "retry": self.tr("&Transcribe again"),
            "delete": self.tr("&Delete meeting…"),
            "shortcuts": self.tr("&Keyboard shortcuts"),
            "about": self.tr("&About Voicerec"),
        }
        for name, text in texts.items():
            self._actions[name].setText(text)
            self._actions[name].setToolTip(self._tip(name, text))
        titles = {
            "file": self.tr("&File"),
            "edit": self.tr("&Edit"),
            "view": self.tr("&View"),
            "playback": self.tr("&Playback"),
            "help": self.tr("&Help"),
        }
        for name, title in titles.items():
            self._menus[name].setTitle(title)
        self.recent.setTitle(self.tr("Open &recent"))
        self.speaker.setTitle(self.tr("Said &by"))

    def _tip(self, name: str, text: str) -> str:
        bare = text.replace("&", "").rstrip("…")
        keys = self._actions[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return f"{bare} ({keys})" if keys else bare
