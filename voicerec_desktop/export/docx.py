"""Word documents."""

import io
from datetime import datetime
from typing import Any

from voicerec_desktop.core.model import Mark, Transcript
from voicerec_desktop.export.labels import clock, mark_label, one_line, speaker_label
from voicerec_desktop.export.options import ExportOptions
from voicerec_desktop.export.paragraphs import Paragraph, with_marks

COLOURS = ("0B5CAD", "A34700", "00705A", "8A2E6B", "6B5300", "3D4C9F", "9B2226", "33691E")
GREY = "707070"
LOCALES = {"ru": "ru-RU", "en": "en-US"}


def render(transcript: Transcript, options: ExportOptions) -> bytes:
    """A title, when and how long, then a paragraph for each turn."""
    document = new_document(transcript, options.language)
    meeting = transcript.meeting
    document.add_heading(one_line(meeting.title), 0)
    began = datetime.fromisoformat(meeting.started_at).astimezone()
    about = document.add_paragraph(f"{began:%Y-%m-%d %H:%M} · {clock(meeting.duration)}")
    grey(about.runs[0])
    add_transcript(document, transcript, options)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def new_document(transcript: Transcript, language: str) -> Any:
    """An empty document of a meeting."""
    import docx

    document = docx.Document()
    document.core_properties.title = one_line(transcript.meeting.title)[:255]
    document.core_properties.author = ""
    _set_language(document, LOCALES.get(language, "en-US"))
    return document


def add_transcript(document: Any, transcript: Transcript, options: ExportOptions) -> None:
    """Add a paragraph for each turn."""
    for paragraph in with_marks(transcript, options):
        if isinstance(paragraph, Mark):
            _add_mark(document, paragraph, options)
        else:
            _add(document, transcript, paragraph, options)


def _add(
    document: Any, transcript: Transcript, paragraph: Paragraph, options: ExportOptions
) -> None:
    from docx.shared import RGBColor

    label = speaker_label(transcript, paragraph.speaker_id, options.language)
    time = clock(paragraph.start) if options.times else ""
    if (label and options.speakers) or time:
        head = document.add_paragraph()
        head.paragraph_format.keep_with_next = True
        head.paragraph_format.space_after = 0
        if label and options.speakers:
            run = head.add_run(label)
            run.bold = True
            speaker = transcript.speaker(paragraph.speaker_id)
            colour = COLOURS[(speaker.colour if speaker else 0) % len(COLOURS)]
            run.font.color.rgb = RGBColor.from_string(colour)
        if time:
            grey(head.add_run(f"  {time}" if head.runs else time))
    body = document.add_paragraph().add_run(paragraph.text)
    if paragraph.doubtful:
        body.italic = True
        grey(body)


def _add_mark(document: Any, mark: Mark, options: ExportOptions) -> None:
    line = document.add_paragraph()
    line.add_run(f"★ {mark_label(mark, options.language)}").bold = True
    if options.times:
        grey(line.add_run(f"  {clock(mark.at)}"))


def grey(run: Any) -> None:
    """Make text small and grey."""
    from docx.shared import Pt, RGBColor

    run.font.color.rgb = RGBColor.from_string(GREY)
    run.font.size = Pt(9)


def _set_language(document: Any, name: str) -> None:
    """For the spelling checker."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    language = OxmlElement("w:lang")
    language.set(qn("w:val"), name)
    document.styles["Normal"].element.get_or_add_rPr().append(language)
