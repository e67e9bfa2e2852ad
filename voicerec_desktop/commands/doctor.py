"""`voicerec doctor`: what would be used on this computer and why."""

import argparse
import json
from typing import Any

from voicerec_desktop.commands.session import open_catalogue
from voicerec_desktop.error_texts import system_language
from voicerec_desktop.paths import Home
from voicerec_desktop.pipeline.doctor import HERE, report
from voicerec_desktop.pipeline.supervisor import Supervisor

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


def doctor(arguments: argparse.Namespace, home: Home) -> int:
    """Print what would be used on this computer and why."""
    with Supervisor(home.log) as supervisor:
        found = report(home, open_catalogue(home), supervisor.probe, system_language())
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(found)))
    return 0


def _text(key: str, **params: object) -> str:
    return _TEXTS[key][system_language() == "ru"].format_map(params)


def _lines(found: dict[str, Any]) -> list[str]:
    """The report for people."""
    here = [i for i, state in found["models"].items() if state in HERE]
    others = [i for i in found["models"] if i not in here]
    return [
        _text("program", **found),
        _text("library", **found),
        *([found["library_problem"]] if found["library_problem"] else []),
        *(_text(name, how=_how(found[name]), **found[name]) for name in ("asr", "diarization")),
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
