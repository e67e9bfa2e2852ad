"""Workers started on demand, kept warm, replaced after a crash, ended; the ladder walked down."""

import sys
import threading
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import numpy as np
import psutil
import pytest

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import Cancelled, ErrorCode, KnownError
from voicerec_desktop.core.text import fold
from voicerec_desktop.messages import SegmentsFound, Transcribe
from voicerec_desktop.pipeline.supervisor import Supervisor
from voicerec_desktop.sound import SAMPLE_RATE
from voicerec_desktop.speech.client import Limits
from voicerec_desktop.speech.device import Step, ladder

FAKE = Path(__file__).parents[1] / "speech" / "fake_worker.py"
AUTO, CPU = ladder("auto"), ladder("cpu")
WORDS = ["word 0", "word 1", "word 2"]


class Job:
    """A request that goes on from what came, and everything that was told about it."""

    def __init__(self, supervisor, steps=CPU):
        self.supervisor = supervisor
        self.steps = steps
        self.cancel = CancelToken()
        self.segments = []
        self.degraded = []

    def request(self, step):
        start = self.segments[-1].end if self.segments else 0.0
        device = {"device": step.device, "compute_type": step.compute_type}
        return Transcribe(
            audio="a.f32", model="m", batch_size=step.batch_size, start=start, **device
        )

    def on_message(self, message):
        if isinstance(message, SegmentsFound):
            self.segments += message.segments

    def on_degraded(self, step, error):
        self.degraded.append((step, error.code))

    def run(self, engine="asr"):
        return self.supervisor.run(
            engine, self.steps, self.request, self.on_message, self.cancel, self.on_degraded
        )

    @property
    def words(self):
        return [segment.text for segment in self.segments]


@pytest.fixture
def plan(tmp_path):
    """Write the plan of the scripted workers and give what they saw."""
    import json

    def write(*behaviours):
        (tmp_path / "plan.json").write_text(json.dumps(behaviours))

        def seen():
            path = tmp_path / "seen.jsonl"
            return [json.loads(line) for line in path.read_text().splitlines()]

        return seen

    return write


@pytest.fixture
def supervise(tmp_path):
    """Make a supervisor of scripted workers; it is closed after the test and leaves nothing."""
    made = []

    def make(**options):
        command = [sys.executable, str(FAKE), str(tmp_path)]
        made.append(Supervisor(tmp_path / "log", command=lambda _: command, **options))
        return made[-1]

    yield make
    for supervisor in made:
        supervisor.close()
    assert psutil.Process().children(recursive=True) == []


def test_a_crash_is_tried_again_on_the_same_rung_from_where_it_was(plan, supervise):
    seen = plan("die", "answer")
    job = Job(supervise())
    assert job.run() == CPU[0]
    assert job.words == WORDS
    assert [(line["batch_size"], line["start"]) for line in seen()] == [(8, 0.0), (8, 1.0)]
    assert len({line["pid"] for line in seen()}) == 2
    assert job.degraded == []


def test_a_second_crash_goes_down_a_rung(plan, supervise):
    seen = plan("die", "die", "answer")
    job = Job(supervise())
    assert job.run() == CPU[1]
    assert job.words == WORDS
    assert [line["batch_size"] for line in seen()] == [8, 8, 1]
    assert [line["start"] for line in seen()] == [0.0, 1.0, 2.0]
    assert job.degraded == [(CPU[1], ErrorCode.ENGINE_DIED)]


def test_an_engine_that_always_dies_is_given_up_in_the_end(plan, supervise):
    steps = (Step("cpu", "int8", 8), Step("cpu", "int8", 1))
    seen = plan(*["die"] * 4)
    job = Job(supervise(), steps)
    with pytest.raises(KnownError) as raised:
        job.run()
    assert raised.value.code == ErrorCode.ENGINE_DIED
    assert [line["batch_size"] for line in seen()] == [8, 8, 1, 1]


def test_a_hung_engine_is_replaced(plan, supervise):
    seen = plan("silent", "answer")
    job = Job(supervise(limits=Limits(silent=0.5)))
    job.run()
    assert job.words == WORDS
    assert len({line["pid"] for line in seen()}) == 2


def test_too_little_memory_goes_down_a_rung_at_once_in_the_same_process(plan, supervise):
    seen = plan("fail:out_of_memory", "fail:out_of_memory", "answer")
    job = Job(supervise(), AUTO)
    assert job.run() == AUTO[2]
    assert [line["batch_size"] for line in seen()] == [16, 8, 1]
    assert len({line["pid"] for line in seen()}) == 1
    assert [code for _, code in job.degraded] == [ErrorCode.OUT_OF_MEMORY] * 2


def test_a_device_that_is_not_there_is_left_for_the_next_one(plan, supervise):
    seen = plan("fail:no_device", "answer")
    job = Job(supervise(), AUTO)
    assert job.run() == CPU[0]
    assert [line["device"] for line in seen()] == ["cuda", "cpu"]


@pytest.mark.parametrize("code", ["model_corrupt", "", "disk_full"])
def test_a_failure_that_no_other_rung_mends_is_raised(plan, supervise, code):
    seen = plan(f"fail:{code}")
    job = Job(supervise(), AUTO)
    with pytest.raises(KnownError) as raised:
        job.run()
    assert raised.value.code == (code or ErrorCode.ENGINE_FAILED)
    assert len(seen()) == 1


def test_a_worker_stays_warm_for_the_next_request(plan, supervise):
    seen = plan("answer", "answer")
    supervisor = supervise()
    supervisor.warm_up("asr")
    (pid,) = supervisor.running().values()
    for _ in range(2):
        Job(supervisor).run()
    assert [line["pid"] for line in seen()] == [pid, pid]


