"""SubRip subtitles."""

from voicerec_desktop.core.model import Transcript
from voicerec_desktop.export.cues import Cue, cues, wrap
from voicerec_desktop.export.labels import speaker_prefix
from voicerec_desktop.export.options import ExportOptions

_SHOWN = str.maketrans({"<": "<\u2060", "{": "(", "}": ")"})  # players read <i> and {…} as markup


def render(transcript: Transcript, options: ExportOptions) -> bytes:
    """UTF-8 with CRLF; the speaker is named where somebody else begins to speak."""

    def prefix(speaker_id: str | None) -> str:
        return speaker_prefix(transcript, speaker_id, options.language)

    found = cues(transcript, options, prefix if options.speakers else None)
    blocks = [
        f"{number}\r\n{_time(cue.start)} --> {_time(cue.end)}\r\n{_text(cue)}"
        for number, cue in enumerate(found, 1)
    ]
    return "".join(f"{block}\r\n\r\n" for block in blocks).encode()


def _text(cue: Cue) -> str:
    lines = "\r\n".join(wrap(cue.text)).replace("-->", "→")
    return lines.translate(_SHOWN)


def _time(seconds: float) -> str:
    millis = round(seconds * 1000)
    return f"{clock(millis // 1000)},{millis % 1000:03}"


def clock(seconds: int) -> str:
    """HH:MM:SS."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
