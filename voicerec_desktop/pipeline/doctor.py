"""What would be used on this computer and why, for the command line and the window."""

import platform
import shutil
from collections.abc import Callable
from typing import Any

from voicerec_desktop import __version__
from voicerec_desktop.core.errors import KnownError
from voicerec_desktop.error_texts import error_text
from voicerec_desktop.messages import Devices
from voicerec_desktop.paths import Home
from voicerec_desktop.speech.catalogue import Catalogue, ModelState
from voicerec_desktop.speech.device import choose_compute_type, ladder, processors
from voicerec_desktop.store.library import Library

ENGINES = ("asr", "diarization")
HERE = (ModelState.INSTALLED, ModelState.EMBEDDED)
Probe = Callable[[str], Devices]


def report(home: Home, catalogue: Catalogue, probe: Probe, language: str) -> dict[str, Any]:
    """All of it, as values for JSON; starts the engines.

    Args:
        probe: what an engine can use here; raises `KnownError`.
        language: of the sentences about what fails, "ru" or "en".
    """
    return {
        **computer(home, catalogue),
        "library_problem": library_problem(home, language),
        **{engine: engine_report(engine, probe, language) for engine in ENGINES},
    }


def computer(home: Home, catalogue: Catalogue) -> dict[str, Any]:
    """Program, system, disk and models; reads disks."""
    existing = next(p for p in (home.data, *home.data.parents) if p.exists())
    return {
        "version": __version__,
        "system": f"{platform.platform()}, Python {platform.python_version()}",
        "processors": processors(),
        "library": str(home.library),
        "disk_free_gb": round(shutil.disk_usage(existing).free / 1e9, 1),
        "models": {m.id: catalogue.state(m.id).value for m in catalogue.models()},
    }


def library_problem(home: Home, language: str) -> str:
    """Why the library cannot be used, or ""; a library that is not there yet is no problem."""
    if not home.library.exists():
        return ""
    try:
        Library(home.library, home.backups).close()
    except KnownError as error:
        return error_text(error, language)
    return ""


def engine_report(engine: str, probe: Probe, language: str) -> dict[str, Any]:
    """What an engine would use; `why` in one word for scripts."""
    try:
        found = probe(engine)
    except KnownError as error:
        why = error_text(error, language)
        nothing = {"engine": engine, "device": "", "compute_type": "", "why": error.code.value}
        return {**nothing, "error": why, "notes": []}
    device = "cuda" if found.cuda_devices else "cpu"
    return {
        "engine": found.engine,
        "device": device,
        "compute_type": _compute_type(found, device),
        "why": "cuda_found" if found.cuda_devices else "no_cuda",
        "error": "",
        "notes": list(found.notes),
    }


def _compute_type(found: Devices, device: str) -> str:
    """What Whisper would reckon with; torch has no such choice."""
    supported = found.compute_types.get(device, ())
    return (
        choose_compute_type(ladder(device)[0].compute_type, device, supported) if supported else ""
    )
