"""The worker process itself, real: its pipe is clean, and it never outlives its parent."""

import signal
import subprocess
import sys

import psutil
import pytest

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import Cancelled, ErrorCode, KnownError
from voicerec_desktop.messages import Devices, Diarize, Probe, SegmentsFound, Transcribe
from voicerec_desktop.speech.client import Limits, WorkerProcess, worker_command

NOISY = """
import os, sys
from voicerec_desktop.speech import worker

class Engine(worker.AsrEngine):
    def probe(self):
        print("Python prints, too")
        os.write(1, b"a native library talks on stdout\\n")
        os.system("echo and so does a child")
        return worker.Devices("noisy", 0)

worker.ENGINES["asr"] = Engine
sys.argv = ["voicerec-worker", "asr"]
worker.main()
"""

PARENT = """
import sys, threading
from pathlib import Path
from voicerec_desktop.speech.client import WorkerProcess
workers = [WorkerProcess(engine, Path(sys.argv[1])) for engine in ("asr", "diarization")]
print(*(worker.pid for worker in workers), flush=True)
threading.Event().wait()
"""


@pytest.fixture
def start(tmp_path):
    started = []

    def run(engine, command=None):
        started.append(WorkerProcess(engine, tmp_path / "log" / f"{engine}.log", command))
        return started[-1]

    yield run
    for worker in started:
        worker.stop()


def ask(worker, request, on_message=lambda _: None, cancel=None):
    worker.call(request, on_message, cancel or CancelToken(), Limits())


def test_what_libraries_print_goes_to_the_log_and_not_into_the_protocol(start, tmp_path):
    found = []
    worker = start("asr", [sys.executable, "-c", NOISY])
    ask(worker, Probe(), found.append)
    assert found == [Devices("noisy", 0)]
    log = (tmp_path / "log" / "asr.log").read_text()
    for line in ("Python prints, too", "a native library talks on stdout", "and so does a child"):
        assert line in log


def test_workers_end_with_their_parent_however_it_dies(tmp_path):
    command = [sys.executable, "-c", PARENT, str(tmp_path / "log")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        workers = [psutil.Process(int(pid)) for pid in parent.stdout.readline().split()]
        parent.send_signal(signal.SIGKILL)
    assert len(workers) == 2
    _, alive = psutil.wait_procs(workers, timeout=60)
    assert alive == []


def test_a_worker_that_is_sent_nonsense_ends(tmp_path):
    with subprocess.Popen(
        worker_command("asr"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=-1
    ) as worker:
        worker.stdin.write(b"\0\0\0\4 GET")
        worker.stdin.flush()
        worker.stdout.read()  # until it ends
        assert worker.wait(60) == 0


@pytest.mark.parametrize(
    ("engine", "request_"),
    [
        ("asr", Transcribe(audio="a", model="m", device="cuda", compute_type="float16")),
        ("diarization", Diarize(audio="a", model="m", device="cuda")),
    ],
)
def test_a_gpu_that_is_not_there_is_told(start, engine, request_):
    worker = start(engine)
    found = []
    ask(worker, Probe(), found.append)
    if found[0].cuda_devices:
        pytest.skip("there is one")
    with pytest.raises(KnownError) as raised:
        ask(worker, request_)
    assert raised.value.code == ErrorCode.NO_DEVICE
    assert worker.alive


def test_a_mistake_of_ours_is_told_without_ending_the_worker(start, tmp_path):
    worker = start("asr")
    nonsense = Transcribe(audio="a", model=str(tmp_path), device="abacus")
    with pytest.raises(KnownError) as raised:
        ask(worker, nonsense)
    assert raised.value.code == ErrorCode.ENGINE_FAILED
    assert "Traceback" in (tmp_path / "log" / "asr.log").read_text()
    ask(worker, Probe())
    assert worker.alive


@pytest.mark.model
@pytest.mark.parametrize("engine", ["asr", "diarization"])
def test_a_real_engine_can_be_cancelled_at_its_first_sign_of_life(
    start, engine, models, sample, tmp_path
):
    import numpy as np
    import soundfile

    one, _ = soundfile.read(sample, dtype="float32")
    audio = tmp_path / "track.f32"
    np.tile(one, 4).astype("<f4").tofile(audio)
    requests = {
        "asr": Transcribe(
            audio=str(audio), model=str(models / "whisper-base"), batch_size=1, beam_size=1
        ),
        "diarization": Diarize(audio=str(audio), model=str(models / "diarization-embedded")),
    }
    worker = start(engine)
    cancel = CancelToken()
    messages = []

    def on_message(message):
        messages.append(message)
        cancel.cancel()

    with pytest.raises(Cancelled):
        ask(worker, requests[engine], on_message, cancel)
    assert len(messages) == 1
    assert not any(isinstance(m, SegmentsFound) and m.until > 60 for m in messages)
    if worker.alive:  # it listened, so it must be as good as new
        found = []
        ask(worker, Probe(), found.append)
        assert len(found) == 1


def test_the_worker_has_its_own_environment(start, tmp_path, monkeypatch):
    """No telemetry, no hub, no toolkit of the user, whatever the parent has."""
    monkeypatch.setenv("PYANNOTE_METRICS_ENABLED", "1")
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    monkeypatch.setenv("CUDA_PATH", "/opt/cuda-13")
    worker = start(
        "asr",
        [
            sys.executable,
            "-c",
            NOISY.replace('b"a native', 'str(dict(os.environ)).encode() + b"a native'),
        ],
    )
    ask(worker, Probe())
    log = (tmp_path / "log" / "asr.log").read_text()
    assert "'PYANNOTE_METRICS_ENABLED': '0'" in log
    assert "'HF_HUB_OFFLINE': '1'" in log
    assert "CUDA_PATH" not in log
