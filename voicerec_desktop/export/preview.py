"""The beginning of an export, as a user would see it."""

import io
from dataclasses import dataclass, replace

from voicerec_desktop.core.model import Transcript
from voicerec_desktop.export.options import ExportOptions
from voicerec_desktop.export.registry import render

LINES = 200
ROWS = 400  # segments and turns that give more lines than that in every format


@dataclass(frozen=True, slots=True)
class Preview:
    """Text of the first lines. `whole`: there are no more."""

    text: str
    whole: bool


def preview(transcript: Transcript, name: str, options: ExportOptions) -> Preview:
    """What the file begins with: made by the format itself, of the beginning of the meeting."""
    segments, turns = transcript.segments[:ROWS], transcript.turns[:ROWS]
    body = render(replace(transcript, segments=segments, turns=turns), name, options)
    lines = (_paragraphs(body) if name == "docx" else body.decode()).splitlines()
    whole = (
        len(lines) <= LINES
        and len(segments) == len(transcript.segments)
        and len(turns) == len(transcript.turns)
    )
    return Preview("\n".join(lines[:LINES]), whole)


def _paragraphs(body: bytes) -> str:
    import docx

    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(body)).paragraphs)
