"""SubRip subtitles."""

import re

from voicerec_desktop.core.model import Transcript
from voicerec_desktop.export.cues import Cue, cues, wrap
from voicerec_desktop.export.labels import longest_label, speaker_label
from voicerec_desktop.export.options import ExportOptions

_MARKUP = re.compile(r"([<{])")


def render(transcript: Transcript, options: ExportOptions) -> bytes:
    """UTF-8 with CRLF; the speaker is named where somebody else begins to speak."""
    reserve = longest_label(transcript, options.language) + 2
    blocks = [
        f"{number}\r\n{_time(cue.start)} --> {_time(cue.end)}\r\n{_text(transcript, cue, options)}"
        for number, cue in enumerate(cues(transcript, options, reserve), 1)
    ]
    return "".join(f"{block}\r\n\r\n" for block in blocks).encode()


def _text(transcript: Transcript, cue: Cue, options: ExportOptions) -> str:
    label = speaker_label(transcript, cue.speaker_id, options.language)
    named = f"{label}: {cue.text}" if cue.first and label and options.speakers else cue.text
    lines = "\r\n".join(wrap(named)).replace("-->", "→")
    return _MARKUP.sub("\\1\u2060", lines)  # players read <i> and {\an8} as markup


def _time(seconds: float) -> str:
    millis = round(seconds * 1000)
    return f"{clock(millis // 1000)},{millis % 1000:03}"


def clock(seconds: int) -> str:
    """HH:MM:SS."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
