"""Cycles with Qt objects in them die on the main thread."""

import gc
import threading

from PySide6.QtCore import QObject, Qt

from voicerec_desktop.ui.lanes import Lanes


class Cycle(QObject):
    def __init__(self, deaths):
        super().__init__()
        self.itself, self.deaths = self, deaths

    def __del__(self):
        self.deaths.append(threading.get_ident())


def test_garbage_that_a_lane_would_have_collected_dies_on_the_main_thread(qapp, qtbot):
    lanes, deaths = Lanes(), []
    try:
        for _ in range(20):
            Cycle(deaths)

        def allocate(_cancel):
            return [[i] for i in range(15_000)]

        with qtbot.waitSignal(lanes["io"].start(allocate).finished) as kept:
            pass
        qtbot.waitUntil(lambda: len(deaths) == 20)
        assert len(kept.args[0]) == 15_000  # Python looks for garbage where much is kept
        assert set(deaths) == {threading.get_ident()}
    finally:
        lanes.close()
    assert gc.isenabled()


def test_what_a_long_meeting_is_made_of_is_set_aside_until_the_user_looks_elsewhere(qapp, qtbot):
    lanes, deaths = Lanes(), []
    try:
        Cycle(deaths)
        read = lanes["io"].start(lambda _: [[i] for i in range(200_000)])
        with qtbot.waitSignal(read.finished) as kept:
            pass
        qtbot.waitUntil(lambda: gc.get_freeze_count() > len(kept.args[0]))
        assert not deaths  # it went with the rest
        qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
        assert deaths == [threading.get_ident()]
    finally:
        lanes.close()
    assert gc.get_freeze_count() == 0
