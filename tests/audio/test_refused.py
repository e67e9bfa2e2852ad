"""What is no sound ends with the error that names it, and leaves no file."""

import base64
import hashlib
import os
import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from voicerec_desktop.audio.channels import has_two_recordings
from voicerec_desktop.audio.decode import decode
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import Cancelled, ErrorCode, KnownError

linux = pytest.mark.skipif(os.name != "posix", reason="made of POSIX files")


def text(folder: Path) -> Path:
    path = folder / "notes.txt"
    path.write_text("Привет, это заметки.\n" * 200, encoding="utf-8")
    return path


def text_called_mp3(folder: Path) -> Path:
    return text(folder).rename(folder / "notes.mp3")


def noise(folder: Path) -> Path:
    path = folder / "noise.mp3"
    path.write_bytes(np.random.default_rng(0).bytes(200_000))
    return path


def unknown_codec(folder: Path) -> Path:
    path = folder / "x.mka"
    with av.open(str(path), "w") as file:
        sound = file.add_stream("flac", rate=16_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.ones((1, 4_096), "i2"), format="s16", layout="mono")
        frame.sample_rate, frame.pts = 16_000, 0
        file.mux(sound.encode(frame) + sound.encode(None))
    path.write_bytes(path.read_bytes().replace(b"A_FLAC", b"A_NONE"))
    return path


def nothing_left(folder: Path) -> Path:
    path = folder / "x.m4a"
    with av.open(str(path), "w", options={"movflags": "faststart"}) as file:
        sound = file.add_stream("aac", rate=16_000, layout="mono")
        for at in range(0, 64_000, 1_024):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1_024), "f4"), "fltp", "mono")
            frame.sample_rate, frame.pts = 16_000, at
            file.mux(sound.encode(frame))
        file.mux(sound.encode(None))
    content = path.read_bytes()
    sound_at = content.index(b"mdat") + 4
    path.write_bytes(content[:sound_at] + bytes(len(content) - sound_at))
    return path


def index_cut_off(folder: Path) -> Path:
    path = folder / "x.mov"
    with av.open(str(path), "w") as file:
        sound = file.add_stream("pcm_s16le", rate=16_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.ones((1, 16_000), "i2"), format="s16", layout="mono")
        frame.sample_rate = 16_000
        file.mux(sound.encode(frame))
    os.truncate(path, path.stat().st_size // 2)
    return path


def silent_film(folder: Path) -> Path:
    path = folder / "film.mp4"
    with av.open(str(path), "w") as file:
        picture = file.add_stream("mpeg4", rate=25, width=64, height=64)
        for _ in range(10):
            file.mux(picture.encode(av.VideoFrame(64, 64, "yuv420p")))
        file.mux(picture.encode(None))
    return path


def picture(folder: Path) -> Path:
    path = folder / "x.png"
    path.write_bytes(
        base64.b64decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
        )
    )
    return path


def empty(folder: Path) -> Path:
    path = folder / "x.wav"
    path.touch()
    return path


def no_samples(folder: Path) -> Path:
    path = folder / "x.wav"
    soundfile.write(path, np.zeros(0), 16_000)
    return path


def no_samples_flac(folder: Path) -> Path:
    path = folder / "x.flac"
    soundfile.write(path, np.zeros(0), 16_000)
    return path


def pipe(folder: Path) -> Path:
    path = folder / "x.wav"
    os.mkfifo(path)
    return path


def below_a_file(folder: Path) -> Path:
    return text(folder) / "x.wav"


