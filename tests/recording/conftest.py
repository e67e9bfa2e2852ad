"""A sound server of each test's own with null sinks, a recorder in its process, and known sound.

The known sound counts: each sample is one more than that before it, so a frame that is missing,
doubled or from elsewhere is seen.
"""

import contextlib
import itertools
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from voicerec_desktop.audio.recorder_client import RecorderClient, RecordOptions, start_recorder
from voicerec_desktop.audio.recording_files import RecordedTrack, Recording, read_recording
from voicerec_desktop.audio.track_clock import now
from voicerec_desktop.audio.wav_segments import read_frames
from voicerec_desktop.recorder_messages import RecorderStatus, TrackStatus

COUNT = 32_000  # the counter begins anew here
SPEAKERS, MIC, FEED = "vr_speakers", "vr_mic", "vr_micfeed"


def until(true: Callable[[], object], seconds: float = 15.0) -> object:
    """Wait for something to become true; what it then was."""
    deadline = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)
    return found


def counting(seconds: float, rate: int = 48_000, channels: int = 1) -> np.ndarray:
    """The known sound, int16[frames, channels]."""
    count = np.arange(round(seconds * rate)) % COUNT
    return np.repeat(count.astype("<i2")[:, None], channels, axis=1)


def counted(samples: np.ndarray) -> list[tuple[int, int]]:
    """Stretches of frames, from and to, that count without a mistake, longer than 50 ms."""
    first = samples[:, 0].astype(int)
    breaks = np.flatnonzero((np.diff(first) - 1) % COUNT) + 1
    edges = [0, *breaks.tolist(), len(first)]
    return [(a, b) for a, b in itertools.pairwise(edges) if b - a > 2400]


class SoundServer:
    """PulseAudio with a microphone and loudspeakers that are not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._players: list[subprocess.Popen] = []

    def start(self) -> None:
        """Start it, as it is after a login."""
        command = ["pulseaudio", "-n", "--daemonize=yes", "--exit-idle-time=-1"]
        command += ["--use-pid-file=yes", f"--log-target=file:{self.folder}/pulse.log"]
        command += ["--load=module-native-protocol-unix auth-anonymous=1"]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        self.add_output(SPEAKERS)
        self.add_mic(MIC)
        self.default(SPEAKERS, MIC)

    def kill(self) -> None:
        """End it as a crash would."""
        with contextlib.suppress(FileNotFoundError):
            pid = int((self.folder / "pulse" / "pid").read_text())
            with contextlib.suppress(psutil.NoSuchProcess):
                process = psutil.Process(pid)
                process.send_signal(signal.SIGKILL)
                process.wait(5)
            (self.folder / "pulse" / "pid").unlink(missing_ok=True)

    def control(self, *arguments: object) -> str:
        """The answer of pactl."""
        command = ["pactl", *map(str, arguments)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def add_output(self, name: str, rate: int = 48_000, channels: int = 2) -> str:
        """A null sink; its module."""
        form = (f"sink_name={name}", f"rate={rate}", f"channels={channels}")
        return self.control("load-module", "module-null-sink", *form)

    def add_mic(self, name: str, rate: int = 48_000, channels: int = 1) -> str:
        """A source that hears what is played on its feed; its module."""
        feed = f"{name}feed"
        if feed not in self.control("list", "short", "sinks"):
            self.add_output(feed, rate, channels)
        form = (f"source_name={name}", f"master={feed}.monitor")
        return self.control("load-module", "module-remap-source", *form)

    def default(self, output: str, mic: str) -> None:
        """Make them the system's choice."""
        self.control("set-default-sink", output)
        self.control("set-default-source", mic)

    def play(
        self, output: str, samples: np.ndarray, rate: int = 48_000, latency: int = 100, wait=True
    ) -> None:
        """Play on a sink until it is over, from another process."""
        path = Path(tempfile.mkstemp(dir=self.folder, suffix=".raw")[1])
        path.write_bytes(samples.astype("<i2").tobytes())
        command = ["pacat", "--raw", "--format=s16le", f"--rate={rate}", f"--device={output}"]
        command += [f"--channels={samples.shape[1]}", f"--latency-msec={latency}", str(path)]
        self._players.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))
        if wait:
            self.wait_for_sound(output)

    def hush(self) -> None:
        """Nobody plays any more."""
        for player in self._players:
            player.kill()
            player.wait()
        self._players.clear()

    def wait_for_sound(self, output: str) -> None:
        """A null sink that had nothing to do gives its first sound up to two seconds late."""
        command = ["parec", "--raw", "--format=s16le", f"--device={output}.monitor"]
        with subprocess.Popen([*command, "--latency-msec=20"], stdout=subprocess.PIPE) as listener:
            while not any(listener.stdout.read(1000)):
                pass
            listener.kill()


