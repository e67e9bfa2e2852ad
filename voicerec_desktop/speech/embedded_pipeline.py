"""pyannote's `SpeakerDiarization` over the embedded weights; diarization worker process only."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from pyannote.audio import Model
from pyannote.audio.core.plda import PLDA
from pyannote.audio.pipelines import SpeakerDiarization
from pyannote.core import SlidingWindowFeature

from voicerec_desktop.core.model import Diarization
from voicerec_desktop.sound import SAMPLE_RATE
from voicerec_desktop.speech.clustering import VoiceClustering
from voicerec_desktop.speech.embedding import FRAMES_PER_SECOND, MIN_FRAMES, CamPlusPlusEmbedding
from voicerec_desktop.speech.resegmentation import resegment, speech_and_changes

if TYPE_CHECKING:
    from numpy.typing import NDArray

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
        self._changes: Sequence[float] = ()
        self._cells = self._embedding.cells()
        self.instantiate({"segmentation": {"min_duration_off": 0.0}})

    def to(self, device: torch.device) -> "EmbeddedDiarization":
        """Move both networks."""
        super().to(device)
        self._embedding.to(device)
        return self

    def resegmented(self, found: Diarization) -> Diarization:
        """The result on the last recording, its stretches compared with all voices."""
        return resegment(found, self._changes, self._cells.voice)

    def reconstruct(
        self,
        segmentations: SlidingWindowFeature,
        hard_clusters: "NDArray[np.int64]",
        count: SlidingWindowFeature,
    ) -> SlidingWindowFeature:
        """As pyannote does it, in half its memory: float32 holds zeros and ones as well.

        Args:
            segmentations: [windows, m, local speakers].
            hard_clusters: int[windows, local speakers], -2 for nobody.
            count: [frames, 1], how many speak at once.
        """
        data = segmentations.data
        clustered = np.full((*data.shape[:2], hard_clusters.max() + 1), np.nan, np.float32)
        for window, clusters in enumerate(hard_clusters):
            for cluster in np.unique(clusters[clusters >= 0]):
                own = data[window][:, clusters == cluster]
                clustered[window, :, cluster] = own.max(axis=1)
        feature = SlidingWindowFeature(clustered, segmentations.sliding_window)
        return self.to_diarization(feature, count)

    def get_embeddings(
        self,
        file: Any,
        binary_segmentations: SlidingWindowFeature,
        exclude_overlap: bool = False,
        hook: Callable[..., None] | None = None,
    ) -> "NDArray[np.float32]":
        """Embeddings float32[windows, speakers, 192]; speech that overlaps is left out."""
        data = np.nan_to_num(binary_segmentations.data)
        step, duration = (
            binary_segmentations.sliding_window.step,
            binary_segmentations.sliding_window.duration,
        )
        per_second = data.shape[1] / duration
        speech, self._changes = speech_and_changes(data, step, duration)
        self._cells = self._embedding.cells(len(file["waveform"][0]) / SAMPLE_RATE)
        embeddings = np.full((*data.shape[::2], self._embedding.dimension), np.nan, np.float32)
        waveform = file["waveform"][0]
        last = len(waveform) / SAMPLE_RATE
        kept, first, at = torch.zeros(0), 0, 0  # frames from number `first` on; the next window
        for frames in self._embedding.frames(waveform, speech, per_second):
            self._cells.append(frames)
            kept = torch.cat([kept, frames], dim=-1) if len(kept) else frames
            until = (first + kept.shape[-1]) / FRAMES_PER_SECOND
            while at < len(data) and (at * step + duration <= until or until + 0.1 > last):
                begin = round(at * step * FRAMES_PER_SECOND) - first
                part = kept[:, begin : begin + round(duration * FRAMES_PER_SECOND)]
                self._embed(part, data[at], duration, embeddings[at])
                at += 1
            drop = max(0, min(kept.shape[-1], round(at * step * FRAMES_PER_SECOND) - first))
            kept, first = kept[:, drop:].clone(), first + drop
            if hook is not None:
                hook("embeddings", None, file=file, total=len(data), completed=at)
        return embeddings

    def _embed(
        self,
        frames: torch.Tensor,
        mask: "NDArray[np.float32]",
        duration: float,
        embeddings: "NDArray[np.float32]",
    ) -> None:
        """Write the embeddings float32[speakers, 192] of one window with float32[m, speakers]."""
        enough = MIN_FRAMES / FRAMES_PER_SECOND * len(mask) / duration
        clean = mask * (mask.sum(axis=1, keepdims=True) < 2)
        inside = max(1, round(frames.shape[1] / FRAMES_PER_SECOND / duration * len(mask)))
        for speaker in np.flatnonzero(mask.any(axis=0)):
            alone = clean[:, speaker]
            chosen = alone if alone.sum() > enough else mask[:, speaker]
            embeddings[speaker] = self._embedding.pool(frames, chosen[:inside])
