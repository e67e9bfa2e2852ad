"""The stages over a real library, real decoding and real processes; the engines follow a plan."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import Cancelled, ErrorCode, KnownError
from voicerec_desktop.core.glossary import GlossaryEntry
from voicerec_desktop.core.model import Meeting, MeetingStatus, Stage, Track, TrackKind
from voicerec_desktop.paths import embedded, resources
from voicerec_desktop.pipeline import events
from voicerec_desktop.pipeline.job import ProcessOptions
from voicerec_desktop.pipeline.opening import open_file
from voicerec_desktop.pipeline.pipeline import Pipeline, by_speech
from voicerec_desktop.pipeline.supervisor import Supervisor
from voicerec_desktop.speech.catalogue import Catalogue
from voicerec_desktop.store.library import Library

CPU = ProcessOptions(device="cpu")


class Bench:
    """A pipeline whose engines follow a plan, and one meeting to run it on."""

    def __init__(self, library: Library, home, folder: Path) -> None:
        self.library, self.home, self.folder = library, home, folder
        self.events: list[events.Event] = []
        self.cancel = CancelToken()
        self.plan()
        command = [sys.executable, str(Path(__file__).with_name("engines.py")), str(folder)]
        self.supervisor = Supervisor(home.log, command=lambda _: command)
        catalogue = Catalogue(home.models, embedded(), resources() / "models.toml")
        self.pipeline = Pipeline(library, home, catalogue, self.supervisor)
        self.sound = folder / "a.wav"
        soundfile.write(self.sound, np.full(64_000, 0.1), 16_000)

    def plan(self, **engines: list[str]) -> None:
        (self.folder / "plan.json").write_text(json.dumps(engines))

    def requests(self, engine: str) -> list[dict]:
        notes = self.folder / f"{engine}.jsonl"
        return [json.loads(line) for line in notes.read_text().splitlines()]

    def process(self, meeting_id: str, options: ProcessOptions = CPU, on_event=None) -> None:
        self.pipeline.process(meeting_id, options, self.cancel, on_event or self.events.append)

    def text(self, meeting_id: str) -> str:
        return " ".join(s.text for s in self.library.transcript(meeting_id).segments)

    def runs(self, meeting_id: str) -> list[tuple[str, str]]:
        stages = self.library.transcript(meeting_id).stages
        return [(run.stage.value, run.state.value) for run in stages]


@pytest.fixture
def bench(warm_home, tmp_path):
    folder = tmp_path / "bench"
    folder.mkdir()
    with Library(warm_home.library, warm_home.backups) as library:
        made = Bench(library, warm_home, folder)
        with made.supervisor:
            yield made


@pytest.fixture
def meeting(bench) -> Meeting:
    return open_file(bench.library, bench.sound)


WHOLE = "рум0 рум1 рум2 рум3"


def test_what_is_told_while_it_runs(bench, meeting):
    """Text is in the library when it is told, and no stage goes backwards."""

    def on_event(event: events.Event) -> None:
        if isinstance(event, events.SegmentsArrived):
            stored = bench.library.asr_segments(event.segments[0].track_id)
            assert set(event.segments) <= set(stored)
        bench.events.append(event)

    bench.process(meeting.id, on_event=on_event)
    order = [e.stage for e in bench.events if isinstance(e, events.StageFinished)]
    assert (order[0], order[-1]) == (Stage.DECODE, Stage.ATTRIBUTION)
    assert set(order[1:-1]) == {Stage.ASR, Stage.DIARIZATION}
    for stage in (Stage.DECODE, Stage.ASR, Stage.DIARIZATION):
        shares = [
            e.done for e in bench.events if getattr(e, "stage", "") == stage and hasattr(e, "done")
        ]
        assert shares == sorted(shares)
        assert 0.0 < shares[-1] <= 1.0
    assert events.LanguageFound(meeting.id, "ru") in bench.events
    ready = bench.library.meeting(meeting.id)
    assert (ready.status, ready.language, ready.duration) == (MeetingStatus.READY, "ru", 4.0)
    assert bench.text(meeting.id) == WHOLE


def test_only_what_other_options_change_is_done_again(bench, meeting):
    bench.process(meeting.id)
    bench.process(meeting.id, replace(CPU, min_speakers=2, max_speakers=2))
    assert len(bench.requests("transcribe")) == 1
    assert len(bench.requests("diarize")) == 2
    assert [s.number for s in bench.library.transcript(meeting.id).speakers] == [1, 2]
    glossary = (GlossaryEntry("RUMA", ("рум2",)),)
    bench.process(meeting.id, replace(CPU, glossary=glossary))
    assert bench.requests("transcribe")[1]["start"] == 0.0
    assert bench.requests("transcribe")[1]["hotwords"] == ["RUMA"]
    assert bench.text(meeting.id) == "рум0 рум1 RUMA рум3"  # and nothing of before
    words = [w for s in bench.library.transcript(meeting.id).segments for w in s.words]
    assert [word.original for word in words] == [None, None, "рум2", None]
    bench.process(meeting.id, replace(CPU, glossary=glossary, diarization=False))
    assert bench.library.transcript(meeting.id).speakers == ()


def test_a_language_is_not_remembered_from_other_options(bench, meeting):
    bench.process(meeting.id, replace(CPU, language="en"))
    assert bench.library.meeting(meeting.id).language == "en"
    bench.process(meeting.id)
    assert [request["language"] for request in bench.requests("transcribe")] == ["en", ""]
    assert bench.library.meeting(meeting.id).language == "ru"


def test_a_failed_stage_fails_the_meeting_and_keeps_what_there_is(bench, meeting):
    bench.plan(transcribe=["answer"], diarize=["fail model_corrupt", "answer"])
    bench.library.update_meeting(meeting.id, error="something from before")
    with pytest.raises(KnownError) as caught:
        bench.process(meeting.id)
    assert caught.value.code == ErrorCode.MODEL_CORRUPT
    failed = bench.library.meeting(meeting.id)
    assert (failed.status, failed.error) == (MeetingStatus.FAILED, "model_corrupt")
    assert ("decode", "done") in bench.runs(meeting.id)
    assert ("diarization", "failed") in bench.runs(meeting.id)
    assert open_file(bench.library, bench.sound).id == meeting.id
    bench.process(meeting.id)
    assert (bench.library.meeting(meeting.id).error, bench.text(meeting.id)) == ("", WHOLE)
    assert bench.runs(meeting.id).count(("decode", "done")) == 1


def test_a_dead_worker_is_replaced_and_the_text_goes_on(bench, meeting):
    bench.plan(transcribe=["die", "answer"])
    bench.process(meeting.id)
    assert [request["start"] for request in bench.requests("transcribe")] == [0.0, 2.0]
    assert bench.text(meeting.id) == WHOLE
    assert bench.requests("transcribe")[1]["language"] == "ru"  # not detected anew


def test_a_worker_that_always_dies_fails_the_meeting(bench, meeting):
    bench.plan(diarize=["die"])
    with pytest.raises(KnownError) as caught:
        bench.process(meeting.id)
    assert caught.value.code == ErrorCode.ENGINE_DIED
    assert bench.library.meeting(meeting.id).error == "engine_died"
    told = [event for event in bench.events if isinstance(event, events.Degraded)]
    assert [event.why for event in told] == ["engine_died"] * len(told) != []


def test_our_own_mistake_does_not_leave_a_meeting_under_way(bench, meeting):
    def mistaken(event: events.Event) -> None:
        if isinstance(event, events.SegmentsArrived):
            raise ZeroDivisionError("as planned")

    with pytest.raises(ZeroDivisionError):
        bench.process(meeting.id, on_event=mistaken)
    failed = bench.library.meeting(meeting.id)
    assert (failed.status, failed.error) == (MeetingStatus.FAILED, "unexpected")
    [run] = [r for r in bench.library.transcript(meeting.id).stages if r.stage == Stage.ASR]
    assert (run.state.value, run.error) == ("failed", "ZeroDivisionError('as planned')")
    bench.process(meeting.id)  # the workers are still of use
    assert bench.text(meeting.id) == WHOLE


def second_word(event: events.Event) -> bool:
    return isinstance(event, events.SegmentsArrived) and event.segments[0].start == 1


def text_done(event: events.Event) -> bool:
    return isinstance(event, events.StageFinished) and event.stage == Stage.ASR


@pytest.mark.parametrize(("engine", "when"), [("transcribe", second_word), ("diarize", text_done)])
def test_cancelling_interrupts_and_the_next_run_goes_on(bench, meeting, engine, when):
    bench.plan(**{engine: ["wait", "answer"]})

    def on_event(event: events.Event) -> None:
        if when(event):
            bench.cancel.cancel()

    with pytest.raises(Cancelled):
        bench.process(meeting.id, on_event=on_event)
    assert bench.library.meeting(meeting.id).status == MeetingStatus.INTERRUPTED
    bench.cancel = CancelToken()
    assert open_file(bench.library, bench.sound).id == meeting.id
    bench.process(meeting.id)
    assert bench.text(meeting.id) == WHOLE
    assert bench.runs(meeting.id).count(("asr", "done")) == 1


def test_in_a_recorded_call_the_microphone_is_me_and_the_rest_is_diarized(bench):
    """Both engines' words are the same here: heard by the microphone, too, they are an echo."""
    other = bench.folder / "b.wav"
    soundfile.write(other, np.full(64_000, 0.1), 16_000)
    tracks = [
        Track("call-mic", "call", TrackKind.MIC, str(bench.sound)),
        Track("call-system", "call", TrackKind.SYSTEM, str(other)),
    ]
    bench.library.add_meeting(Meeting("call", "call", "2026-01-01T00:00:00+00:00"), tracks)
    bench.process("call", replace(CPU, min_speakers=3, max_speakers=3))
    hints = [(r["track_id"], r["min_speakers"]) for r in bench.requests("diarize")]
    assert hints == [("call-system", 2)]
    found = bench.library.transcript("call")
    echo = [s for s in found.segments if s.track_id == "call-mic"]
    assert [(s.flags, s.speaker_id) for s in echo] == [(("doubtful:echo",), None)] * 4
    assert [s.number for s in found.speakers] == [1, 2]