C = ErrorCode
REFUSED = [
    pytest.param(text, C.NOT_AUDIO),
    pytest.param(text_called_mp3, C.NOT_AUDIO),
    pytest.param(noise, C.NOT_AUDIO),
    pytest.param(unknown_codec, C.NOT_AUDIO),
    pytest.param(nothing_left, C.NOT_AUDIO),
    pytest.param(index_cut_off, C.NOT_AUDIO),
    pytest.param(picture, C.NOT_AUDIO),
    pytest.param(silent_film, C.NO_AUDIO_STREAM),
    pytest.param(empty, C.EMPTY_AUDIO),
    pytest.param(no_samples, C.EMPTY_AUDIO),
    pytest.param(no_samples_flac, C.EMPTY_AUDIO),
    pytest.param(lambda folder: folder, C.IS_DIRECTORY, id="directory"),
    pytest.param(lambda folder: folder / "none.wav", C.FILE_MISSING, id="missing"),
    pytest.param(below_a_file, C.FILE_MISSING),
    pytest.param(pipe, C.NOT_AUDIO, marks=linux),
    pytest.param(lambda _: Path("/dev/zero"), C.NOT_AUDIO, marks=linux, id="device"),
    pytest.param(lambda _: Path("/dev/null"), C.NOT_AUDIO, marks=linux, id="null"),
    pytest.param(lambda _: Path("/proc/self/mem"), C.FILE_UNREADABLE, marks=linux, id="unreadable"),
]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(("make", "code"), REFUSED)
def test_what_is_no_sound_is_refused_by_its_name(make, code, tmp_path):
    source, target = make(tmp_path), tmp_path / "out" / "x.f32"
    with pytest.raises(KnownError) as raised:
        decode(source, target, cancel=CancelToken(), on_progress=lambda _: None)
    assert raised.value.code == code
    assert raised.value.params["path"] == str(source)
    assert list(target.parent.glob("*")) == []


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("make", "code"),
    [row for row in REFUSED if row.values[1] != C.EMPTY_AUDIO and row.values[0] != nothing_left],
)
def test_looking_for_two_recordings_refuses_the_same(make, code, tmp_path):
    with pytest.raises(KnownError) as raised:
        has_two_recordings(make(tmp_path), CancelToken())
    assert raised.value.code == code


@pytest.mark.timeout(60)
def test_a_playlist_opens_no_other_address(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        path = tmp_path / "x.m3u8"
        path.write_text(
            "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n"
            f"http://127.0.0.1:{server.getsockname()[1]}/x.ts\n"
        )
        with pytest.raises(KnownError) as raised:
            decode(path, tmp_path / "x", cancel=CancelToken(), on_progress=lambda _: None)
        assert raised.value.code == ErrorCode.NOT_AUDIO
        with pytest.raises(BlockingIOError):
            server.accept()


@contextmanager
def mounted(folder: Path, size: str):
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.name != "posix" or os.geteuid() != 0 or subprocess.run(command, check=False).returncode:
        pytest.skip("only root mounts")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_named_and_left_as_it_was(tmp_path, write_wav):
    source, folder = write_wav(), tmp_path / "small"
    with mounted(folder, "64k"):
        with pytest.raises(KnownError) as raised:
            decode(source, folder / "x.f32", cancel=CancelToken(), on_progress=lambda _: None)
        assert raised.value.code == ErrorCode.DISK_FULL
        assert raised.value.params == {"path": str(folder)}
        assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path, write_wav):
    folder = text(tmp_path) / "folder"
    with pytest.raises(KnownError) as raised:
        decode(write_wav(), folder / "x.f32", cancel=CancelToken(), on_progress=lambda _: None)
    assert raised.value.code == ErrorCode.HOME_READ_ONLY
    assert raised.value.params == {"path": str(folder)}


def test_cancelling_in_the_middle_stops_at_once_and_leaves_no_file(tmp_path, write_wav):
    source = write_wav(samples=np.zeros(48_000 * 120))
    cancel, seen = CancelToken(), []

    def on_progress(done: float) -> None:
        seen.append(done)
        if done > 0.3:
            cancel.cancel()

    with pytest.raises(Cancelled):
        decode(source, tmp_path / "out" / "x.f32", cancel=cancel, on_progress=on_progress)
    assert 0.3 < seen[-1] < 0.31
    assert list((tmp_path / "out").iterdir()) == []


def test_a_cancelled_job_does_not_begin(tmp_path, write_wav):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        decode(write_wav(), tmp_path / "x.f32", cancel=cancel, on_progress=lambda _: None)
    with pytest.raises(Cancelled):
        has_two_recordings(write_wav(channels=2), cancel)


def test_a_failure_keeps_what_was_decoded_before(tmp_path, write_wav, decoded):
    before = decoded(write_wav())[1]
    with pytest.raises(KnownError):
        decoded(noise(tmp_path))
    assert np.array_equal(np.fromfile(tmp_path / "decoded.f32", "<f4"), before)


def test_progress_grows_to_one(tmp_path, write_wav):
    seen: list[float] = []
    decode(write_wav(), tmp_path / "x", cancel=CancelToken(), on_progress=seen.append)
    assert len(seen) > 10
    assert seen == sorted(seen)
    assert (seen[0] < 0.1, seen[-1]) == (True, 1.0)


def test_the_hash_is_the_file_s(write_wav, decoded):
    path = write_wav()
    assert decoded(path)[0].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
