"""The values everything else passes around. Times are seconds (float), ids sortable strings."""

from dataclasses import dataclass, field
from enum import StrEnum

from voicerec_desktop.core.minutes import Minutes


class MeetingStatus(StrEnum):
    """Where a meeting is in its life."""

    RECORDING = "recording"
    QUEUED = "queued"
    PROCESSING = "processing"
    READY = "ready"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


class Source(StrEnum):
    """Where the sound of a meeting comes from."""

    RECORDING = "recording"
    FILE = "file"


class TrackKind(StrEnum):
    """What a track holds."""

    MIC = "mic"
    SYSTEM = "system"
    FILE = "file"


class Stage(StrEnum):
    """The stages of a meeting, in the order in which they run."""

    RECORD = "record"
    DECODE = "decode"
    ASR = "asr"
    DIARIZATION = "diarization"
    ATTRIBUTION = "attribution"
    MINUTES = "minutes"


class StageState(StrEnum):
    """How far a stage is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class GapReason(StrEnum):
    """Why a recorded track has a hole that silence fills."""

    DEVICE_LOST = "device_lost"
    OVERFLOW = "overflow"
    PAUSED = "paused"
    SUSPENDED = "suspended"
    DISK_FULL = "disk_full"


ME = 0  # the number of whoever speaks into the microphone of a recorded call
FLAG_OVERLAP = "overlap"
FLAG_EDITED = "edited"
FLAG_DISMISSED = "dismissed"  # the user says that nobody said this
DOUBTFUL = "doubtful:"  # prefix of a flag; what follows is the reason
RESTORED = "restored:"  # what a doubtful flag becomes when the user says that somebody said this


@dataclass(frozen=True, slots=True)
class Word:
    """A spoken word.

    Attributes:
        text: as Whisper writes it, with the space before it, so that words join by concatenation.
        probability: 0 to 1.
        original: what the engine said where the glossary or the user changed it, "" where it said
            nothing, else None.
    """

    start: float
    end: float
    text: str
    probability: float = 1.0
    speaker_id: str | None = None
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """Some words in a row by one speaker; it is cut where the speaker changes."""

    id: str
    start: float
    end: float
    text: str
    words: tuple[Word, ...] = ()
    speaker_id: str | None = None
    track_id: str = ""
    flags: tuple[str, ...] = ()
    avg_logprob: float = 0.0
    no_speech_prob: float = 0.0

    @property
    def doubtful(self) -> bool:
        """Whether a guard suspects that nobody said this."""
        return any(flag.startswith(DOUBTFUL) for flag in self.flags)

    @property
    def dismissed(self) -> bool:
        """Whether the user has hidden this for good."""
        return FLAG_DISMISSED in self.flags


@dataclass(frozen=True, slots=True)
class SpeakerTurn:
    """A stretch in which one speaker speaks; turns of different speakers may overlap."""

    start: float
    end: float
    speaker_id: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody in a meeting.

    Attributes:
        number: 1.. by first word; `ME` is the user: shown as "Me" where there is no name.
        name: given by the user, else None.
        colour: index into the palette.
        embedding: float32 centroid, L2-normalised, else empty.
    """

    id: str
    number: int
    name: str | None = None
    colour: int = 0
    embedding: tuple[float, ...] = ()

    @property
    def me(self) -> bool:
        """Whether it is the user, at the microphone of a recorded call."""
        return self.number == ME


@dataclass(frozen=True, slots=True)
class Diarization:
    """What a diarizer found in one track.

    Attributes:
        turns: who speaks when, overlaps kept.
        exclusive: the same with at most one speaker at a time, for attribution of words.
        speakers: number 1.. by first turn, with embeddings.
    """

    turns: tuple[SpeakerTurn, ...] = ()
    exclusive: tuple[SpeakerTurn, ...] = ()
    speakers: tuple[Speaker, ...] = ()


@dataclass(frozen=True, slots=True)
class Track:
    """One recorded or opened sound track.

    Attributes:
        path: the user's file or our recording; absolute.
        frames: length at `sample_rate`, once known (after decoding).
        channel: of the file, 0.., or -1 for all of them mixed.
        clock_rate: frames that its device really delivered per second, 0 where nobody measured
            it: then `sample_rate` is true.
        warning: an `ErrorCode`-like key of what was wrong with the file ("truncated"), else "".
    """

    id: str
    meeting_id: str
    kind: TrackKind
    path: str
    sample_rate: int = 0
    channels: int = 0
    frames: int = 0
    sha256: str = ""
    warning: str = ""
    channel: int = -1
    clock_rate: float = 0.0


@dataclass(frozen=True, slots=True)
class Gap:
    """A hole in a recorded track that silence of the same length fills."""

    track_id: str
    start: float
    duration: float
    reason: GapReason


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment that the user marked while it was recorded, or later."""

    id: str
    at: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting in the library. `started_at` is ISO 8601 in UTC."""

    id: str
    title: str
    started_at: str
    duration: float = 0.0
    language: str = ""
    status: MeetingStatus = MeetingStatus.QUEUED
    source: Source = Source.FILE
    error: str = ""


@dataclass(frozen=True, slots=True)
class StageRun:
    """One run of a stage with what it cost."""

    meeting_id: str
    stage: Stage
    state: StageState
    options: dict[str, object] = field(default_factory=dict)
    seconds: float = 0.0
    error: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """All that the library knows of a meeting: what exports and views are made from."""

    meeting: Meeting
    tracks: tuple[Track, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    segments: tuple[Segment, ...] = ()
    turns: tuple[SpeakerTurn, ...] = ()
    stages: tuple[StageRun, ...] = ()
    marks: tuple[Mark, ...] = ()
    minutes: Minutes | None = None  # the newest version

    def speaker(self, speaker_id: str | None) -> Speaker | None:
        """The speaker with this id, or None."""
        return next((s for s in self.speakers if s.id == speaker_id), None)
