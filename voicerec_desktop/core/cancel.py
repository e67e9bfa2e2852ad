"""A flag that work polls and a person raises."""

import threading

from voicerec_desktop.core.errors import Cancelled


class CancelToken:
    """One per job; thread-safe. Cancelling a parent cancels its children, not the other way."""

    def __init__(self, parent: "CancelToken | None" = None) -> None:
        self._event = threading.Event()
        self._parent = parent

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked."""
        return self._event.is_set() or (self._parent is not None and self._parent.cancelled)

    def check(self) -> None:
        """Raise `Cancelled` if somebody asked."""
        if self.cancelled:
            raise Cancelled