def test_a_worker_that_died_while_idle_is_replaced_without_a_word(plan, supervise):
    seen = plan("answer", "answer")
    supervisor = supervise()
    Job(supervisor).run()
    first = psutil.Process(supervisor.running()["asr"])
    first.kill()
    first.wait()
    job = Job(supervisor)
    job.run()
    assert job.words == WORDS
    assert job.degraded == []
    assert len({line["pid"] for line in seen()}) == 2


def test_an_idle_worker_is_stopped_and_started_again_when_needed(plan, supervise):
    plan("answer", "answer")
    supervisor = supervise(idle_seconds=0.1)
    Job(supervisor).run()
    timer = next(t for t in threading.enumerate() if isinstance(t, threading.Timer))
    timer.join()
    assert supervisor.running() == {}
    job = Job(supervisor)
    job.run()
    assert job.words == WORDS


@pytest.mark.parametrize("behaviour", ["polite", "deaf"])
def test_a_cancelled_request_ends_and_the_next_one_goes_on_from_there(plan, supervise, behaviour):
    seen = plan(behaviour, "answer")
    job = Job(supervise())
    on_message = job.on_message

    def cancel_after(message):
        on_message(message)
        job.cancel.cancel()

    job.on_message = cancel_after
    with pytest.raises(Cancelled):
        job.run()
    assert job.words == WORDS[:1]
    job.on_message, job.cancel = on_message, CancelToken()
    job.run()
    assert job.words == WORDS
    assert [line["start"] for line in seen()] == [0.0, 1.0]
    same = len({line["pid"] for line in seen()}) == 1
    assert same == (behaviour == "polite")


def test_waiting_for_the_worker_of_another_job_can_be_cancelled(plan, supervise):
    plan("polite")
    supervisor = supervise()
    first, second = Job(supervisor), Job(supervisor)
    busy = threading.Event()
    first.on_message = lambda _: busy.set()
    outcomes = []

    def run(job):
        try:
            job.run()
        except Cancelled:
            outcomes.append(job)

    threads = [threading.Thread(target=run, args=(job,)) for job in (first, second)]
    threads[0].start()
    assert busy.wait(30)
    threads[1].start()
    second.cancel.cancel()
    threads[1].join()
    assert outcomes == [second]
    assert threads[0].is_alive()
    first.cancel.cancel()
    threads[0].join()
    assert outcomes == [second, first]


def test_engines_take_turns_on_the_gpu(plan, supervise):
    plan("polite", "answer")
    supervisor = supervise()
    cuda = ladder("cuda")[:1]
    asr, diarization = Job(supervisor, cuda), Job(supervisor, cuda)
    busy = threading.Event()
    asr.on_message = lambda _: busy.set()

    def run_asr():
        with pytest.raises(Cancelled):
            asr.run("asr")

    threads = [
        threading.Thread(target=run_asr),
        threading.Thread(target=diarization.run, args=("diarization",)),
    ]
    threads[0].start()
    assert busy.wait(30)
    threads[1].start()
    assert set(supervisor.running()) == {"asr"}
    asr.cancel.cancel()
    for thread in threads:
        thread.join()
    assert diarization.words == WORDS


@pytest.mark.parametrize("engine", ["asr", "diarization"])
def test_the_real_workers_tell_what_they_can_use(engine, tmp_path):
    with Supervisor(tmp_path / "log") as supervisor:
        found = supervisor.probe(engine)
    assert found.engine.startswith({"asr": "faster-whisper", "diarization": "pyannote"}[engine])
    assert found.cuda_devices >= 0
    if engine == "asr":
        assert {"int8", "float32"} <= set(found.compute_types["cpu"])


class Transcription(Job):
    """The same job for the real engine; it may kill the worker at its first words."""

    def __init__(self, supervisor, audio, model, kill=False):
        super().__init__(supervisor)
        self.audio, self.model, self.kill = str(audio), str(model), kill

    def request(self, step):
        start = self.segments[-1].end if self.segments else 0.0
        options = {"language": "en", "batch_size": 1, "temperatures": (0.0,), "start": start}
        return Transcribe(audio=self.audio, model=self.model, **options)

    def on_message(self, message):
        super().on_message(message)
        if self.kill and self.segments:
            self.kill = False
            psutil.Process(self.supervisor.running()["asr"]).kill()

    @property
    def spoken(self):
        return [word for segment in self.segments for word in segment.words]


@pytest.mark.model
def test_a_killed_transcriber_loses_nothing_and_repeats_nothing(tmp_path, models, sample):
    """The twin of the scripted crash: real Whisper, SIGKILL at its first words."""
    import soundfile

    one, rate = soundfile.read(sample, dtype="float32")
    assert rate == SAMPLE_RATE
    audio = tmp_path / "track.f32"
    np.tile(one, 2).astype("<f4").tofile(audio)
    with Supervisor(tmp_path / "log") as supervisor:
        whole = Transcription(supervisor, audio, models / "whisper-base")
        whole.run()
        first = supervisor.running()["asr"]
        killed = Transcription(supervisor, audio, models / "whisper-base", kill=True)
        assert killed.run() == CPU[0]
        assert supervisor.running()["asr"] != first
    assert killed.segments[0].end < 30 < 55 < killed.segments[-1].end
    times = [time for word in killed.spoken for time in (word.start, word.end)]
    assert all(b - a > -0.05 for a, b in pairwise(times)), "nothing is said twice"
    expected, found = ([fold(word.text) for word in job.spoken] for job in (whole, killed))
    assert SequenceMatcher(None, expected, found, autojunk=False).ratio() > 0.9
