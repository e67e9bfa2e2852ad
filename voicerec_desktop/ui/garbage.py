"""Python's cyclic garbage is collected on the main thread only.

Cycles hold Qt objects; Python collects them on whichever thread allocates, and a widget, a timer
or a laid-out text that dies on a lane takes the program with it.

A long meeting is hundreds of thousands of values, none of them in a cycle: walking over them takes
longer than a frame, so they are set aside. They die as soon as nobody holds them, like all others.
"""

import gc

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

INTERVAL = 200  # ms between two looks at how much garbage there may be
MANY = 20_000  # new objects: a meeting that was read


class MainThreadGarbage(QObject):
    """Collects when Python would, but on the thread that it was made on."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_due)
        self._timer.start(INTERVAL)
        app = QCoreApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_state_changed)

    @Slot()
    def _on_due(self) -> None:
        if gc.get_count()[0] > MANY:
            gc.freeze()
            return
        counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (n, limit) in enumerate(counts) if n > limit > 0]
        if due:
            gc.collect(due[-1])

    @Slot(Qt.ApplicationState)
    def _on_state_changed(self, state: Qt.ApplicationState) -> None:
        """Collect what was set aside, too, while the user looks at another program."""
        if state != Qt.ApplicationState.ApplicationActive and gc.get_freeze_count():
            gc.unfreeze()
            gc.collect()
            gc.freeze()

    def stop(self) -> None:
        """Leave it to Python again: there are no other threads."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
