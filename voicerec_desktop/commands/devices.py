"""`voicerec devices`, and how a device is named on the command line."""

import argparse
import json
from collections.abc import Sequence

import msgspec

from voicerec_desktop.audio.devices import Device, Kind, list_devices
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.error_texts import system_language
from voicerec_desktop.paths import Home

DEFAULT, NONE = "default", "none"
_KINDS: dict[Kind, tuple[str, str]] = {
    "mic": ("Microphones", "Микрофоны"),
    "system": ("Outputs whose sound can be recorded", "Выходы, звук которых можно записать"),
}
_MISSING: dict[Kind, tuple[str, str]] = {
    "mic": ("microphone", "микрофон"),
    "system": ("output", "выход"),
}


def devices(arguments: argparse.Namespace, _home: Home) -> int:
    """Print what can be recorded; `*` is the system's choice."""
    found = list_devices()
    if arguments.json:
        print(json.dumps([msgspec.to_builtins(one) for one in found], ensure_ascii=False, indent=1))
        return 0
    for kind, titles in _KINDS.items():
        print(f"{titles[system_language() == 'ru']}:")
        for one in found:
            if one.kind == kind:
                print(f" {'*' if one.is_default else ' '} {one.name}  ({one.id})")
    return 0


def choose(found: Sequence[Device], kind: Kind, name: str) -> str:
    """The id of a device that is called so, or "" for the system's choice.

    Args:
        name: "default", an id, a name or a part of one that no other has.

    Raises:
        KnownError: NO_SOUND_DEVICE.
    """
    known = [device for device in found if device.kind == kind]
    if name.lower() == DEFAULT:
        if not known:
            missing = _MISSING[kind][system_language() == "ru"]
            raise KnownError(ErrorCode.NO_SOUND_DEVICE, name=missing)
        return ""
    wanted = name.casefold()
    for fits in (
        [one for one in known if wanted in (one.id.casefold(), one.name.casefold())],
        [one for one in known if wanted in one.name.casefold() or wanted in one.id.casefold()],
    ):
        if len(fits) == 1:
            return fits[0].id
    raise KnownError(ErrorCode.NO_SOUND_DEVICE, name=name)
