"""What every test gets: its own home, no network but loopback, nothing left running behind it."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from voicerec_desktop.paths import Home, embedded, resources
from voicerec_desktop.speech.catalogue import Catalogue

EVAL_DATA = Path(
    os.environ.get("VOICEREC_EVAL_DATA", Path(__file__).parents[2] / "shared" / "data")
)
Voicerec = Callable[..., subprocess.CompletedProcess]
# A shell lets what it starts in the background ignore Ctrl-C, and children inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VOICEREC_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYANNOTE_METRICS_ENABLED", "0")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch):
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family != getattr(socket, "AF_UNIX", None):
            host = address[0]
            if not (host.startswith("127.") or host in ("localhost", "::1")):
                raise AssertionError(f"a test wants to talk to {host}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def _foreign(thread: threading.Thread) -> bool:
    """Whether nobody can end it: tqdm's monitor, and what Python notes of a Qt thread."""
    return thread.name == "tqdm_monitor" or isinstance(thread, threading._DummyThread)


@pytest.fixture(autouse=True)
def _nothing_left_running():
    threads = set(threading.enumerate())
    children = set(psutil.Process().children(recursive=True))

    def left() -> list[object]:
        processes = set(psutil.Process().children(recursive=True)) - children
        return [
            *(t for t in threading.enumerate() if t not in threads and not _foreign(t)),
            *(p for p in processes if p.status() != psutil.STATUS_ZOMBIE),
        ]

    yield
    deadline = time.monotonic() + 3.0
    while left() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not left(), "left running after the test"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The home that this test's commands use, too; it need not exist yet."""
    return Home.under(tmp_path / "home")


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the embedded models, assembled once for all tests; treat it as read-only."""
    folder = tmp_path_factory.mktemp("models")
    catalogue = Catalogue(folder, embedded(), resources() / "models.toml")
    for model in ("whisper-base", "diarization-embedded"):
        catalogue.locate(model)
    return folder


@pytest.fixture
def warm_home(home: Home, models: Path) -> Home:
    """A home whose embedded models are assembled already: saves a second a test."""
    home.data.mkdir(parents=True)
    home.models.symlink_to(models, target_is_directory=True)
    return home


@pytest.fixture
def voicerec() -> Voicerec:
    """The command line in a process of its own, on this test's home."""

    def run(*arguments: object, timeout: float = 300, **environment: str):
        return subprocess.run(
            [sys.executable, "-m", "voicerec_desktop", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, **environment},
            timeout=timeout,
        )

    return run


@pytest.fixture
def eval_data() -> Path:
    """The folder of real speech with references, where there is one."""
    if not EVAL_DATA.is_dir():
        pytest.skip(f"no evaluation data at {EVAL_DATA}")
    return EVAL_DATA


@pytest.fixture(scope="session")
def sample() -> Path:
    """pyannote's bundled conversation: 30 s, two speakers, wav with rttm and stm beside it."""
    for folder in sys.path:
        path = Path(folder) / "pyannote" / "audio" / "sample" / "sample.wav"
        if path.is_file():
            return path
    raise FileNotFoundError("pyannote/audio/sample/sample.wav")
