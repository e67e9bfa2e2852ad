"""WebVTT subtitles."""

from html import escape

from voicerec_desktop.core.model import Transcript
from voicerec_desktop.export.cues import Cue, cues, wrap
from voicerec_desktop.export.labels import speaker_label
from voicerec_desktop.export.options import ExportOptions
from voicerec_desktop.export.srt import clock


def render(transcript: Transcript, options: ExportOptions) -> bytes:
    """UTF-8; speakers as voice spans."""
    blocks = ["WEBVTT"] + [
        f"{_time(cue.start)} --> {_time(cue.end)}\n{_text(transcript, cue, options)}"
        for cue in cues(transcript, options)
    ]
    return ("\n\n".join(blocks) + "\n").encode()


def _text(transcript: Transcript, cue: Cue, options: ExportOptions) -> str:
    text = "\n".join(escape(line, quote=False) for line in wrap(cue.text))
    label = speaker_label(transcript, cue.speaker_id, options.language)
    voice = escape(label, quote=False)
    return f"<v {voice}>{text}</v>" if voice and options.speakers else text


def _time(seconds: float) -> str:
    millis = round(seconds * 1000)
    return f"{clock(millis // 1000)}.{millis % 1000:03}"
