"""How speakers and times are written in exports."""

from voicerec_desktop.core.model import Transcript


def clock(seconds: float) -> str:
    """Minutes and seconds, with hours from the first hour on: 02:03, 1:02:03."""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute:02}:{second:02}"


def speaker_label(transcript: Transcript, speaker_id: str | None, language: str) -> str:
    """The speaker's name, else "Speaker 1" in the language of the export, else ""."""
    speaker = transcript.speaker(speaker_id)
    if speaker is None:
        return ""
    return speaker.name or f"{'Спикер' if language == 'ru' else 'Speaker'} {speaker.number}"


def longest_label(transcript: Transcript, language: str) -> int:
    """Characters of the longest speaker label."""
    return max(
        (len(speaker_label(transcript, s.id, language)) for s in transcript.speakers), default=0
    )
