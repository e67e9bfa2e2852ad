"""All actions of the window: their texts, shortcuts, icons, and the menus they stand in."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from voicerec_desktop.ui.icons import icon
from voicerec_desktop.ui.theme import colours

_KEYS = QKeySequence.StandardKey
SHORTCUTS: dict[str, QKeySequence.StandardKey | str] = {
    "record": "Ctrl+R",
    "record_pause": "Ctrl+Shift+R",
    "record_mark": "Ctrl+M",
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
    "record_devices": "",
}
_ICONS = {
    "record": "record", "record_pause": "pause", "record_mark": "mark",
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
    "recording": ("record", "record_pause", "record_mark", "", "record_mode", "record_devices"),
    "help": ("shortcuts", "about"),
}  # fmt: skip


class Actions(QObject):
    """The actions by name, and the menu bar made of them.

    Attributes:
        recent: menu of the files opened last; the window fills it.
        record_mode: menu of what is recorded; the window fills it.
        speaker: menu that gives what is selected to somebody; the window fills it.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._actions = {name: QAction(window) for name in SHORTCUTS}
        self._menus = {name: QMenu(window) for name in _MENUS}
        self._recording, self._meeting_open = "idle", False
        self.recent, self.speaker, self.record_mode = (QMenu(window) for _ in range(3))
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
        self.set_recording("idle")
        self["undo"].setEnabled(False)
        self["redo"].setEnabled(False)
        window.installEventFilter(self)

    def __getitem__(self, name: str) -> QAction:
        """The action with this name."""
        return self._actions[name]

    def _fill(self, menu: QMenu, entries: tuple[str, ...]) -> None:
        submenus = {
            "recent": self.recent,
            "speaker": self.speaker,
            "record_mode": self.record_mode,
        }
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
        self._meeting_open = is_open
        self._enable_mark()

    def _enable_mark(self) -> None:
        """A moment is marked in what is recorded, else in what is played."""
        running = self._recording in ("recording", "paused")
        self._actions["record_mark"].setEnabled(running or self._meeting_open)

    def set_recording(self, state: str) -> None:
        """Fit the verbs to "idle", "recording", "paused", or "" for a moment between them."""
        self._recording = state
        running = state in ("recording", "paused")
        self._actions["record"].setEnabled(bool(state))
        self._actions["record_pause"].setEnabled(running)
        self._enable_mark()
        self.record_mode.setEnabled(state == "idle")
        self.retranslate()
        self.redraw()

    def redraw(self) -> None:
        """Draw the icons in the colours of the theme."""
        for name, drawn in _ICONS.items():
            self._actions[name].setIcon(icon(drawn))
        running = self._recording in ("recording", "paused")
        self._actions["record"].setIcon(icon("stop" if running else "record", colours().bad))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.redraw()
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        """Set all texts in the language of the window."""
        running, paused = self._recording in ("recording", "paused"), self._recording == "paused"
        texts = {
            "record": self.tr("&Stop recording") if running else self.tr("&Record"),
            "record_pause": self.tr("&Resume") if paused else self.tr("&Pause"),
            "record_mark": self.tr("&Mark this moment"),
            "record_devices": self.tr("&Devices and sound check…"),
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
            "recording": self.tr("&Recording"),
            "help": self.tr("&Help"),
        }
        for name, title in titles.items():
            self._menus[name].setTitle(title)
        self.recent.setTitle(self.tr("Open &recent"))
        self.speaker.setTitle(self.tr("Said &by"))
        self.record_mode.setTitle(self.tr("&What is recorded"))

    def _tip(self, name: str, text: str) -> str:
        bare = text.replace("&", "").rstrip("…")
        keys = self._actions[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return f"{bare} ({keys})" if keys else bare
