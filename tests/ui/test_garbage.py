"""Cycles with Qt objects in them die on the main thread."""

import gc
import threading

from PySide6.QtCore import QObject

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
            return [[i] for i in range(200_000)]

        with qtbot.waitSignal(lanes["io"].start(allocate).finished) as kept:
            pass
        qtbot.waitUntil(lambda: len(deaths) == 20)
        assert len(kept.args[0]) == 200_000  # Python looks for garbage where much is kept
        assert set(deaths) == {threading.get_ident()}
    finally:
        lanes.close()
    assert gc.isenabled()
