"""Decoding takes as much memory for an hour as for minutes."""

import struct
import subprocess
import sys

import pytest

PROGRAM = """
import resource, sys
from pathlib import Path
from voicerec_desktop.audio.decode import decode
from voicerec_desktop.core.cancel import CancelToken

source, target = map(Path, sys.argv[1:])
found = decode(source, target, cancel=CancelToken(), on_progress=lambda _: None)
print(found.duration, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def peak(folder, minutes: int) -> int:
    """Bytes at most in use while 48 kHz stereo of that length is decoded."""
    source, target = folder / f"{minutes}.wav", folder / "x.f32"
    size = minutes * 60 * 192_000
    header = (
        b"RIFF" + struct.pack("<I", size + 36) + b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 2, 48_000, 192_000, 4, 16)
        + b"data" + struct.pack("<I", size)
    )  # fmt: skip
    with source.open("wb") as file:
        file.write(header)
        file.truncate(len(header) + size)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(source), str(target)],
        capture_output=True,
        text=True,
        check=True,
    )
    duration, used = done.stdout.split()
    assert float(duration) == pytest.approx(minutes * 60)
    target.unlink()
    return int(used)


@pytest.mark.skipif(sys.platform == "win32", reason="asks POSIX for the peak")
def test_an_hour_takes_no_more_memory_than_minutes(tmp_path):
    assert peak(tmp_path, 60) - peak(tmp_path, 2) < 60e6
