"""What every test gets: its own home, no network but loopback, no process left behind."""

import os
import socket
import sys
from pathlib import Path

import pytest

EVAL_DATA = Path(
    os.environ.get("VOICEREC_EVAL_DATA", Path(__file__).parents[2] / "shared" / "data")
)


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
