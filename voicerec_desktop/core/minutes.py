"""What minutes are made of: facts that cite the transcript, and what was found in checking them."""

from dataclasses import dataclass
from enum import StrEnum


class FactKind(StrEnum):
    """What a fact is, in the order in which minutes list them."""

    DECISION = "decision"
    TASK = "task"
    QUESTION = "question"
    FACT = "fact"


class Doubt(StrEnum):
    """Why a fact is not confirmed by the transcript."""

    SEGMENTS = "segments"  # it cites nothing, or nothing that is there
    QUOTE = "quote"
    TEXT = "text"  # its words are not those of the place that it cites
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"
    OWNER = "owner"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that was decided, asked or said.

    Attributes:
        owner: of a task, as it was named, else "".
        due: when a task is due, as it was said, else "".
        quote: the words of the transcript that say it.
        segment_ids: where in the transcript.
        start: second at which its quote begins, or None where no place was found.
        doubts: why it is not confirmed; empty where it is.
    """

    kind: FactKind
    text: str
    owner: str = ""
    due: str = ""
    quote: str = ""
    segment_ids: tuple[str, ...] = ()
    start: float | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether the transcript says so."""
        return not self.doubts


@dataclass(frozen=True, slots=True)
class MissingPart:
    """A part of the meeting of which the minutes know nothing. `why`: an `ErrorCode`."""

    start: float
    end: float
    why: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """One version of the minutes of a meeting.

    Attributes:
        created_at: ISO 8601 in UTC.
        language: "ru" or "en".
        template: its name.
        prompt: version of the template's text.
        summary: Markdown, as the LLM wrote it from the facts; "" where no part could be read.
        edited: the summary as the user wants it, or None; never overwritten.
        missing: parts that failed.
    """

    id: str
    meeting_id: str
    created_at: str
    language: str
    template: str
    model: str
    prompt: str
    summary: str
    facts: tuple[Fact, ...] = ()
    missing: tuple[MissingPart, ...] = ()
    edited: str | None = None

    @property
    def text(self) -> str:
        """The summary that the user sees."""
        return self.summary if self.edited is None else self.edited
