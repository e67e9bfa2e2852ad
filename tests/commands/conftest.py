"""The command line with mishaps, small disks, and what must be left in order after all of it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
import soundfile

SILENT = ("Traceback", "Exception ignored", "Logging error", "Error:")


def _workers(home: Path) -> list[psutil.Process]:
    """Workers of this home, also those whose parent is dead."""
    found = []
    for process in psutil.process_iter(["cmdline", "environ"]):
        command, environment = process.info["cmdline"] or [], process.info["environ"] or {}
        if "voicerec_desktop.speech.worker" in command:
            ours = environment.get("VOICEREC_HOME") == str(home)
            if ours and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


@pytest.fixture(autouse=True)
def _no_worker_left(tmp_path: Path):
    yield
    deadline = time.monotonic() + 10.0  # one that imports torch sees late that its parent is gone
    while (left := _workers(tmp_path / "home")) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not left, "workers live on"


@pytest.fixture
def voicerec_when(voicerec) -> Callable[..., subprocess.CompletedProcess]:
    """The command line in a process of its own to which something happens (interfere.py)."""

    def run(point: str, action: str, *arguments: object, timeout: float = 300, **environment: str):
        script = Path(__file__).with_name("interfere.py")
        return subprocess.run(
            [sys.executable, str(script), point, action, *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, **environment},
            timeout=timeout,
        )

    return run


@pytest.fixture
def refused() -> Callable[..., None]:
    """Checks that a command ended as it must: one sentence with `words`, and an exit code."""

    def check(done: subprocess.CompletedProcess, code: int, *words: object) -> None:
        assert done.returncode == code, done.stderr
        assert done.stdout == ""
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
        for word in words:
            assert str(word) in done.stderr
        for word in SILENT:
            assert word not in done.stderr

    return check


@pytest.fixture
def sound(voicerec) -> Callable[[], None]:
    """Checks that the library of this test's home is sound."""

    def check() -> None:
        done = voicerec("library", "check", "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        assert json.loads(done.stdout) == {"sound": True, "problems": []}

    return check


@pytest.fixture
def meetings(voicerec) -> Callable[[], list[dict]]:
    """What the library lists."""
    return lambda: json.loads(voicerec("library", "list", "--json").stdout)


@pytest.fixture
def dialogue(sample: Path, tmp_path: Path) -> Path:
    """15 s of the sample in which both speakers talk."""
    return _cut(sample, tmp_path / "dialogue.wav", 5.5, 20.5)


@pytest.fixture
def cut() -> Callable[[Path, Path, float, float], Path]:
    """Copies a part of a sound file: source, target, from and to in seconds."""
    return _cut


def _cut(source: Path, target: Path, start: float, end: float) -> Path:
    samples, rate = soundfile.read(source, dtype="int16")
    soundfile.write(target, samples[int(start * rate) : int(end * rate)], rate, subtype="PCM_16")
    return target


class Disk:
    """Mounts small file systems in memory."""

    @contextmanager
    def __call__(self, folder: Path, size: str):
        folder.mkdir(parents=True, exist_ok=True)
        _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder)
        try:
            yield folder
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=True)

    def read_only(self, folder: Path) -> None:
        """Nothing can be written there any more."""
        _mount("-o", "remount,ro", folder)


def _mount(*arguments: object) -> None:
    done = subprocess.run(["mount", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no small disk here: {done.stderr.strip()}")


@pytest.fixture
def disk() -> Disk:
    """Small disks; skips where we may not mount."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting small disks needs root on Linux")
    return Disk()


@pytest.fixture
def obeying(voicerec) -> Callable[..., subprocess.CompletedProcess]:
    """The command line as somebody whom permissions bind, also where the tests run as root."""
    prefix: list[str] = []
    if os.geteuid() == 0:
        caps = "-dac_override,-dac_read_search"
        prefix = ["setpriv", f"--inh-caps={caps}", f"--bounding-set={caps}"]

    def run(*arguments: object):
        return subprocess.run(
            [*prefix, sys.executable, "-m", "voicerec_desktop", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
        )

    return run
