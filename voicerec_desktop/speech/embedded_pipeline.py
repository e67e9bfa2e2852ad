"""pyannote's `SpeakerDiarization` over the embedded weights; diarization worker process only."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from pyannote.audio import Model
from pyannote.audio.core.plda import PLDA
from pyannote.audio.pipelines import SpeakerDiarization
from pyannote.core import SlidingWindowFeature

from voicerec_desktop.speech.clustering import VoiceClustering
from voicerec_desktop.speech.embedding import FRAMES_PER_SECOND, MIN_FRAMES, CamPlusPlusEmbedding

SEGMENTATION_STEP = 0.2  # of the 10 s window
BATCH = 16


class EmbeddedDiarization(SpeakerDiarization):
    """The real pipeline with CAM++ embeddings over shared frames and our clustering.

    It is built with oracle clustering, the one kind for which the constructor asks for no
    embedding model and no PLDA from the hub; embeddings and clustering are put in afterwards.

    Args:
        model: folder with segmentation.bin and campplus.pt.
    """

    def __init__(self, model: Path) -> None:
        super().__init__(
            segmentation=Model.from_pretrained(model / "segmentation.bin"),
            segmentation_step=SEGMENTATION_STEP,
            segmentation_batch_size=BATCH,
            clustering="OracleClustering",
            plda=object.__new__(PLDA),
        )
        self.klustering = "VoiceClustering"
        self.clustering = VoiceClustering()
        self._expects_num_speakers = False
        self._embedding = CamPlusPlusEmbedding(model / "campplus.pt")
        self.instantiate({"segmentation": {"min_duration_off": 0.0}})

    def to(self, device: torch.device) -> "EmbeddedDiarization":
        """Move both networks."""
        super().to(device)
        self._embedding.to(device)
        return self

    def get_embeddings(
        self,
        file: Any,
        binary_segmentations: SlidingWindowFeature,
        exclude_overlap: bool = False,
        hook: Callable[..., None] | None = None,
    ) -> np.ndarray[Any, np.dtype[np.float32]]:
        """Embeddings float32[windows, speakers, 192]; speech that overlaps is left out."""
        data = np.nan_to_num(binary_segmentations.data)
        window = binary_segmentations.sliding_window

        def on_window(done: int, total: int) -> None:
            if hook is not None:
                hook("embeddings", None, file=file, total=total, completed=done)

        speech = _speech(data, window.step, window.duration)
        per_second = data.shape[1] / window.duration
        frames = self._embedding.frames(file["waveform"][0], speech, per_second, on_window)
        clean = data * (data.sum(axis=2, keepdims=True) < 2)
        enough = MIN_FRAMES / FRAMES_PER_SECOND * per_second
        embeddings = np.full((*data.shape[::2], self._embedding.dimension), np.nan, np.float32)
        for at, speaker in zip(*np.nonzero(data.any(axis=1)), strict=True):
            alone, mask = clean[at, :, speaker], data[at, :, speaker]
            first = round(at * window.step * FRAMES_PER_SECOND)
            part = frames[:, first : first + round(window.duration * FRAMES_PER_SECOND)]
            inside = round(part.shape[1] / FRAMES_PER_SECOND / window.duration * len(mask))
            chosen = alone if alone.sum() > enough else mask
            embeddings[at, speaker] = self._embedding.pool(part, chosen[: max(1, inside)])
        return embeddings


def _speech(
    data: np.ndarray[Any, np.dtype[np.float32]], step: float, duration: float
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Whether anybody speaks, over the recording: bool[m], as most windows over it say."""
    windows, per_window, _ = data.shape
    per_second = per_window / duration
    votes = np.zeros(round(((windows - 1) * step + duration) * per_second) + 1)
    heard = np.zeros_like(votes)
    for at in range(windows):
        first = round(at * step * per_second)
        heard[first : first + per_window] += 1
        votes[first : first + per_window] += data[at].max(axis=1)[: len(votes) - first]
    result: np.ndarray[Any, np.dtype[np.bool_]] = votes > heard / 2
    return result
