"""What Whisper gets at once: speech without the silence in it, up to 30 s.

Cut as faster-whisper's batched pipeline does it. The windows of a block are the same whenever it
is looked at, so work that was interrupted between two of them goes on as if it had not been.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from voicerec_desktop.sound import SAMPLE_RATE

if TYPE_CHECKING:
    from voicerec_desktop.sound import Audio

WINDOW = 30.0  # s, Whisper's
# Less padding than faster-whisper's 400 ms: fewer words are made up in it (RESULTS.md).
VAD = {"max_speech_duration_s": WINDOW, "min_silence_duration_ms": 300, "speech_pad_ms": 200}
TOLERANCE = 0.05  # s
SHORTEST = 0.02  # s, of a word
FRAMES_PER_SECOND = 100  # Whisper's

Span = tuple[float, float]
_Samples = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows of a block.

    Attributes:
        speech: where the VAD hears speech, samples of the block.
        spoken: that speech, joined.
        clips: the windows in it, samples.
        starts: where they start in the block, seconds.
    """

    speech: tuple[_Samples, ...]
    spoken: "Audio"
    clips: tuple[_Samples, ...]
    starts: tuple[float, ...]

    @property
    def spans(self) -> list[Span]:
        """Where the VAD hears speech, seconds of the block."""
        return [(start / SAMPLE_RATE, end / SAMPLE_RATE) for start, end in self.speech]

    def after(self, known: float) -> list[dict[str, float]]:
        """The windows that start later than what is known, as faster-whisper takes them."""
        left = [
            clip
            for clip, start in zip(self.clips, self.starts, strict=True)
            if not known or start + TOLERANCE > known
        ]
        half = 0.5  # of a sample, so that rounding down gives the sample that is meant
        return [
            {"start": (a + half) / SAMPLE_RATE, "end": (b + half) / SAMPLE_RATE} for a, b in left
        ]

    def restored(self, chunks: Iterable[Any]) -> Iterable[Any]:
        """What Whisper found in the joined speech, with times of the block."""
        from faster_whisper.transcribe import restore_speech_timestamps

        speech = [{"start": start, "end": end} for start, end in self.speech]
        restored: Iterable[Any] = restore_speech_timestamps(
            self._within(chunks), speech, SAMPLE_RATE
        )
        return restored

    def _within(self, chunks: Iterable[Any]) -> Iterator[Any]:
        """No word leaves its window: Whisper may stretch the last one, also into the next."""
        ends = {self._seek(clip): clip[1] / SAMPLE_RATE for clip in self.clips}
        for chunk in chunks:
            end = ends[chunk.seek]
            for word in chunk.words or ():
                word.end = min(word.end, end)
                word.start = min(word.start, end - SHORTEST)
            yield chunk

    @staticmethod
    def _seek(clip: _Samples) -> int:
        return int(clip[0] / SAMPLE_RATE * FRAMES_PER_SECOND)


def cut_windows(block: "Audio") -> Windows:
    """The windows of a block of sound."""
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    found = get_speech_timestamps(block, VadOptions(**VAD))
    speech = tuple((span["start"], span["end"]) for span in found)
    clips: list[_Samples] = []
    starts: list[float] = []
    at = 0
    for start, end in speech:
        length = end - start
        if clips and at + length - clips[-1][0] <= WINDOW * SAMPLE_RATE:
            clips[-1] = (clips[-1][0], at + length)
        else:
            clips.append((at, at + length))
            starts.append(start / SAMPLE_RATE)
        at += length
    parts = [block[start:end] for start, end in speech]
    spoken = np.concatenate(parts) if parts else block[:0]
    return Windows(speech, spoken, tuple(clips), tuple(starts))


def overlap(start: float, end: float, spans: Iterable[Span]) -> float:
    """How many seconds of a stretch lie under spans."""
    return sum(max(0.0, min(end, b) - max(start, a)) for a, b in spans)
