"""Speaker diarization by pyannote.audio; runs in the diarization worker process only."""

import logging
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec.structs import replace

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.model import Diarization, Speaker, SpeakerTurn
from voicerec_desktop.messages import Diarize
from voicerec_desktop.sound import SAMPLE_RATE
from voicerec_desktop.speech.blocks import block_end
from voicerec_desktop.speech.linking import link

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voicerec_desktop.sound import Audio

BLOCK = 5400.0  # s; clustering needs memory with the square of it
SHARES = {"segmentation": (0.0, 0.45), "embeddings": (0.45, 0.95)}  # of the whole work
log = logging.getLogger(__name__)


class PyannoteDiarizer:
    """A loaded diarization pipeline.

    Args:
        model: folder with segmentation.bin and campplus.pt (embedded), or with the config.yaml of
            a pyannote pipeline (community-1, 3.1).
        device: "cpu" or "cuda".

    Raises:
        KnownError: no such device, or a damaged model.
    """

    def __init__(self, model: Path, device: str) -> None:
        import torch

        if device == "cuda" and not torch.cuda.is_available():
            raise KnownError(ErrorCode.NO_DEVICE, device=device)
        self._pipeline = _load(model)
        self._streams = _is_embedded(model)  # its memory hardly grows, so it needs no blocks
        try:
            self._pipeline.to(torch.device(device))
        except RuntimeError as error:
            if known := device_error(error):
                raise known from error
            raise

    def diarize(
        self,
        audio: "Audio",
        request: Diarize,
        on_progress: Callable[[float], None],
        cancel: CancelToken,
    ) -> Diarization:
        """See `Diarizer.diarize`."""
        if len(audio) == 0:
            return Diarization()
        if self._streams or len(audio) <= BLOCK * SAMPLE_RATE:
            return self._block(audio, request, on_progress, cancel)
        request = replace(request, min_speakers=0)  # not everybody speaks in every block
        blocks, start = [], 0
        while start < len(audio):
            end = block_end(audio, start, BLOCK)
            done, share = start / len(audio), (end - start) / len(audio)

            def on_part(part: float, done: float = done, share: float = share) -> None:
                on_progress(done + share * part)

            found = self._block(audio[start:end], request, on_part, cancel)
            blocks.append((start / SAMPLE_RATE, found))
            start = end
        return link(blocks, request.track_id, request.max_speakers)

    def _block(
        self,
        audio: "Audio",
        request: Diarize,
        on_progress: Callable[[float], None],
        cancel: CancelToken,
    ) -> Diarization:
        import torch

        def hook(step: str, _artifact: object, file: object = None, **counts: Any) -> None:
            cancel.check()
            if step in SHARES and counts.get("total"):
                low, high = SHARES[step]
                on_progress(
                    low + (high - low) * float(min(1.0, counts["completed"] / counts["total"]))
                )

        waveform = torch.from_numpy(np.asarray(audio, dtype=np.float32))[None]
        try:
            output = self._pipeline(
                {"waveform": waveform, "sample_rate": SAMPLE_RATE, "uri": "track"},
                min_speakers=request.min_speakers or None,
                max_speakers=request.max_speakers or None,
                hook=hook,
            )
        except RuntimeError as error:
            if known := device_error(error):
                raise known from error
            raise
        found = _result(output, request.track_id, len(audio) / SAMPLE_RATE)
        if self._streams:
            again = self._pipeline.resegmented(found)
            if len(again.speakers) >= min(request.min_speakers, len(found.speakers)):
                found = again
        on_progress(1.0)
        return found


def device_error(error: RuntimeError) -> KnownError | None:
    """What torch says of a device that is too small or does not work, else None."""
    text = str(error).lower()
    if any(sign in text for sign in ("out of memory", "allocate memory", "not enough memory")):
        return KnownError(ErrorCode.OUT_OF_MEMORY, str(error), engine="pyannote")
    if any(sign in text for sign in ("cuda", "cudnn", "cublas", "nvrtc")):
        return KnownError(ErrorCode.NO_DEVICE, str(error), device="cuda")
    return None