@pytest.mark.parametrize(("mode", "diarized"), [("mic", "room-mic"), ("system", "room-system")])
def test_a_track_alone_is_diarized(bench, mode, diarized):
    track = Track(f"room-{mode}", "room", TrackKind(mode), str(bench.sound))
    bench.library.add_meeting(Meeting("room", "room", "2026-01-01T00:00:00+00:00"), [track])
    bench.process("room")
    assert [r["track_id"] for r in bench.requests("diarize")] == [diarized]
    assert [s.number for s in bench.library.transcript("room").speakers] == [1]


def test_tracks_of_a_call_share_the_speakers_and_the_longest_counts(bench):
    """Those who are heard on one track are not on the other."""
    other = bench.folder / "b.wav"
    soundfile.write(other, np.full(32_000, 0.1), 16_000)
    call = Meeting("call", "call", "2026-01-01T00:00:00+00:00")
    tracks = [
        Track("t1", "call", TrackKind.FILE, str(bench.sound)),
        Track("t2", "call", TrackKind.FILE, str(other)),
    ]
    bench.library.add_meeting(call, tracks)
    bench.process("call", replace(CPU, min_speakers=3, max_speakers=3))
    hints = [(r["min_speakers"], r["max_speakers"]) for r in bench.requests("diarize")]
    assert hints == [(1, 2), (1, 2)]
    assert bench.library.meeting("call").duration == 4.0
    assert [s.number for s in bench.library.transcript("call").speakers] == [1, 2]


