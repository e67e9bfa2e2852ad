"""Lanes: work off the main thread that always reports back."""

import gc
import threading
import weakref

import pytest

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.ui.lanes import Lanes


@pytest.fixture
def lanes(qapp):
    lanes = Lanes()
    yield lanes
    lanes.close()


def test_two_hundred_results_arrive_in_order_though_nobody_holds_the_tasks(lanes, qtbot):
    got = []
    for i in range(200):
        lanes["io"].start(lambda _, i=i: i).finished.connect(got.append)
    gc.collect()
    qtbot.waitUntil(lambda: len(got) == 200)
    assert got == list(range(200))


def test_work_runs_on_the_lanes_own_thread_and_results_come_on_the_main_one(lanes, qtbot):
    seen = []
    task = lanes["io"].start(lambda _: threading.get_ident())
    task.finished.connect(lambda found: seen.append((found, threading.get_ident())))
    with qtbot.waitSignal(task.settled):
        pass
    worker, receiver = seen[0]
    assert worker != receiver == threading.get_ident()


def test_a_task_that_is_done_lets_go_of_what_its_work_held(lanes, qtbot):
    class Owner:
        def work(self, _cancel):
            return 1

    owner = Owner()
    held = weakref.ref(owner)
    task = lanes["io"].start(owner.work)
    with qtbot.waitSignal(task.settled):
        pass
    del owner
    gc.collect()
    assert held() is None


def test_an_error_comes_as_it_was_raised(lanes, qtbot):
    def work(_cancel):
        raise KnownError(ErrorCode.DISK_FULL, path="x")

    with qtbot.waitSignal(lanes["io"].start(work).failed) as failed:
        pass
    assert failed.args[0].code == ErrorCode.DISK_FULL


def test_work_that_waits_can_be_cancelled_before_it_begins(lanes, qtbot):
    gate, ran = threading.Event(), []
    first = lanes["io"].start(lambda _: gate.wait())
    second = lanes["io"].start(lambda _: ran.append(1))
    second.cancel()
    gate.set()
    with qtbot.waitSignals([first.finished, second.cancelled]):
        pass
    assert not ran
