"""A worker as its parent sees it, against a scripted worker (fake_worker.py)."""

import threading

import psutil
import pytest

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import Cancelled, ErrorCode, KnownError
from voicerec_desktop.messages import Progress, SegmentsFound, Transcribe
from voicerec_desktop.speech.client import Limits, WorkerProcess

REQUEST = Transcribe(audio="a.f32", model="m")
PATIENT = Limits()


@pytest.fixture
def start(script, tmp_path):
    """Start a worker that follows a plan."""
    started = []

    def run(*plan):
        script.plan(*plan)
        started.append(WorkerProcess("asr", tmp_path / "log" / "asr.log", script.command()))
        return started[-1]

    yield run
    for worker in started:
        worker.stop()
        assert not worker.alive


def call(worker, on_message=lambda _: None, cancel=None, limits=PATIENT):
    worker.call(REQUEST, on_message, cancel or CancelToken(), limits)


def words(messages):
    found = [m for m in messages if isinstance(m, SegmentsFound)]
    return [segment.text for message in found for segment in message.segments]


def test_replies_come_in_order_until_the_request_is_finished(start):
    messages = []
    worker = start("answer")
    call(worker, messages.append)
    assert words(messages) == ["word 0", "word 1", "word 2"]
    done = [m.done for m in messages if isinstance(m, Progress)]
    assert done == sorted(done)
    assert done[-1] == 1.0
    assert worker.alive


def test_a_worker_serves_many_requests(start):
    worker = start("answer", "fail:out_of_memory", "answer")
    call(worker)
    with pytest.raises(KnownError):
        call(worker)
    messages = []
    call(worker, messages.append)
    assert len(words(messages)) == 3


def test_a_failure_that_the_worker_knows_is_raised_as_it_is(start):
    with pytest.raises(KnownError) as raised:
        call(start("fail:no_device"))
    assert raised.value.code == ErrorCode.NO_DEVICE
    assert raised.value.params == {"device": "cuda"}
    assert raised.value.detail == "as planned"


def test_a_failure_that_it_does_not_know_is_the_engine_s(start):
    worker = start("fail:")
    with pytest.raises(KnownError) as raised:
        call(worker)
    assert raised.value.code == ErrorCode.ENGINE_FAILED
    assert raised.value.detail == "as planned"
    assert worker.alive


def test_death_in_mid_request_is_told_and_what_came_before_is_kept(start):
    messages = []
    worker = start("die")
    with pytest.raises(KnownError) as raised:
        call(worker, messages.append)
    assert raised.value.code == ErrorCode.ENGINE_DIED
    assert raised.value.detail == "exit code 9"
    assert words(messages) == ["word 0"]
    assert not worker.alive


def test_a_worker_that_is_dead_already_is_told(start):
    worker = start("answer")
    psutil.Process(worker.pid).kill()
    with pytest.raises(KnownError) as raised:
        call(worker)
    assert raised.value.code == ErrorCode.ENGINE_DIED


@pytest.mark.parametrize(
    ("behaviour", "limits", "why"),
    [
        ("silent", Limits(silent=0.3), "no heartbeat"),
        ("idle", Limits(idle=0.3), "no progress and no processor time"),
        ("busy", Limits(idle=0.3, stuck=1.0), "no progress"),
    ],
)
def test_a_worker_without_a_sign_of_work_is_taken_for_hung(start, behaviour, limits, why):
    worker = start(behaviour)
    with pytest.raises(KnownError) as raised:
        call(worker, limits=limits)
    assert raised.value.code == ErrorCode.ENGINE_HUNG
    assert raised.value.detail == why
    assert not worker.alive


def test_heartbeats_with_progress_are_no_hanging(start):
    """The other limits are far; a worker that answers must never meet them."""
    call(start("answer"), limits=Limits(silent=30, idle=30, stuck=30))


def test_garbage_instead_of_replies_is_an_engine_that_died(start):
    worker = start("garbage")
    with pytest.raises(KnownError) as raised:
        call(worker)
    assert raised.value.code == ErrorCode.ENGINE_DIED
    assert not worker.alive


@pytest.mark.parametrize(("behaviour", "survives"), [("polite", True), ("deaf", False)])
def test_cancelling_ends_a_request_and_a_worker_that_does_not_listen(start, behaviour, survives):
    cancel = CancelToken()
    worker = start(behaviour, "answer")
    with pytest.raises(Cancelled):
        call(worker, lambda _: cancel.cancel(), cancel)
    assert worker.alive == survives
    if survives:
        messages = []
        call(worker, messages.append)
        assert words(messages) == ["word 0", "word 1", "word 2"]


def test_a_reply_that_cannot_be_kept_ends_the_request_and_does_not_leak_into_the_next(start):
    def full(_):
        raise KnownError(ErrorCode.DISK_FULL, path="/")

    worker = start("polite", "answer")
    with pytest.raises(KnownError) as raised:
        call(worker, full)
    assert raised.value.code == ErrorCode.DISK_FULL
    messages = []
    call(worker, messages.append)
    assert words(messages) == ["word 0", "word 1", "word 2"]


def test_stopping_a_worker_ends_its_process_and_its_reader(start):
    worker = start("answer")
    call(worker)
    pid, threads = worker.pid, threading.active_count()
    worker.stop()
    assert not psutil.pid_exists(pid)
    assert threading.active_count() == threads - 1
    worker.stop()  # once more does no harm


def test_stopping_a_worker_that_is_in_the_middle_of_something_ends_it(start):
    cancel = CancelToken()
    worker = start("idle")
    outcome = []

    def run():
        try:
            call(worker, cancel=cancel)
        except KnownError as error:
            outcome.append(error.code)

    thread = threading.Thread(target=run)
    thread.start()
    worker.kill()
    thread.join()
    assert outcome == [ErrorCode.ENGINE_DIED]
