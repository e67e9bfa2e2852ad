"""How speakers, times and text are written in exports."""

import re

from voicerec_desktop.core.model import ME, Mark, Transcript

_INVISIBLE = re.compile("[^\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def one_line(text: str) -> str:
    """Text with single blanks and without the characters that no format can hold."""
    return " ".join(_INVISIBLE.sub("", " ".join(text.split())).split())


def clock(seconds: float) -> str:
    """Minutes and seconds, with hours from the first hour on: 02:03, 1:02:03."""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute:02}:{second:02}"


def speaker_label(transcript: Transcript, speaker_id: str | None, language: str) -> str:
    """The speaker's name, else "Me" or "Speaker 1" in the language of the export, else ""."""
    speaker = transcript.speaker(speaker_id)
    if speaker is None:
        return ""
    return one_line(speaker.name or "") or nameless(speaker.number, language)


def nameless(number: int, language: str) -> str:
    """What somebody without a name is called: "Me", "Speaker 1"."""
    if number == ME:
        return "Я" if language == "ru" else "Me"
    return f"{'Спикер' if language == 'ru' else 'Speaker'} {number}"


def mark_label(mark: Mark, language: str) -> str:
    """The note of a mark, else the word for one."""
    return one_line(mark.note) or ("Метка" if language == "ru" else "Mark")


def speaker_prefix(transcript: Transcript, speaker_id: str | None, language: str) -> str:
    """What stands before text where a speaker begins, "Speaker 1: ", or ""."""
    label = speaker_label(transcript, speaker_id, language)
    return f"{label}: " if label else ""
