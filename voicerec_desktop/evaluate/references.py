"""Reading reference files: RTTM and STM."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.model import SpeakerTurn

_RTTM_TYPES = {
    "SPEAKER", "SEGMENT", "LEXEME", "NON-LEX", "NON-SPEECH", "FILLER", "EDIT", "IP", "CB", "A/P",
    "SU", "SPKR-INFO", "NOSCORE", "NO_RT_METADATA",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StmLine:
    """What somebody said, from `start` to `end` seconds."""

    speaker: str
    start: float
    end: float
    text: str


def read_rttm(text: str) -> list[SpeakerTurn]:
    """The turns of a NIST RTTM file; raises REFERENCE_INVALID with the line."""
    turns = []
    for number, fields in _lines(text, "RTTM", 8):
        if fields[0] not in _RTTM_TYPES:
            raise _invalid("RTTM", number, "unknown_type")
        if fields[0] == "SPEAKER":
            start, duration = _times("RTTM", number, fields[3], fields[4])
            if duration < 0:
                raise _invalid("RTTM", number, "backwards")
            turns.append(SpeakerTurn(start, start + duration, fields[7]))
    return turns


def read_stm(text: str) -> list[StmLine]:
    """The lines of a NIST STM file in order of time; raises REFERENCE_INVALID with the line."""
    found = []
    for number, fields in _lines(text, "STM", 5):
        start, end = _times("STM", number, fields[3], fields[4])
        if end < start:
            raise _invalid("STM", number, "backwards")
        words = fields[5:]
        if words and words[0].startswith("<") and words[0].endswith(">"):
            words = words[1:]
        found.append(StmLine(fields[2], start, end, " ".join(words)))
    return sorted(found, key=lambda line: line.start)


def _lines(text: str, kind: str, fields: int) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        if line.strip() and not line.startswith(";;"):
            parts = line.split()
            if len(parts) < fields:
                raise _invalid(kind, number, "few_fields")
            yield number, parts


def _times(kind: str, number: int, first: str, second: str) -> tuple[float, float]:
    try:
        times = float(first), float(second)
    except ValueError as error:
        raise _invalid(kind, number, "bad_time") from error
    if not all(map(math.isfinite, times)):
        raise _invalid(kind, number, "bad_time")
    return times


def _invalid(kind: str, number: int, why: str) -> KnownError:
    return KnownError(ErrorCode.REFERENCE_INVALID, path=kind, line=number, why=why)
