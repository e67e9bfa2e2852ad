"""Long recordings in blocks that end where nobody speaks."""

from typing import TYPE_CHECKING

import numpy as np

from voicerec_desktop.sound import SAMPLE_RATE

if TYPE_CHECKING:
    from voicerec_desktop.sound import Audio

SEARCH = 60.0  # s at the end of a block in which the quietest place is looked for
QUIET = 0.5  # s


def block_end(audio: "Audio", start: int, seconds: float) -> int:
    """Where a block of at most `seconds` from sample `start` on ends: the quietest half second."""
    limit = start + int(seconds * SAMPLE_RATE)
    if limit >= len(audio):
        return len(audio)
    window = int(QUIET * SAMPLE_RATE)
    tail = np.asarray(audio[limit - int(min(SEARCH, seconds / 2) * SAMPLE_RATE) : limit])
    energy = np.square(tail[: len(tail) // window * window].reshape(-1, window)).sum(axis=1)
    return limit - len(tail) + int(energy.argmin()) * window + window // 2
