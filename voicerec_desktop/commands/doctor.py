"""`voicerec doctor`: what would be used on this computer and why."""

import argparse
import json
import platform
import shutil
from typing import Any

from voicerec_desktop import __version__
from voicerec_desktop.commands.session import open_catalogue
from voicerec_desktop.core.errors import KnownError
from voicerec_desktop.error_texts import error_text, system_language
from voicerec_desktop.messages import Devices
from voicerec_desktop.paths import Home
from voicerec_desktop.pipeline.supervisor import Supervisor
from voicerec_desktop.speech.catalogue import ModelState
from voicerec_desktop.speech.device import choose_compute_type, ladder, processors
from voicerec_desktop.store.library import Library

_TEXTS = {
    "program": (
        "Voicerec Desktop {version} on {system}, {processors} processors",
        "Voicerec Desktop {version}, {system}, процессоров: {processors}",
    ),
    "library": (
        "Library: {library} ({disk_free_gb} GB free)",
        "Библиотека: {library} (свободно {disk_free_gb} ГБ)",
    ),
    "asr": ("Speech to text: {how} ({engine})", "Распознавание речи: {how} ({engine})"),
    "diarization": ("Speakers: {how} ({engine})", "Разделение говорящих: {how} ({engine})"),
    "cpu": (
        "on the processor, because no NVIDIA graphics card can be used",
        "на процессоре: видеокарта NVIDIA не найдена или не работает",
    ),
    "cuda": ("on the NVIDIA graphics card", "на видеокарте NVIDIA"),
    "compute_type": (", numbers as {compute_type}", ", числа {compute_type}"),
    "failed": ("does not work: {why}", "не работает: {why}"),
    "here": ("Models that are here: {ids}", "Модели на этом компьютере: {ids}"),
    "others": (
        "Others: {ids}. Get one with: voicerec models fetch ID",
        "Другие: {ids}. Загрузить: voicerec models fetch ID",
    ),
    "none": ("none", "нет"),
}
_HERE = (ModelState.INSTALLED, ModelState.EMBEDDED)


def doctor(arguments: argparse.Namespace, home: Home) -> int:
    """Print what would be used on this computer and why."""
    report = _report(home)
    if arguments.json:
        print(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(report)))
    return 0


def _text(key: str, **params: object) -> str:
    return _TEXTS[key][system_language() == "ru"].format_map(params)


def _lines(report: dict[str, Any]) -> list[str]:
    """The report for people."""
    here = [i for i, state in report["models"].items() if state in _HERE]
    others = [i for i in report["models"] if i not in here]
    return [
        _text("program", **report),
        _text("library", **report),
        *([report["library_problem"]] if report["library_problem"] else []),
        *(_text(name, how=_how(report[name]), **report[name]) for name in ("asr", "diarization")),
        _text("here", ids=", ".join(here) or _text("none")),
        *([_text("others", ids=", ".join(others))] if others else []),
    ]


def _how(engine: dict[str, Any]) -> str:
    if engine["error"]:
        return _text("failed", why=engine["error"])
    how = _text(engine["device"])
    if engine["compute_type"]:
        how += _text("compute_type", **engine)
    return "; ".join([how, *engine["notes"]])


def _report(home: Home) -> dict[str, Any]:
    catalogue = open_catalogue(home)
    existing = next(p for p in (home.data, *home.data.parents) if p.exists())
    report: dict[str, Any] = {
        "version": __version__,
        "system": f"{platform.platform()}, Python {platform.python_version()}",
        "processors": processors(),
        "library": str(home.library),
        "library_problem": _library_problem(home),
        "disk_free_gb": round(shutil.disk_usage(existing).free / 1e9, 1),
        "models": {m.id: catalogue.state(m.id).value for m in catalogue.models()},
    }
    with Supervisor(home.log) as supervisor:
        for engine in ("asr", "diarization"):
            report[engine] = _engine(supervisor, engine)
    return report


def _library_problem(home: Home) -> str:
    """Why the library cannot be used, or ""; a library that is not there yet is no problem."""
    if not home.library.exists():
        return ""
    try:
        Library(home.library, home.backups).close()
    except KnownError as error:
        return error_text(error, system_language())
    return ""


def _engine(supervisor: Supervisor, engine: str) -> dict[str, Any]:
    """What an engine would use; `why` in one word for scripts."""
    try:
        found = supervisor.probe(engine)
    except KnownError as error:
        why = error_text(error, system_language())
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