def _load(model: Path) -> Any:
    """The pipeline in a folder; every way in which reading it fails means a damaged model."""
    from pyannote.audio import Pipeline

    try:
        if _is_embedded(model):
            from voicerec_desktop.speech.embedded_pipeline import EmbeddedDiarization

            return EmbeddedDiarization(model)
        return Pipeline.from_pretrained(_local_config(model))
    except _load_errors() as error:
        raise KnownError(
            ErrorCode.MODEL_CORRUPT, repr(error), id=model.name, file=model.name
        ) from error


def _is_embedded(model: Path) -> bool:
    return (model / "campplus.pt").is_file()


def _local_config(model: Path) -> dict[str, Any]:
    """The folder's config.yaml with all models taken from the folder, never from the hub.

    Version 3.1 names its models by their repositories, and knows no PLDA, which pyannote.audio 4
    would then fetch from the hub.
    """
    import yaml
    from pyannote.audio.core.plda import PLDA

    config: dict[str, Any] = yaml.safe_load((model / "config.yaml").read_text("utf-8"))
    params = config["pipeline"]["params"]
    for role in ("segmentation", "embedding"):
        weights = model / role / "pytorch_model.bin"
        if not weights.is_file():
            raise FileNotFoundError(weights)
        # A plain path is guessed by its words: "wespeaker" or "nvidia" in it mean other formats.
        params[role] = {"checkpoint": str(weights)}
    if params.get("clustering", "VBxClustering") == "VBxClustering":
        for name in ("plda.npz", "xvec_transform.npz"):
            if not zipfile.is_zipfile(model / "plda" / name):  # numpy would leave it open
                raise ValueError(f"plda/{name}")
        params["plda"] = {"checkpoint": str(model), "subfolder": "plda"}
    else:
        params["plda"] = object.__new__(PLDA)
    return config


def _load_errors() -> tuple[type[Exception], ...]:
    """What torch, Lightning and YAML raise for files that are not what they should be."""
    import pickle

    import yaml

    return (
        OSError, RuntimeError, ValueError, TypeError, LookupError, AttributeError, EOFError,
        ImportError, pickle.UnpicklingError, yaml.YAMLError, zipfile.BadZipFile,
    )  # fmt: skip


def _result(output: Any, track_id: str, seconds: float) -> Diarization:
    """Our values from pyannote's annotations; speakers numbered by first turn."""
    labels = output.speaker_diarization.labels()
    embeddings = output.speaker_embeddings
    ids = {label: f"{track_id}-s{i + 1}" for i, label in enumerate(labels)}
    turns = _turns(output.speaker_diarization, ids, seconds)
    order = list(dict.fromkeys(turn.speaker_id for turn in turns))
    vectors = {
        ids[label]: embeddings[i]
        for i, label in enumerate(labels)
        if embeddings is not None and i < len(embeddings)
    }
    speakers = tuple(
        Speaker(speaker_id, number, colour=number - 1, embedding=_unit(vectors.get(speaker_id)))
        for number, speaker_id in enumerate(order, 1)
    )
    exclusive = _turns(output.exclusive_speaker_diarization, ids, seconds)
    return Diarization(turns, exclusive, speakers)


def _turns(annotation: Any, ids: dict[str, str], seconds: float) -> tuple[SpeakerTurn, ...]:
    """Turns within the recording; the last window is longer than what is left of it."""
    return tuple(
        SpeakerTurn(float(span.start), min(float(span.end), seconds), ids[label])
        for span, _, label in annotation.itertracks(yield_label=True)
        if span.start < seconds
    )


def _unit(vector: "NDArray[np.float32] | None") -> tuple[float, ...]:
    if vector is None or not np.all(np.isfinite(vector)) or not np.any(vector):
        return ()
    return tuple(float(x) for x in vector / np.linalg.norm(vector))