def test_the_side_that_speaks_most_tells_the_language():
    rng = np.random.default_rng(1)
    noise = rng.integers(20, 40, 2_000).astype(np.uint8).tobytes()  # nobody at the microphone
    dense = (bytes([3] * 4) + bytes([90] * 16)) * 100
    sparse = bytes([3] * 1_900) + bytes([90] * 100)
    peaks = {"noise": noise, "dense": dense, "sparse": sparse, "none": b""}
    tracks = [Track(name, "m", TrackKind.MIC, "") for name in ("none", "noise", "sparse", "dense")]
    found = [track.id for track in by_speech(tracks, peaks.__getitem__)]
    assert found[:2] == ["dense", "sparse"]


def test_a_meeting_that_another_process_works_on_is_left_alone(bench, meeting):
    script = (
        "import sys; from pathlib import Path\n"
        "from voicerec_desktop.store.library import Library\n"
        "library = Library(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "print(library.claim(sys.argv[3]), flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, bench.home.library, bench.home.backups, meeting.id]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(list(map(str, command)), **pipes) as other:
        assert other.stdout.readline() == "True\n"
        with pytest.raises(KnownError) as caught:
            bench.process(meeting.id)
        assert caught.value.code == ErrorCode.MEETING_BUSY
        assert bench.library.mark_interrupted() == []
        assert open_file(bench.library, bench.sound).id != meeting.id
        other.stdin.close()
    assert bench.library.mark_interrupted() == [meeting.id]
    bench.process(meeting.id)
    assert bench.text(meeting.id) == WHOLE


def test_a_stereo_call_that_was_cut_in_two_stays_so(bench):
    """Also where the first run ended right after the cut."""
    noise = np.random.default_rng(1).normal(0, 0.1, (64_000, 2))
    noise[:32_000, 0] = noise[32_000:, 1] = 0.0
    soundfile.write(bench.sound, noise, 16_000)
    call = open_file(bench.library, bench.sound)

    def killed(event: events.Event) -> None:
        if isinstance(event, events.StageProgress):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bench.process(call.id, on_event=killed)
    assert bench.library.meeting(call.id).status == MeetingStatus.INTERRUPTED
    bench.process(call.id)
    assert [track.channel for track in bench.library.tracks(call.id)] == [0, 1]
