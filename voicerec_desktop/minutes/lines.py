"""The transcript as the model gets it: numbered lines behind a mark that nobody can guess.

The transcript is data, whatever is said in it: each line begins with the mark, so text that claims
to be an instruction is still a line (spotlighting, https://arxiv.org/abs/2403.14720).
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

from voicerec_desktop.core.model import ME, Segment, Speaker, Transcript

_LETTERS = "bcdfghjkmnpqrstvwxz"


@dataclass(frozen=True, slots=True)
class Line:
    """A segment with whoever says it."""

    segment_id: str
    start: float
    end: float
    speaker: str
    text: str


def lines_of(transcript: Transcript, language: str, mask: Callable[[str], str] = str) -> list[Line]:
    """The segments that somebody really said, in order."""
    names = {speaker.id: speaker_name(speaker, language) for speaker in transcript.speakers}
    return [
        Line(segment.id, segment.start, segment.end, names.get(segment.speaker_id or "", ""), text)
        for segment in transcript.segments
        if _said(segment) and (text := mask(" ".join(segment.text.split())))
    ]


def _said(segment: Segment) -> bool:
    return not segment.dismissed and not segment.doubtful


def speaker_name(speaker: Speaker, language: str) -> str:
    """What a speaker is called in the text that is sent, and so in the answer."""
    if name := " ".join((speaker.name or "").split()):
        return name
    if speaker.number == ME:
        return "Я" if language == "ru" else "Me"
    return f"{'Спикер' if language == 'ru' else 'Speaker'} {speaker.number}"


def new_mark(lines: Sequence[Line]) -> str:
    """Letters that occur in no line; few, for they stand in each."""
    said = "\n".join(f"{line.speaker} {line.text}" for line in lines).casefold()
    return unheard(said)


def unheard(text: str) -> str:
    """Two random letters that a folded text does not hold, more where it holds them all."""
    for tries in count():
        mark = "".join(secrets.choice(_LETTERS) for _ in range(2 + tries // 100))
        if mark not in text:
            return mark
    raise AssertionError("unreachable")


def marked(lines: Sequence[Line], mark: str) -> str:
    """`qz12|Anna: text`; the speaker stands where they begin, which saves a tenth."""
    parts = []
    before = None
    for number, line in enumerate(lines, 1):
        who = f"{line.speaker}: " if line.speaker and line.speaker != before else ""
        parts.append(f"{mark}{number}|{who}{line.text}")
        before = line.speaker
    return "\n".join(parts)
