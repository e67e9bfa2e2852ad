"""A shortcut that works while another program has the keyboard, where the system gives one.

Windows has `RegisterHotKey`. Linux has no way that works under X11 and Wayland alike: there the
desktop's own settings bind a key to `voicerec-desktop --record`.
"""

import sys
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QCoreApplication, QObject, Signal

KEYS = "Ctrl+Alt+R"
_ID, _HOT_KEY = 0x5652, 0x0312  # ours, WM_HOTKEY
_ALT, _CONTROL, _NO_REPEAT = 0x0001, 0x0002, 0x4000


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, key: "HotKey") -> None:
        super().__init__()
        self._key = key

    def nativeEventFilter(self, kind: Any, message: int) -> object:
        """Look for the message that the key was pressed."""
        if sys.platform == "win32" and bytes(kind) == b"windows_generic_MSG":
            from ctypes import wintypes

            found = wintypes.MSG.from_address(int(message))
            if found.message == _HOT_KEY and found.wParam == _ID:
                self._key.pressed.emit()
        return False, 0


class HotKey(QObject):
    """Ctrl+Alt+R, everywhere.

    Signals:
        pressed: anywhere in the system.
    """

    pressed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.works = False
        if sys.platform == "win32":
            import ctypes

            modifiers = _ALT | _CONTROL | _NO_REPEAT
            register = ctypes.windll.user32.RegisterHotKey
            self.works = bool(register(None, _ID, modifiers, ord("R")))  # False: somebody has it
            self._filter = _Filter(self)
            app = QCoreApplication.instance()
            assert app is not None
            app.installNativeEventFilter(self._filter)

    def close(self) -> None:
        """Give the key free."""
        if sys.platform == "win32" and self.works:
            import ctypes

            ctypes.windll.user32.UnregisterHotKey(None, _ID)
