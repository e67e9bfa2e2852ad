"""Plain text."""

from voicerec_desktop.core.model import Mark, Transcript
from voicerec_desktop.export.labels import clock, mark_label, speaker_prefix
from voicerec_desktop.export.options import ExportOptions
from voicerec_desktop.export.paragraphs import Paragraph, with_marks


def render(transcript: Transcript, options: ExportOptions) -> bytes:
    """UTF-8: `[02:03] Speaker 1: text`, one paragraph a line."""
    lines = [_line(transcript, one, options) for one in with_marks(transcript, options)]
    return "".join(f"{line}\n" for line in lines).encode()


def _line(transcript: Transcript, paragraph: Paragraph | Mark, options: ExportOptions) -> str:
    if isinstance(paragraph, Mark):
        time = f"[{clock(paragraph.at)}] " if options.times else ""
        return f"{time}★ {mark_label(paragraph, options.language)}"
    time = f"[{clock(paragraph.start)}] " if options.times else ""
    prefix = speaker_prefix(transcript, paragraph.speaker_id, options.language)
    speaker = prefix if options.speakers else ""
    doubt = "[?] " if paragraph.doubtful else ""
    return f"{time}{speaker}{doubt}{paragraph.text}"
