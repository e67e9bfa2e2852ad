"""Python's cyclic garbage is collected on the main thread only.

Cycles hold Qt objects; Python collects them on whichever thread allocates, and a widget, a timer
or a laid-out text that dies on a lane takes the program with it.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL = 200  # ms between two looks at how much garbage there may be


class MainThreadGarbage(QObject):
    """Collects when Python would, but on the thread that it was made on."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_due)
        self._timer.start(INTERVAL)

    @Slot()
    def _on_due(self) -> None:
        counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (n, limit) in enumerate(counts) if n > limit > 0]
        if due:
            gc.collect(due[-1])

    def stop(self) -> None:
        """Leave it to Python again: there are no other threads."""
        self._timer.stop()
        gc.enable()
