"""What a user chooses about the processing of a meeting."""

from dataclasses import dataclass

from voicerec_desktop.core.glossary import GlossaryEntry

SMALLEST_MODEL = "whisper-base"
EMBEDDED_DIARIZATION = "diarization-embedded"


@dataclass(frozen=True, slots=True)
class ProcessOptions:
    """How a meeting is processed. `language` "" means: detect; 0 speakers: find out."""

    language: str = ""
    model: str = SMALLEST_MODEL
    device: str = "auto"
    diarization: bool = True
    diarization_model: str = EMBEDDED_DIARIZATION
    min_speakers: int = 0
    max_speakers: int = 0
    glossary: tuple[GlossaryEntry, ...] = ()
