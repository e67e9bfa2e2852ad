"""Speaker embeddings of a whole recording by CAM++; runs in the diarization worker process only.

pyannote embeds every (window, speaker) of its sliding windows afresh, so with 10 s windows every
2 s each second of speech goes through the network five times. Here the recording goes through the
network once, window by window without overlap, and each (window, speaker) pools the frames it
owns: the same statistics pooling, a fifth of the work (measured: tests/benchmarks/RESULTS.md).
"""

import math
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torchaudio.compliance import kaldi

from voicerec_desktop.sound import SAMPLE_RATE
from voicerec_desktop.speech.campplus import DIMENSION, FEATURES, STRIDE, CamPlusPlus

if TYPE_CHECKING:
    from numpy.typing import NDArray

WINDOW = 10.0  # s
SHIFT = 160  # samples between feature frames
LENGTH = 400  # samples of a feature frame
FRAMES_PER_SECOND = SAMPLE_RATE / SHIFT / STRIDE
CELL = 5  # frames whose statistics are kept together: 0.1 s
MIN_FRAMES = 12  # of 20 ms: shorter speech says nothing about a voice


class CamPlusPlusEmbedding:
    """CAM++ over recordings.

    Args:
        weights: the published state dict.
    """

    dimension = DIMENSION

    def __init__(self, weights: Path) -> None:
        self._network = CamPlusPlus.load(weights)
        self._device = torch.device("cpu")

    def to(self, device: torch.device) -> "CamPlusPlusEmbedding":
        """Move the network."""
        self._network.to(device)
        self._device = device
        return self

    def frames(
        self, waveform: torch.Tensor, speech: "NDArray[np.bool_]", per_second: float
    ) -> Iterator[torch.Tensor]:
        """Frame-level representation of a recording, some 10 s at a time.

        Args:
            waveform: float32[n], 16 kHz.
            speech: bool[m], whether somebody speaks, `per_second` values a second.

        Yields:
            float32[c, t], `FRAMES_PER_SECOND` frames a second, each following the one before.
        """
        total = len(waveform) // SHIFT // STRIDE
        windows = max(1, round(total / (WINDOW * FRAMES_PER_SECOND)))
        edges = np.linspace(0, total, windows + 1).astype(int)
        for a, b in pairwise(edges):
            span = speech[int(a / FRAMES_PER_SECOND * per_second) :]
            yield self._window(waveform, a, b, span, per_second)

    @torch.inference_mode()
    def _window(
        self,
        waveform: torch.Tensor,
        start: int,
        end: int,
        speech: "NDArray[np.bool_]",
        per_second: float,
    ) -> torch.Tensor:
        """Frames `start` to `end`, features mean-normalised over the speech among them.

        The usual mean over all frames is far off where digital silence is among them.
        """
        step = SHIFT * STRIDE
        samples = waveform[start * step : end * step + LENGTH - SHIFT]
        missing = (end - start) * step + LENGTH - SHIFT - len(samples)
        samples = torch.nn.functional.pad(samples, (0, missing)).to(self._device)
        features = kaldi.fbank(
            samples[None] * 2**15,
            num_mel_bins=FEATURES,
            dither=0.0,
            sample_frequency=SAMPLE_RATE,
            window_type="hamming",
        )
        at = (np.arange(len(features)) * SHIFT / SAMPLE_RATE * per_second).astype(int)
        spoken = np.flatnonzero(speech[at[at < len(speech)]])
        chosen = features[torch.from_numpy(spoken).to(self._device)] if len(spoken) else features
        return self._network.frames((features - chosen.mean(0))[None])[0].cpu()

    def cells(self, seconds: float = 0.0) -> "VoiceCells":
        """An empty store of cells for a recording of so many seconds."""
        return VoiceCells(self._network, seconds)

    @torch.inference_mode()
    def pool(self, frames: torch.Tensor, mask: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """Embedding of the frames under a mask of any resolution; NaN where there are too few.

        Args:
            frames: float32[c, t].
            mask: float32[m], 1 where the speaker speaks.

        Returns:
            float32[192].
        """
        at = (np.arange(frames.shape[1]) * len(mask) / max(1, frames.shape[1])).astype(int)
        owned = frames[:, torch.from_numpy(mask[at] > 0.5)]
        if owned.shape[1] < MIN_FRAMES:
            return np.full(DIMENSION, np.nan, np.float32)
        embedding: NDArray[np.float32] = (
            self._network.pool(owned[None].to(self._device))[0].cpu().numpy()
        )
        return embedding


class VoiceCells:
    """Statistics of all frames of a recording in cells of 0.1 s: the voice of any stretch of it.

    They take 74 MB an hour, a tenth of what the frames would, and are written in place: joining
    them at the end would need their room twice.
    """

    def __init__(self, network: CamPlusPlus, seconds: float) -> None:
        self._network = network
        self._rest = torch.zeros(0)
        self._room = math.ceil(seconds * FRAMES_PER_SECOND / CELL) + 1
        self._means = self._squares = torch.zeros(0)
        self._count = 0

    def append(self, frames: torch.Tensor) -> None:
        """Add the next frames: float32[c, t]."""
        frames = torch.cat([self._rest, frames], dim=-1) if len(self._rest) else frames
        whole = frames.shape[-1] // CELL * CELL
        cells = frames[:, :whole].T.reshape(-1, CELL, len(frames))
        if len(self._means) == 0:
            shape = (self._room, len(frames))
            self._means, self._squares = (torch.empty(shape, dtype=torch.half) for _ in range(2))
        until = self._count + len(cells)
        self._means[self._count : until] = cells.mean(1)
        self._squares[self._count : until] = cells.square().mean(1)
        self._count = until
        self._rest = frames[:, whole:].clone()

    @torch.inference_mode()
    def voice(self, start: float, end: float) -> "NDArray[np.float32] | None":
        """L2-normalised embedding float32[192] of a stretch in seconds; None where it is empty."""
        per_second = FRAMES_PER_SECOND / CELL
        first, last = math.ceil(start * per_second - 1e-6), math.floor(end * per_second + 1e-6)
        cells = slice(first, min(max(last, first + 1), self._count))
        means, squares = self._means[cells].float(), self._squares[cells].float()
        if len(means) == 0:
            return None
        count = len(means) * CELL
        mean = means.mean(0)
        variance = (squares.mean(0) - mean.square()).clamp_min(0.0) * count / (count - 1)
        device = next(self._network.parameters()).device
        vector: NDArray[np.float32] = (
            self._network.embed(mean[None].to(device), variance.sqrt()[None].to(device))[0]
            .cpu()
            .numpy()
        )
        return vector / max(float(np.linalg.norm(vector)), 1e-12)
