"""Sound files of every kind with a known content, and what decoding makes of them."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from voicerec_desktop.audio.decode import Decoded, decode
from voicerec_desktop.core.cancel import CancelToken

RATE = 16_000
CLICK = 1.1  # s: 3 ms of sound in 0.2 s of silence


def known_sound(rate: int, seconds: float = 3.0) -> np.ndarray:
    """A sweep from 200 to 3000 Hz with a click in it: it fits itself in one place only."""
    t = np.arange(int(seconds * rate)) / rate
    samples = 0.3 * np.sin(2 * np.pi * (200 * t + 1400 / seconds * t * t))
    samples[(t > CLICK - 0.1) & (t < CLICK + 0.1)] = 0
    at = (t >= CLICK) & (t < CLICK + 0.003)
    samples[at] = 0.8 * np.sin(2 * np.pi * 1000 * (t[at] - CLICK))
    return samples.astype(np.float32)


@dataclass
class Fit:
    """How decoded samples fit those that went in.

    Attributes:
        late: seconds by which the decoded ones come later, over all.
        click_late: the same for the click alone.
        level: ratio of their RMS.
        correlation: 0 to 1, once moved to where they fit best.
    """

    late: float
    click_late: float
    level: float
    correlation: float


def fit(samples: np.ndarray, truth: np.ndarray) -> Fit:
    """Compare 16 kHz samples with what they should be."""
    size = max(len(samples), len(truth))
    a, b = (np.pad(x, (0, size - len(x))).astype(float) for x in (samples, truth))
    crossed = np.fft.irfft(np.fft.rfft(a, 2 * size) * np.conj(np.fft.rfft(b, 2 * size)))
    lag = (int(crossed.argmax()) + size) % (2 * size) - size
    loudest = [int(np.abs(x).argmax()) for x in (a, b)]
    return Fit(
        late=lag / RATE,
        click_late=(loudest[0] - loudest[1]) / RATE,
        level=float(np.sqrt(np.mean(a**2) / np.mean(b**2))),
        correlation=float(np.corrcoef(np.roll(a, -lag), b)[0, 1]),
    )


def write_media(
    path: Path,
    codec: str,
    *,
    rate: int = 48_000,
    layout: str = "stereo",
    samples: np.ndarray | None = None,
    video: str = "",
    start: float = 0.0,
    hole: tuple[float, float] | None = None,
    options: dict[str, str] | None = None,
) -> Path:
    """Encode the known sound (or `samples`) with FFmpeg, beside a moving picture if asked.

    Args:
        start: the time stamp of the first sample, s.
        hole: from when on the time stamps are how much later, s.
    """
    samples = known_sound(rate) if samples is None else samples
    channels = av.AudioLayout(layout).nb_channels
    packed = np.repeat(samples, channels)[None]
    frame = av.AudioFrame.from_ndarray(packed, format="flt", layout=layout)
    frame.sample_rate = rate
    with av.open(str(path), "w", options=options or {}) as file:
        picture = file.add_stream(video, rate=25, width=64, height=64) if video else None
        sound = file.add_stream(codec, rate=rate, layout=layout)
        sound.bit_rate = 128_000
        if picture is not None:
            for _ in range(round((start + len(samples) / rate) * 25)):
                file.mux(picture.encode(av.VideoFrame(64, 64, "yuv420p")))
            file.mux(picture.encode(None))
        if not sound.codec_context.is_open:
            sound.codec_context.open()
        pieces = av.AudioResampler(sound.format, layout, rate, frame_size=sound.frame_size or 1024)
        at = start
        for piece in pieces.resample(frame) + pieces.resample(None):
            if hole is not None and at >= start + hole[0]:
                at, hole = at + hole[1], None
            piece.pts, piece.time_base = round(at * rate), Fraction(1, rate)
            at += piece.samples / rate
            file.mux(sound.encode(piece))
        file.mux(sound.encode(None))
    return path


@pytest.fixture(name="known_sound")
def _known_sound() -> Callable[..., np.ndarray]:
    """`known_sound(rate, seconds)`: a sweep with a click."""
    return known_sound


@pytest.fixture(name="fit")
def _fit() -> Callable[[np.ndarray, np.ndarray], Fit]:
    """`fit(samples, truth)`: see `Fit`."""
    return fit


@pytest.fixture(name="write_media")
def _write_media() -> Callable[..., Path]:
    """`write_media(path, codec, ...)`: the known sound in any container that FFmpeg writes."""
    return write_media


@pytest.fixture
def write_wav(tmp_path: Path) -> Callable[..., Path]:
    """`write_wav(rate=, channels=, subtype=, format=, samples=)`: what libsndfile writes."""

    def write(
        rate: int = 48_000,
        channels: int = 1,
        subtype: str = "PCM_16",
        format: str = "WAV",
        samples: np.ndarray | None = None,
    ) -> Path:
        path = tmp_path / "sound.wav"
        if samples is None:
            samples = np.repeat(known_sound(rate)[:, None], channels, axis=1)
        soundfile.write(path, samples, rate, subtype=subtype, format=format)
        return path

    return write


@pytest.fixture
def decoded(tmp_path: Path) -> Callable[..., tuple[Decoded, np.ndarray]]:
    """`decoded(path)`: what decoding found, and the samples."""

    def run(source: Path, channel: int | None = None) -> tuple[Decoded, np.ndarray]:
        target = tmp_path / "decoded.f32"
        found = decode(
            source, target, cancel=CancelToken(), on_progress=lambda _: None, channel=channel
        )
        samples = np.fromfile(target, "<f4")
        assert len(samples) == found.frames
        return found, samples

    return run
