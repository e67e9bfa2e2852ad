"""Microphones and outputs of this computer, by a name that stays the same."""

import subprocess
import sys
from pathlib import Path
from typing import Literal

import msgspec

from voicerec_desktop.core.errors import ErrorCode, KnownError

Kind = Literal["mic", "system"]
TIMEOUT = 15.0  # s
PULSE = "pulse:"
WASAPI = "wasapi:"


class Device(msgspec.Struct, frozen=True):
    """Something that can be recorded.

    Attributes:
        id: stays the same: of a source (mic) or an output (system), as the system names it.
        name: for people.
        is_default: what the system uses where nobody chose.
        channels, sample_rate: its own.
    """

    id: str
    name: str
    kind: Kind
    is_default: bool
    channels: int
    sample_rate: int


_decoder = msgspec.json.Decoder(tuple[Device, ...])


def recorder_command(*arguments: str) -> list[str]:
    """How the recorder is started: the executable beside ours where installed, else a module."""
    if getattr(sys, "frozen", False):
        name = "voicerec-recorder.exe" if sys.platform == "win32" else "voicerec-recorder"
        return [str(Path(sys.executable).with_name(name)), *arguments]
    return [sys.executable, "-m", "voicerec_desktop.recorder", *arguments]


def list_devices() -> tuple[Device, ...]:
    """What can be recorded now, the system's choice first of its kind.

    A process of its own looks: sound libraries keep the list that they saw first.

    Raises:
        KnownError: the sound system does not answer.
    """
    try:
        done = subprocess.run(
            recorder_command("--devices"),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        return _decoder.decode(done.stdout)
    except (OSError, subprocess.TimeoutExpired, msgspec.DecodeError) as error:
        raise KnownError(ErrorCode.SOUND_SYSTEM_SILENT, str(error)) from error


def find_devices() -> tuple[Device, ...]:
    """What can be recorded now, looked for in this process; nothing where no sound system is."""
    if sys.platform == "win32":
        from voicerec_desktop.audio.windows_sound import find_endpoints

        found = find_endpoints()
    else:
        from voicerec_desktop.audio.pulse import look_once

        found = look_once()
    return tuple(sorted(found, key=lambda device: (device.kind, not device.is_default)))
