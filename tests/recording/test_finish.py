"""After the stop: a file a track that holds every sample, rows of what happened, no pieces."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicerec_desktop.audio import flac
from voicerec_desktop.audio.journal import Clock, Hole, Marked
from voicerec_desktop.audio.recording_files import hold_lock
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import Cancelled, ErrorCode, KnownError
from voicerec_desktop.core.model import Gap, GapReason, MeetingStatus, Source, Stage, StageState
from voicerec_desktop.pipeline.queue import Queue
from voicerec_desktop.pipeline.recording import (
    abandon_recording,
    begin_recording,
    finish_recording,
    living_recording,
    recover_recordings,
)
from voicerec_desktop.store.library import Library
from voicerec_desktop.store.recovery import recover

spec = importlib.util.spec_from_file_location("recorded", Path(__file__).with_name("recorded.py"))
recorded = importlib.util.module_from_spec(spec)
spec.loader.exec_module(recorded)
noise, record, STARTED = recorded.noise, recorded.record, recorded.STARTED
CALL = [
    ("mic", 16_000, 0.0, noise(48_000, 1, 1)),
    ("mic", 16_000, 3.0, noise(32_000, 1, 2)),
    ("system", 48_000, 0.0, noise(240_000, 2, 3)),
]


@pytest.fixture
def library(home):
    with Library(home.library, home.backups) as opened:
        yield opened


@pytest.fixture
def begun(library, home):
    """A recording that a process began which is gone now."""

    def begin(*pieces, **changes):
        meeting_id = begin_recording(library, home, "call", "Планёрка")
        record(home.recording(meeting_id), pieces, *changes.pop("facts", ()), **changes)
        disown(library, meeting_id)
        return meeting_id

    return begin


def disown(library, meeting_id):
    with library._write() as db:
        db.execute("UPDATE meeting SET pid = 0, pid_started = '' WHERE id = ?", (meeting_id,))


def finish(library, home, meeting_id):
    finish_recording(library, home, meeting_id, CancelToken())


def pieces_of(home, meeting_id):
    return sorted(home.recording(meeting_id).glob("*.wav"))


def test_the_row_is_there_from_the_first_second(library, home):
    meeting_id = begin_recording(library, home, "call", "Планёрка")
    meeting = library.meeting(meeting_id)
    assert (meeting.status, meeting.source) == (MeetingStatus.RECORDING, Source.RECORDING)
    assert meeting.title == "Планёрка"
    assert home.meeting(meeting_id).is_dir()
    assert recover_recordings(library, home) == []  # this process is just about to record
    abandon_recording(library, home, meeting_id)
    assert library.meetings() == []
    assert not home.meeting(meeting_id).exists()


def test_every_sample_is_in_one_file_a_track(library, home, begun):
    facts = (
        Hole("mic", 1.0, 0.5, GapReason.DEVICE_LOST),
        Marked(2.5, "решили"),
        *(Clock("system", at, round(at * 48_004.8)) for at in range(0, 100, 10)),
    )
    meeting_id = begun(*CALL, facts=facts)
    finish(library, home, meeting_id)
    mic, system = library.tracks(meeting_id)
    assert [Path(t.path).name for t in (mic, system)] == ["mic.flac", "system.flac"]
    samples, rate = soundfile.read(mic.path, dtype="int16", always_2d=True)
    assert rate == 16_000
    assert np.array_equal(samples, np.concatenate((CALL[0][3], CALL[1][3])))
    samples, rate = soundfile.read(system.path, dtype="int16", always_2d=True)
    assert (rate, samples.shape) == (48_000, (240_000, 2))
    assert np.array_equal(samples, CALL[2][3])
    assert (mic.clock_rate, system.clock_rate) == (0.0, pytest.approx(48_004.8, abs=0.05))
    assert library.gaps(mic.id) == [Gap(mic.id, 1.0, 0.5, GapReason.DEVICE_LOST)]
    assert library.gaps(system.id) == []
    assert [(m.at, m.note) for m in library.marks(meeting_id)] == [(2.5, "решили")]
    assert library.meeting(meeting_id).duration == pytest.approx(5.0, abs=0.01)
    assert library.last_run(meeting_id, Stage.RECORD).state == StageState.DONE
    assert pieces_of(home, meeting_id) == []
    assert [path.name for path in home.recording(meeting_id).iterdir()] == ["journal.jsonl"]
    finish(library, home, meeting_id)  # nothing to do any more
    assert len(library.tracks(meeting_id)) == 2


def test_a_change_of_format_makes_a_further_track_that_begins_at_second_0(library, home, begun):
    meeting_id = begun(
        ("mic", 16_000, 0.0, noise(32_000)),
        ("mic", 44_100, 2.0, noise(44_100, 2, 5)),
        facts=(
            Hole("mic", 0.5, 0.1, GapReason.PAUSED),
            Hole("mic", 2.25, 0.2, GapReason.DEVICE_LOST),
        ),
    )
    finish(library, home, meeting_id)
    first, second = library.tracks(meeting_id)
    assert Path(second.path).name == "mic-2.flac"
    samples, rate = soundfile.read(second.path, dtype="int16", always_2d=True)
    assert (rate, samples.shape) == (44_100, (3 * 44_100, 2))
    assert not samples[:88_200].any()
    assert np.array_equal(samples[88_200:], noise(44_100, 2, 5))
    assert [len(library.gaps(track.id)) for track in (first, second)] == [1, 1]
    assert library.meeting(meeting_id).duration == 3.0


def test_what_a_killed_recorder_left_is_all_there(library, home, begun):
    meeting_id = begun(*CALL, ended="")
    with (home.recording(meeting_id) / "mic-0002.wav").open("ab") as file:
        file.write(b"\x01")  # half a sample; and the header knows of none
        file.seek(40)
    finish(library, home, meeting_id)
    assert soundfile.info(library.tracks(meeting_id)[0].path).frames == 80_000


def test_no_piece_is_deleted_when_the_file_is_not_the_same(library, home, begun, monkeypatch):
    meeting_id = begun(*CALL)
    real = flac._encode

    def wrong(path, run, blocks):
        real(path, run, (block ^ (np.arange(len(block)) == 7)[:, None] for block in blocks))

    with monkeypatch.context() as broken:
        broken.setattr(flac, "_encode", wrong)
        with pytest.raises(KnownError):
            finish(library, home, meeting_id)
    assert len(pieces_of(home, meeting_id)) == 3
    assert library.tracks(meeting_id) == []
    assert not list(home.meeting(meeting_id).glob("*.flac*"))
    finish(library, home, meeting_id)
    assert len(library.tracks(meeting_id)) == 2


@pytest.mark.parametrize("cut", [1, 0.6])
def test_a_file_that_is_cut_short_is_noticed(library, home, begun, monkeypatch, cut):
    meeting_id = begun(*CALL)
    real = flac._encode

    def short(path, run, blocks):
        real(path, run, blocks)
        body = path.read_bytes()
        path.write_bytes(body[: int(len(body) * cut) - 100])

    monkeypatch.setattr(flac, "_encode", short)
    with pytest.raises(KnownError):
        finish(library, home, meeting_id)
    assert len(pieces_of(home, meeting_id)) == 3


def test_it_is_cancelled_at_once_and_goes_on_later(library, home, begun):
    meeting_id = begun(*CALL)
    cancel = CancelToken()
    shares = []

    def on_event(event):
        if (share := getattr(event, "done", None)) is not None:
            shares.append(share)
            cancel.cancel()

    with pytest.raises(Cancelled):
        finish_recording(library, home, meeting_id, cancel, on_event)
    assert len(shares) == 1
    assert len(pieces_of(home, meeting_id)) == 3
    assert library.last_run(meeting_id, Stage.RECORD).state == StageState.CANCELLED
    finish(library, home, meeting_id)
    assert len(library.tracks(meeting_id)) == 2


def test_a_living_recording_is_not_finished_by_others(library, home, begun):
    meeting_id = begun(*CALL, ended="")
    with hold_lock(home.recording(meeting_id)) as held:
        assert held
        with pytest.raises(KnownError) as caught:
            finish(library, home, meeting_id)
        assert caught.value.code == ErrorCode.MEETING_BUSY
        assert recover_recordings(library, home) == []
        assert living_recording(library, home) == meeting_id
        assert library.under_way(meeting_id)  # nobody may delete it
    disown(library, meeting_id)
    assert living_recording(library, home) is None
    assert library.meeting(meeting_id).status == MeetingStatus.QUEUED


def test_what_a_dead_recorder_left_is_told_of_and_waits_in_the_queue(library, home, begun):
    meeting_id = begun(*CALL, ended="")
    empty = begun()
    (found,) = recover_recordings(library, home)
    assert (found.meeting_id, found.title, found.seconds) == (meeting_id, "Планёрка", 5.0)
    assert library.meeting(meeting_id).status == MeetingStatus.QUEUED
    assert [job.meeting_id for job in library.jobs()] == [meeting_id]
    nothing = library.meeting(empty)
    assert (nothing.status, nothing.error) == (MeetingStatus.FAILED, "nothing_recorded")
    with pytest.raises(KnownError) as caught:
        finish(library, home, empty)
    assert caught.value.code == ErrorCode.NOTHING_RECORDED
    assert recover_recordings(library, home) == []


def test_the_window_that_recorded_may_queue_it_at_once(library, home):
    meeting_id = begin_recording(library, home, "call", "t")
    record(home.recording(meeting_id), CALL)
    Queue(library).retry(meeting_id)
    assert Queue(library).next_job().meeting_id == meeting_id


def test_a_recording_whose_row_was_lost_with_the_library_gets_one(library, home):
    record(home.recording("lost"), CALL, ended="")
    record(home.recording("empty"), [], ended="")
    (found,) = recover_recordings(library, home, "Запись")
    assert (found.meeting_id, found.title) == ("lost", "Запись")
    meeting = library.meeting("lost")
    assert (meeting.started_at, meeting.source) == (STARTED, Source.RECORDING)
    assert meeting.status == MeetingStatus.QUEUED


def test_a_library_that_is_lost_after_the_pieces_are_deleted_comes_back(home, library, begun):
    meeting_id = begun(*CALL, facts=(Marked(1.0, "важно"),))
    finish(library, home, meeting_id)
    tracks = library.tracks(meeting_id)
    library.close()
    home.library.unlink()
    assert recover(home.library, home.backups, home.meetings).restored == (meeting_id,)
    with Library(home.library, home.backups) as restored:
        assert restored.tracks(meeting_id) == tracks
        assert [mark.note for mark in restored.marks(meeting_id)] == ["важно"]
        assert Queue(restored).recover() == [meeting_id]
