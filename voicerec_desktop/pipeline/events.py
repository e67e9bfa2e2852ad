"""What the pipeline tells whoever listens: a terminal or a window."""

from dataclasses import dataclass

from voicerec_desktop.core.minutes import Fact
from voicerec_desktop.core.model import Segment, Stage


@dataclass(frozen=True, slots=True)
class StageStarted:
    """A stage begins."""

    meeting_id: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class StageProgress:
    """A stage is `done` of the way, 0 to 1."""

    meeting_id: str
    stage: Stage
    done: float


@dataclass(frozen=True, slots=True)
class StageFinished:
    """A stage is done."""

    meeting_id: str
    stage: Stage
    seconds: float


@dataclass(frozen=True, slots=True)
class SegmentsArrived:
    """Text that is in the library now."""

    meeting_id: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class LanguageFound:
    """The language of the recording."""

    meeting_id: str
    language: str


@dataclass(frozen=True, slots=True)
class Degraded:
    """An attempt failed and the work goes on in a weaker way."""

    meeting_id: str
    stage: Stage
    why: str
    device: str
    compute_type: str
    batch_size: int


@dataclass(frozen=True, slots=True)
class SoundDamaged:
    """The file could be read only in part. `warning`: as in `Track.warning`."""

    meeting_id: str
    warning: str


@dataclass(frozen=True, slots=True)
class FactsFound:
    """Checked facts of the parts of a meeting that the LLM has read so far, in order of time."""

    meeting_id: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class SummaryGrew:
    """All of the summary so far, as Markdown."""

    meeting_id: str
    text: str


Event = (
    StageStarted
    | StageProgress
    | StageFinished
    | SegmentsArrived
    | LanguageFound
    | Degraded
    | SoundDamaged
    | FactsFound
    | SummaryGrew
)
