"""Pieces of a track: readable after kill -9, by our reader and by others."""

import signal
import subprocess
import sys

import av
import numpy as np
import pytest
import soundfile

from voicerec_desktop.audio.wav_segments import SegmentWriter, frames_in, read_frames

WRITER = """
import sys
from pathlib import Path
from voicerec_desktop.audio.wav_segments import SegmentWriter
segment, value = SegmentWriter(Path(sys.argv[1]), 48000, 2), 0
while True:
    block = [(i % 30000).to_bytes(2, "little") * 2 for i in range(value, value + 480)]
    segment.append(b"".join(block))
    value += 480
    if value % 4800 == 0:
        segment.sync()
        print(value, flush=True)
"""


def samples(path, channels=2):
    return np.frombuffer(b"".join(read_frames(path, channels)), "<i2").reshape(-1, channels)


@pytest.mark.parametrize(("rate", "channels"), [(48_000, 2), (44_100, 1), (11_025, 3)])
def test_a_finished_piece_is_a_plain_wav_file(tmp_path, rate, channels):
    body = np.arange(rate * channels, dtype="<i2")
    segment = SegmentWriter(tmp_path / "a.wav", rate, channels)
    segment.append(body[: 100 * channels].tobytes())
    segment.sync()
    segment.append(body[100 * channels :].tobytes())
    segment.close()

    read, found = soundfile.read(tmp_path / "a.wav", dtype="int16", always_2d=True)
    assert found == rate
    assert (read == body.reshape(-1, channels)).all()
    assert (samples(tmp_path / "a.wav", channels) == read).all()


def test_every_frame_that_was_written_is_read_after_kill_9(tmp_path):
    path = tmp_path / "a.wav"
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
    )
    for _ in range(20):
        told = int(process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    process.communicate()

    found = samples(path)
    assert len(found) >= told
    assert (found[:, 0] == np.arange(len(found)) % 30_000).all()
    with av.open(str(path)) as container:  # what another program sees: all up to the last sync
        others = sum(frame.samples for frame in container.decode(audio=0))
    assert told <= others <= len(found)


def test_half_a_frame_at_the_end_is_not_read(tmp_path):
    segment = SegmentWriter(tmp_path / "a.wav", 8000, 2)
    segment.append(bytes(range(40)))
    segment.close()
    with (tmp_path / "a.wav").open("ab") as file:
        file.write(b"abc")
    assert frames_in(tmp_path / "a.wav", 2) == 10
    assert samples(tmp_path / "a.wav").tobytes() == bytes(range(40))


def test_reading_can_begin_anywhere(tmp_path):
    segment = SegmentWriter(tmp_path / "a.wav", 8000, 1)
    segment.append(np.arange(1000, dtype="<i2").tobytes())
    segment.close()
    [block] = read_frames(tmp_path / "a.wav", 1, 990)
    assert np.frombuffer(block, "<i2").tolist() == list(range(990, 1000))
    assert list(read_frames(tmp_path / "a.wav", 1, 1000)) == []


def test_a_file_that_is_missing_or_only_a_header_holds_nothing(tmp_path):
    assert frames_in(tmp_path / "none.wav", 1) == 0
    SegmentWriter(tmp_path / "a.wav", 8000, 1).close()
    assert frames_in(tmp_path / "a.wav", 1) == 0
    (tmp_path / "b.wav").write_bytes(b"RIFF")
    assert frames_in(tmp_path / "b.wav", 1) == 0


def test_a_sparse_file_past_4_gib_is_read_to_its_end(tmp_path):
    path = tmp_path / "a.wav"
    SegmentWriter(path, 48_000, 2).close()
    frames = 6 * 3600 * 48_000 * 2
    with path.open("r+b") as file:
        file.truncate(44 + frames * 4)
        file.seek(-4, 2)
        file.write(b"end!")
    assert frames_in(path, 2) == frames
    assert b"".join(read_frames(path, 2, frames - 2)) == b"\0\0\0\0end!"
