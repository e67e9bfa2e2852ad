"""Recording in words: what is recorded, and what is wrong with it."""

from PySide6.QtCore import QCoreApplication

from voicerec_desktop.core.model import TrackKind


def mode_texts() -> dict[str, str]:
    """What can be recorded, by mode."""
    translate = QCoreApplication.translate
    return {
        "call": translate("record", "A call: my microphone and the other side"),
        "room": translate("record", "A room: the microphone hears everybody"),
        "system": translate("record", "Only what this computer plays"),
    }


def track_name(kind: str) -> str:
    """A track for the user."""
    translate = QCoreApplication.translate
    if kind == TrackKind.MIC:
        return translate("record", "Microphone")
    return translate("record", "The other side")


def alert_text(code: str, kind: str) -> str:
    """What is wrong with a track (or, with kind "", the recording), and what to do about it."""
    translate = QCoreApplication.translate
    texts = {
        ("lost", "mic"): translate(
            "record",
            "The microphone is gone. Plug it in again, or choose another one; the recording goes "
            "on as soon as it is there.",
        ),
        ("lost", "system"): translate(
            "record",
            "The output is gone. Choose another one; the other side is recorded again as soon as "
            "it is there.",
        ),
        ("stalled", "mic"): translate(
            "record", "The microphone gives no sound. It is being opened anew."
        ),
        ("stalled", "system"): translate(
            "record", "Nothing comes from the output. It is being opened anew."
        ),
        ("silent", "mic"): translate(
            "record",
            "The microphone is silent. Is it muted on the headset or in the system's settings?",
        ),
        ("clipping", "mic"): translate(
            "record", "You are too loud for the microphone. Turn it down in the system's settings."
        ),
        ("clipping", "system"): translate(
            "record", "The other side is too loud. Turn the call down a little."
        ),
        ("elsewhere", "system"): translate(
            "record",
            "Something plays on another output than the one that is recorded. Choose it under "
            "Recording, Devices.",
        ),
        ("disk_low", ""): translate(
            "record", "The disk is almost full: there is room for less than 30 minutes."
        ),
        ("disk_full", ""): translate(
            "record", "The disk is full. What was recorded until now is being saved."
        ),
    }
    return texts.get((code, kind), code)
