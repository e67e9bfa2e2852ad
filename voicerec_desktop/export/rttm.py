"""RTTM (NIST Rich Transcription Time Marked): who speaks when, for other tools."""

from voicerec_desktop.core.model import Transcript
from voicerec_desktop.export.labels import speaker_label
from voicerec_desktop.export.options import ExportOptions


def render(transcript: Transcript, options: ExportOptions) -> bytes:
    """One SPEAKER line a turn; blanks in names become underscores."""
    lines = []
    for turn in transcript.turns:
        label = speaker_label(transcript, turn.speaker_id, options.language)
        name = "_".join(label.split()) or "unknown"
        seconds = f"{turn.start:.3f} {turn.end - turn.start:.3f}"
        lines.append(f"SPEAKER {transcript.meeting.id} 1 {seconds} <NA> <NA> {name} <NA> <NA>\n")
    return "".join(lines).encode()
