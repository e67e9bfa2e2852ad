"""All formats of minutes by name."""

from collections.abc import Callable, Mapping

from voicerec_desktop.core.minutes import Minutes
from voicerec_desktop.core.model import Transcript
from voicerec_desktop.export import json_export
from voicerec_desktop.export.minutes import text, word
from voicerec_desktop.export.options import ExportOptions

Render = Callable[[Transcript, Minutes, ExportOptions, bool], bytes]


def _as_json(
    transcript: Transcript, minutes: Minutes, options: ExportOptions, with_transcript: bool
) -> bytes:
    return json_export.render_minutes(transcript, minutes, options, with_transcript)


MINUTES_FORMATS: Mapping[str, tuple[str, Render]] = {  # their suffixes and what makes them
    "md": (".md", text.as_md),
    "txt": (".txt", text.as_txt),
    "docx": (".docx", word.as_docx),
    "html": (".html", text.as_html),
    "json": (".json", _as_json),
}


def render_minutes(
    transcript: Transcript,
    minutes: Minutes,
    name: str,
    options: ExportOptions | None = None,
    with_transcript: bool = False,
) -> bytes:
    """The bytes of a file of minutes.

    Args:
        options: of the transcript in it.
    """
    options = options or ExportOptions(language=minutes.language)
    return MINUTES_FORMATS[name][1](transcript, minutes, options, with_transcript)