@pytest.fixture
def server(monkeypatch) -> Iterator[SoundServer]:
    """A sound server with one microphone and loudspeakers, both silent."""
    folder = Path(tempfile.mkdtemp(prefix="vr-"))  # a socket's name must be short
    folder.chmod(0o700)
    for name in ("PULSE_SERVER", "PULSE_SOURCE", "PULSE_SINK", "PULSE_RUNTIME_PATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    made = SoundServer(folder)
    made.start()
    yield made
    made.hush()
    made.kill()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def talking(server: SoundServer) -> SoundServer:
    """The same, with known sound on both sides."""
    server.play(FEED, counting(100), wait=False)
    server.play(SPEAKERS, counting(100, channels=2))
    server.wait_for_sound(FEED)
    return server


class Session:
    """A recording that runs."""

    def __init__(self, folder: Path, options: RecordOptions) -> None:
        self.folder = folder
        self.clicked = now()
        self.client: RecorderClient = start_recorder(folder, options)
        self.process = psutil.Process(
            next(
                child.pid
                for child in psutil.Process().children()
                if str(folder) in child.cmdline() and "voicerec_desktop.recorder" in child.cmdline()
            )
        )

    @property
    def elapsed(self) -> float:
        """Seconds since the click."""
        return now() - self.clicked

    def track(self, kind: str) -> TrackStatus:
        """The status of a track."""
        return next(t for t in self.client.status().tracks if t.kind == kind)

    def heard(self, seconds: float) -> RecorderStatus:
        """Wait until every track holds so much sound."""

        def enough() -> RecorderStatus | None:
            status = self.client.status()
            return status if min(t.seconds for t in status.tracks) >= seconds else None

        return until(enough, seconds + 15)

    def alert(self, kind: str, code: str, seconds: float = 8.0) -> None:
        """Wait for an alert, or for its end."""
        until(lambda: self.track(kind).alert == code, seconds)

    def kill(self) -> float:
        """kill -9; when, in seconds of the meeting."""
        self.process.send_signal(signal.SIGKILL)
        at = self.elapsed
        self.process.wait(5)
        return at

    def stop(self) -> Recording:
        """End it; what was recorded."""
        assert self.client.stop().state == "done"
        return self.read()

    def read(self) -> Recording:
        """What is on disk."""
        recording = read_recording(self.folder)
        assert recording is not None
        return recording


@pytest.fixture
def record(tmp_path) -> Iterator[Callable[..., Session]]:
    """Starts recorders, and leaves none."""
    sessions: list[Session] = []

    def start(mode: str = "call", folder: Path = tmp_path / "recording", **devices: str) -> Session:
        sessions.append(Session(folder, RecordOptions(mode, **devices)))
        return sessions[-1]

    yield start
    for session in sessions:
        session.client.close()
        with contextlib.suppress(psutil.NoSuchProcess):
            session.process.kill()
            session.process.wait(5)


def samples(track: RecordedTrack, run: int = 0) -> np.ndarray:
    """All frames of a run, int16[frames, channels]."""
    segments = track.runs[run]
    parts = [b"".join(read_frames(s.path, s.channels)) for s in segments]
    return np.frombuffer(b"".join(parts), "<i2").reshape(-1, segments[0].channels)


def side(recording: Recording, kind: str) -> RecordedTrack:
    """One of the tracks."""
    return next(track for track in recording.tracks if track.kind == kind)
