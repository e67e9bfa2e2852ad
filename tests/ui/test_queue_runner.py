"""The queue of the window with the real pipeline, engines and library."""

import shutil

import pytest

from voicerec_desktop.core.model import MeetingStatus
from voicerec_desktop.ui.queue_runner import QueueRunner
from voicerec_desktop.ui.session import Session

MINUTES = 180_000  # ms: real models on a busy machine


@pytest.fixture
def runner(qapp, qtbot, warm_home):
    session = Session(warm_home)
    session.update_settings(app_language="en", theme="light")
    runner = QueueRunner(session)
    with qtbot.waitSignal(session.opened):
        session.open()
    yield runner
    runner.close()
    session.close()


def meetings(runner, qtbot):
    with qtbot.waitSignal(runner._session.run(lambda library: library.meetings()).finished) as got:
        pass
    return got.args[0]


@pytest.mark.model
def test_a_file_is_transcribed_with_news_on_the_way(runner, qtbot, sample):
    words, shares = [], []
    runner.segments_arrived.connect(lambda _, segments: words.extend(s.text for s in segments))
    runner.progressed.connect(lambda i: shares.append(runner.item(i).share))
    with qtbot.waitSignal(runner.finished, timeout=MINUTES) as finished:
        runner.add([sample])
    (meeting,) = meetings(runner, qtbot)
    assert finished.args == [meeting.id]
    assert meeting.status == MeetingStatus.READY
    assert "New Jersey" in " ".join(words)
    assert shares
    assert max(shares) <= 1.0
    qtbot.waitUntil(lambda: runner.jobs == () and not runner.busy)


@pytest.mark.model
def test_pausing_stops_the_work_and_resuming_brings_it_to_its_end(runner, qtbot, sample):
    with qtbot.waitSignal(runner.started, timeout=MINUTES):
        runner.add([sample])
    with qtbot.waitSignal(runner.cancelled, timeout=MINUTES):
        runner.set_paused(True)
    qtbot.waitUntil(lambda: [job.running for job in runner.jobs] == [False])
    with qtbot.waitSignal(runner.finished, timeout=MINUTES):
        runner.set_paused(False)


def test_a_missing_model_fails_the_meeting_and_the_next_one_gets_its_turn(
    runner, qtbot, sample, tmp_path
):
    copy = tmp_path / "второй.wav"
    shutil.copy(sample, copy)
    runner._session.update_settings(model="whisper-large-v3")
    failed = []
    runner.failed.connect(lambda meeting_id, error: failed.append((meeting_id, error.code)))
    runner.add([sample, copy])
    qtbot.waitUntil(lambda: len(failed) == 2, timeout=MINUTES)
    assert {code for _, code in failed} == {"model_missing"}
    assert {m.status for m in meetings(runner, qtbot)} == {MeetingStatus.FAILED}


def test_what_cannot_be_opened_is_told_and_only_the_rest_is_added(runner, qtbot, sample, tmp_path):
    bad = tmp_path / "заметки.txt"
    bad.write_text("это не звук")
    runner.set_paused(True)
    notices, added = [], []
    runner._session.noticed.connect(notices.append)
    runner.added.connect(added.append)
    runner.add([bad, sample])
    qtbot.waitUntil(lambda: bool(added))
    assert [bad.name in notice.text for notice in notices] == [True]
    assert len(added[0]) == 1
    qtbot.waitUntil(lambda: len(runner.jobs) == 1)


def test_order_and_holding_are_kept_by_the_library(runner, qtbot, sample, tmp_path):
    copies = [tmp_path / f"{i}.wav" for i in range(3)]
    for copy in copies:
        shutil.copy(sample, copy)
    runner.set_paused(True)
    runner.add(copies)
    qtbot.waitUntil(lambda: len(runner.jobs) == 3)
    first, second, third = (job.meeting_id for job in runner.jobs)
    runner.move(third, first)
    runner.hold(second, held=True)
    qtbot.waitUntil(lambda: [j.meeting_id for j in runner.jobs] == [third, first, second])
    qtbot.waitUntil(lambda: [j.held for j in runner.jobs] == [False, False, True])
    runner.cancel(first)
    qtbot.waitUntil(lambda: [j.meeting_id for j in runner.jobs] == [third, second])
