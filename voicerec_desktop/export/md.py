"""Markdown."""

import re

from voicerec_desktop.core.model import Mark, Transcript
from voicerec_desktop.export.labels import clock, mark_label, one_line, speaker_label
from voicerec_desktop.export.options import ExportOptions
from voicerec_desktop.export.paragraphs import Paragraph, with_marks

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#&])")
_LINE_START = re.compile(r"^(\d*)([-+=.)])")  # what would make a list or a heading


def render(transcript: Transcript, options: ExportOptions) -> bytes:
    """UTF-8 CommonMark: a heading, then a paragraph for each turn."""
    parts = [f"# {escape(transcript.meeting.title)}"]
    parts += [_paragraph(transcript, one, options) for one in with_marks(transcript, options)]
    return ("\n\n".join(parts) + "\n").encode()


def _paragraph(transcript: Transcript, paragraph: Paragraph | Mark, options: ExportOptions) -> str:
    if isinstance(paragraph, Mark):
        time = rf" \[{clock(paragraph.at)}\]" if options.times else ""
        return f"★ **{escape(mark_label(paragraph, options.language))}**{time}"
    label = speaker_label(transcript, paragraph.speaker_id, options.language)
    speaker = f"**{escape(label)}**" if label and options.speakers else ""
    time = rf"\[{clock(paragraph.start)}\]" if options.times else ""
    head = " ".join(part for part in (speaker, time) if part)
    text = escape(paragraph.text)
    text = f"*{text}*" if paragraph.doubtful else text
    return f"{head}  \n{text}" if head else text


def escape(text: str) -> str:
    """Text that CommonMark shows as it is."""
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", one_line(text)))
