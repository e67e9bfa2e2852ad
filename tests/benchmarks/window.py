"""The window: start, a meeting of 20,000 segments, search, and the main thread during work.

`python tests/benchmarks/window.py [FOLDER]`: a FOLDER keeps the library of 1,000 meetings for the
next run; making it takes minutes.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import common
import library as large
import psutil
from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from voicerec_desktop.core.model import Segment, Word
from voicerec_desktop.paths import Home

LONG_ID = f"m{large.MEETINGS:05}"
STARTS = 7
TICK = 5  # ms between two looks whether the main thread is free
QUERIES = ("бюджета", "договор проект", "пр")


class FirstPaint(QObject):
    """Prints the seconds from the start of the process to the end of the first frame."""

    def __init__(self, began: float, quit_after: bool) -> None:
        super().__init__()
        self._began, self._quit, self._done = began, quit_after, False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._done:
            self._done = True
            QTimer.singleShot(0, self._tell)
        return False

    def _tell(self) -> None:
        print(time.monotonic() - self._began, flush=True)
        if self._quit:
            QApplication.quit()


def start_bare(began: float) -> None:
    """An empty window."""
    app = QApplication([])
    window, paint = QMainWindow(), FirstPaint(began, quit_after=True)
    window.setCentralWidget(QLabel("Voicerec"))
    window.installEventFilter(paint)
    window.resize(1280, 800)
    window.show()
    app.exec()


def start_ours(began: float, folder: str) -> None:
    """Our window, on a large library; the second number is when its meetings are listed."""
    from voicerec_desktop.ui.main_window import MainWindow
    from voicerec_desktop.ui.session import Session

    app = QApplication([])
    session = Session(Home.under(Path(folder)))
    window, paint = MainWindow(session), FirstPaint(began, quit_after=False)
    window.installEventFilter(paint)
    window.show()
    QTimer.singleShot(0, session.open)

    def look() -> None:
        if window.library.meetings.model().rowCount() >= large.MEETINGS:
            print(time.monotonic() - began, flush=True)
            app.quit()

    timer = QTimer(interval=5)
    timer.timeout.connect(look)
    timer.start()
    app.exec()
    window.shut_down()


def starts(kind: str, folder: Path) -> list[list[float]]:
    """What so many starts print."""
    found = []
    for _ in range(STARTS):
        command = [sys.executable, __file__, kind, str(time.monotonic()), str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found.append([float(line) for line in done.stdout.split()])
    return found


class Window:
    """Our window in this process."""

    def __init__(self, folder: Path) -> None:
        from voicerec_desktop.ui.main_window import MainWindow
        from voicerec_desktop.ui.session import Session

        self.session = Session(Home.under(folder))
        self.window = MainWindow(self.session)
        self.window.resize(1280, 800)
        self.window.show()
        self.after(self.session.opened, self.session.open)
        self.idle()

    def after(self, signal: object, act: Callable[[], object], seconds: float = 600.0) -> float:
        """Milliseconds from an act to a signal."""
        loop, clock = QEventLoop(), QElapsedTimer()
        signal.connect(loop.quit)
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        clock.start()
        act()
        loop.exec()
        return clock.nsecsElapsed() / 1e6

    def idle(self, milliseconds: int = 700) -> None:
        """Let everything settle."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def close(self) -> None:
        self.window.shut_down()


def opening(window: Window) -> float:
    """Milliseconds from the wish to see the long meeting until it is painted."""
    clock = QElapsedTimer()
    clock.start()
    window.after(window.window.document.loaded, lambda: window.window.show_meeting(LONG_ID))
    window.window.repaint()
    QApplication.processEvents()
    return clock.nsecsElapsed() / 1e6


def appending(window: Window) -> list[float]:
    """Milliseconds of each of some segments that arrive."""
    document, taken = window.window.document, []
    for number in range(60):
        start = 90_000.0 + 4 * number
        word = Word(start, start + 0.4, " слово")
        segment = Segment(f"new-{number:04}", start, start + 0.4, "слово", (word,))
        clock = QElapsedTimer()
        clock.start()
        document.append((segment,))
        QApplication.processEvents()
        taken.append(clock.nsecsElapsed() / 1e6)
    return taken


