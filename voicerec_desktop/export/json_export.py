"""JSON: the complete record (DESIGN.md 6), for scripts and `voicerec evaluate`."""

import json
from dataclasses import asdict, replace
from typing import Any

from voicerec_desktop.core.minutes import Minutes
from voicerec_desktop.core.model import Segment, Transcript, Word
from voicerec_desktop.export.labels import speaker_label
from voicerec_desktop.export.options import ExportOptions


def render(transcript: Transcript, options: ExportOptions) -> bytes:
    """UTF-8 JSON; times in seconds. All segments but dismissed ones; doubtful ones have flags."""
    return json.dumps(document(transcript), ensure_ascii=False, indent=1).encode()


def document(transcript: Transcript) -> dict[str, Any]:
    """The export as Python values."""
    return {
        "meeting": asdict(transcript.meeting),
        "speakers": [
            {"id": s.id, "number": s.number, "name": s.name, "label": _label(transcript, s.id)}
            for s in transcript.speakers
        ],
        "segments": [_segment(transcript, s) for s in transcript.segments if not s.dismissed],
        "turns": [
            {"start": turn.start, "end": turn.end, "speaker": _label(transcript, turn.speaker_id)}
            for turn in transcript.turns
        ],
        "marks": [{"at": mark.at, "note": mark.note} for mark in transcript.marks],
        "minutes": _minutes(transcript.minutes),
        "stages": [
            {"stage": r.stage, "seconds": r.seconds, "state": r.state, "options": r.options}
            for r in transcript.stages
        ],
    }


def render_minutes(
    transcript: Transcript, minutes: Minutes, _options: ExportOptions, with_transcript: bool
) -> bytes:
    """The minutes alone, or the complete record with this version of them."""
    value: Any = _minutes(minutes)
    if with_transcript:
        value = document(replace(transcript, minutes=minutes))
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _minutes(minutes: Minutes | None) -> dict[str, Any] | None:
    if minutes is None:
        return None
    value = asdict(minutes)
    for fact, given in zip(value["facts"], minutes.facts, strict=True):
        fact["confirmed"] = given.confirmed
    return value | {"text": minutes.text}


def _label(transcript: Transcript, speaker_id: str | None) -> str | None:
    return speaker_label(transcript, speaker_id, "en") or None


def _segment(transcript: Transcript, segment: Segment) -> dict[str, Any]:
    return {
        "id": segment.id,
        "start": segment.start,
        "end": segment.end,
        "speaker": _label(transcript, segment.speaker_id),
        "text": segment.text,
        "flags": list(segment.flags),
        "words": [_word(transcript, word) for word in segment.words],
    }


def _word(transcript: Transcript, word: Word) -> dict[str, Any]:
    result = {
        "start": word.start,
        "end": word.end,
        "text": word.text.strip(),
        "probability": word.probability,
        "speaker": _label(transcript, word.speaker_id),
    }
    return result | ({} if word.original is None else {"original": word.original})
