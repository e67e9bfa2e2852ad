"""Minutes as Word documents."""

import io
from typing import Any

from voicerec_desktop.core.minutes import Minutes
from voicerec_desktop.core.model import Transcript
from voicerec_desktop.export import docx as transcripts
from voicerec_desktop.export.labels import clock, one_line
from voicerec_desktop.export.minutes.document import Part, document, word
from voicerec_desktop.export.minutes.summary import read
from voicerec_desktop.export.options import ExportOptions

_STYLES = {"bullet": "List Bullet", "number": "List Number", "text": None}


def as_docx(
    transcript: Transcript, minutes: Minutes, options: ExportOptions, with_transcript: bool
) -> bytes:
    """Headings, paragraphs and lists of Word's own styles."""
    made = transcripts.new_document(transcript, minutes.language)
    for part in document(transcript, minutes):
        _add(made, part)
    if with_transcript:
        made.add_heading(word("transcript", minutes.language), 1)
        transcripts.add_transcript(made, transcript, options)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def _add(made: Any, part: Part) -> None:
    match part.style:
        case "title":
            made.add_heading(part.text, 0)
        case "heading":
            made.add_heading(part.text, 1)
        case "text":
            for paragraph in read(part.text):
                _add_summary(made, paragraph)
        case "fact":
            line = made.add_paragraph(style="List Bullet")
            if part.start is not None:
                transcripts.grey(line.add_run(f"{clock(part.start)}  "))
            line.add_run(part.text)
            if part.doubt:
                doubt = line.add_run(f" ({part.doubt})")
                doubt.italic = True
                transcripts.grey(doubt)
        case _:
            transcripts.grey(made.add_paragraph().add_run(part.text))


def _add_summary(made: Any, paragraph: Any) -> None:
    if paragraph.style == "heading":
        made.add_heading(one_line(paragraph.text), 2)
        return
    line = made.add_paragraph(style=_STYLES[paragraph.style])
    for run in paragraph.runs:
        added = line.add_run(run.text)
        added.bold, added.italic = run.bold or None, run.italic or None
