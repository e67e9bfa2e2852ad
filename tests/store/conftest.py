"""An open library, meetings to put into it, and processes that have it open at the same time."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from voicerec_desktop.core.model import (
    Meeting,
    MeetingStatus,
    Segment,
    Speaker,
    SpeakerTurn,
    Track,
    TrackKind,
)
from voicerec_desktop.paths import Home
from voicerec_desktop.store.library import Library

AddMeeting = Callable[..., Meeting]
Spawn = Callable[..., subprocess.Popen]


@pytest.fixture
def library(home: Home) -> Iterator[Library]:
    """The library of this test's home."""
    with Library(home.library, home.backups) as opened:
        yield opened


@pytest.fixture
def add_meeting() -> AddMeeting:
    """Puts a meeting with a transcript into a library: a segment a text, said by two in turn."""

    def add(library: Library, meeting_id: str, *texts: str, path: str = "/звук/a.wav", **changes):
        values = {"title": "Планёрка", "status": MeetingStatus.READY, "language": "ru"} | changes
        meeting = Meeting(
            meeting_id, started_at="2026-03-02T09:30:00+00:00", duration=61.5, **values
        )
        track = Track(f"{meeting_id}-t", meeting_id, TrackKind.FILE, path)
        who = [f"{track.id}-s{i % 2 + 1}" for i in range(len(texts))]
        segments = [
            Segment(f"{meeting_id}-{i}", i * 10.0, i * 10.0 + 9, text, (), who[i], track.id)
            for i, text in enumerate(texts)
        ]
        library.add_meeting(meeting, [track])
        library.append_asr(track.id, segments)
        library.replace_segments(
            meeting_id,
            [Speaker(f"{track.id}-s{i}", i, colour=i - 1) for i in (1, 2)][: len(texts)],
            segments,
            [SpeakerTurn(s.start, s.end, s.speaker_id) for s in segments],
        )
        return meeting

    return add


@pytest.fixture
def spawn(home: Home) -> Iterator[Spawn]:
    """Runs Python lines in another process that has `library` open; ends with the test."""
    started: list[subprocess.Popen] = []
    prologue = f"""
import sys
from pathlib import Path
from voicerec_desktop.core.model import *
from voicerec_desktop.store.library import Library
library = Library(Path({str(home.library)!r}), Path({str(home.backups)!r}))
def say(what):
    print(what, flush=True)
"""

    def run(lines: str, *arguments: object) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-c", prologue + lines, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def words_in() -> Callable[[Path, str], list[Path]]:
    """The files below a folder that hold a word, as it is or in lower case or as a stem."""

    def find(folder: Path, word: str) -> list[Path]:
        wanted = [form.encode() for form in (word, word.lower(), word.lower()[:-2])]
        return [
            path
            for path in sorted(folder.rglob("*"))
            if path.is_file() and any(form in path.read_bytes() for form in wanted)
        ]

    return find


class Mounted:
    """Mounts small file systems in memory."""

    @contextmanager
    def __call__(self, folder: Path, options: str) -> Iterator[Path]:
        """A file system of its own at a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        _run("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder))
        try:
            yield folder
        finally:
            _run("umount", str(folder))

    def read_only(self, folder: Path) -> None:
        """Nothing can be written there any more."""
        _run("mount", "-o", "remount,ro", str(folder))


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"{command}: {done.stderr}")


@pytest.fixture
def mounted() -> Mounted:
    """Small disks; skips where we may not mount."""
    return Mounted()