def scrolling(window: Window) -> list[float]:
    """Milliseconds of each frame from the first to the last segment, a page at a time."""
    bar = window.window.transcript.table.verticalScrollBar()
    bar.setValue(0)
    QApplication.processEvents()
    taken, step = [], max(bar.pageStep(), bar.maximum() // 1500)
    while bar.value() < bar.maximum():
        clock = QElapsedTimer()
        clock.start()
        bar.setValue(bar.value() + step)
        window.window.transcript.table.viewport().repaint()
        QApplication.processEvents()
        taken.append(clock.nsecsElapsed() / 1e6)
    return taken


def searching(window: Window) -> dict[str, float]:
    """Milliseconds from a query to its hits, through the window's own lane."""
    return {
        query: window.after(
            (task := window.session.run(lambda lib, q=query: lib.search(q))).settled, lambda: task
        )
        for query in QUERIES
    }


def longest_block(folder: Path) -> tuple[float, float]:
    """The longest and the 99th percentile of the main thread's blocks in a real transcription."""
    window = Window(folder)
    clock, late = QElapsedTimer(), []

    def tick() -> None:
        late.append(clock.nsecsElapsed() / 1e6 - TICK)
        clock.restart()

    timer = QTimer(interval=TICK)
    timer.timeout.connect(tick)
    source = common.DATA / "ru_meeting" / "ru_meeting_a.flac"

    def begin() -> None:
        clock.start()
        timer.start()
        window.window.open_files([source])

    window.after(window.window.runner.finished, begin)
    window.idle()
    timer.stop()
    window.close()
    late.sort()
    return late[-1], late[int(len(late) * 0.99)]


def main(folder: Path) -> None:
    """Measure and report."""
    from voicerec_desktop.store.library import Library

    home = Home.under(folder)
    if not home.library.is_file():
        with Library(home.library, home.backups) as store:
            large.fill(store)
    bare, ours = starts("bare", folder), starts("ours", folder)
    shown = statistics.median(one[0] for one in ours)
    listed = statistics.median(one[1] for one in ours)
    empty = statistics.median(one[0] for one in bare)
    app = QApplication.instance() or QApplication([])
    window = Window(folder)
    opened = [opening(window)]
    window.idle()
    appended, frames = appending(window), scrolling(window)
    found = searching(window)
    memory = psutil.Process().memory_info().rss / 1e6
    window.close()
    with tempfile.TemporaryDirectory() as other:
        block, usual = longest_block(Path(other))
    del app
    rows = [
        ["window painted, s", f"{shown:.2f}", "1.0"],
        ["over a bare PySide6 window", f"{shown / empty:.1f} x {empty:.2f} s", "4"],
        [f"{large.MEETINGS} meetings listed, s", f"{listed:.2f}", ""],
        [f"opening {large.LONG} segments, ms", f"{opened[0]:.0f}", "300"],
        ["appending a segment to them, worst of 60, ms", f"{max(appended):.1f}", "16"],
        [f"scrolling end to end, worst of {len(frames)} frames, ms", f"{max(frames):.1f}", "50"],
        ["first hits in 2 million words, worst, ms", f"{max(found.values()):.0f}", "100"],
        ["main thread's longest block while transcribing, ms", f"{block:.0f}", "50"],
        ["the 99th percentile of them, ms", f"{usual:.0f}", ""],
        ["memory with that meeting open, MB", f"{memory:.0f}", ""],
    ]
    common.report(
        "Window",
        common.table(["what", "measured", "target"], rows)
        + f"\n\nOffscreen, medians of {STARTS} starts; the engines share the two processors with "
        "the window while transcribing.",
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["bare"]:
        start_bare(float(sys.argv[2]))
    elif sys.argv[1:2] == ["ours"]:
        start_ours(float(sys.argv[2]), sys.argv[3])
    elif sys.argv[1:]:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(Path(made))
