"""The one form in which sound goes from decoding to the engines."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Audio = NDArray[np.float32]  # [n], 16 kHz, mono, -1 to 1

SAMPLE_RATE = 16_000


def open_decoded(path: Path) -> "Audio":
    """A decoded track: raw little-endian float32, memory-mapped; changes stay in this process."""
    import numpy as np

    if path.stat().st_size == 0:
        return np.zeros(0, np.float32)
    return np.memmap(path, dtype="<f4", mode="c")
