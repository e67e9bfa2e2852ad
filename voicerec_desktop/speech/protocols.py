"""What an engine must offer: others come later without touching the rest."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.model import Diarization
from voicerec_desktop.messages import Diarize, LanguageDetected, SegmentsFound, Transcribe

if TYPE_CHECKING:
    from voicerec_desktop.sound import Audio


class Transcriber(Protocol):
    """Turns speech into words."""

    def transcribe(
        self, audio: "Audio", request: Transcribe, cancel: CancelToken
    ) -> Iterator[LanguageDetected | SegmentsFound]:
        """The segments of `audio` from `request.start` seconds on, as they come.

        Raises:
            KnownError: the model is bad, or the device ran out of memory.
            Cancelled: between two batches.
        """


class Diarizer(Protocol):
    """Tells speakers apart."""

    def diarize(
        self,
        audio: "Audio",
        request: Diarize,
        on_progress: Callable[[float], None],
        cancel: CancelToken,
    ) -> Diarization:
        """Who speaks when; progress goes from 0 to 1.

        Raises:
            KnownError: the model is bad, or the device ran out of memory.
            Cancelled: between two batches.
        """
