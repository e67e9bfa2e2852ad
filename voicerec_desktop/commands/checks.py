"""`voicerec evaluate` and `voicerec doctor`."""

import argparse
import json
import os
import platform
import shutil
from pathlib import Path
from typing import Any

from voicerec_desktop import __version__
from voicerec_desktop.commands.session import open_catalogue
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.paths import Home


def evaluate(arguments: argparse.Namespace, _home: Home) -> int:
    """Print the scores of a JSON export as JSON."""
    from voicerec_desktop.evaluate.scores import evaluate as score

    try:
        hypothesis = json.loads(_read(arguments.hypothesis))
    except ValueError as error:
        raise KnownError(
            ErrorCode.REFERENCE_INVALID, str(error), path=str(arguments.hypothesis), why="not_json"
        ) from error
    references = {
        name: _read(path)
        for name in ("stm", "rttm", "text")
        if (path := getattr(arguments, name)) is not None
    }
    print(json.dumps(score(hypothesis, **references, language=arguments.language), indent=1))
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise KnownError(ErrorCode.FILE_MISSING, path=str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError(ErrorCode.FILE_UNREADABLE, str(error), path=str(path)) from error


def doctor(arguments: argparse.Namespace, home: Home) -> int:
    """Print what would be used on this computer and why."""
    report = _report(home)
    if arguments.json:
        print(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        for key, value in report.items():
            print(f"{key:12} {value if isinstance(value, str) else json.dumps(value)}")
    return 0


def _report(home: Home) -> dict[str, Any]:
    from voicerec_desktop.pipeline.supervisor import Supervisor

    catalogue = open_catalogue(home)
    report: dict[str, Any] = {
        "version": __version__,
        "system": f"{platform.platform()}, Python {platform.python_version()}",
        "processors": os.cpu_count(),
        "library": str(home.library),
        "models": {m.id: catalogue.state(m.id).value for m in catalogue.models()},
    }
    existing = next(p for p in (home.data, *home.data.parents) if p.exists())
    report["disk_free_gb"] = round(shutil.disk_usage(existing).free / 1e9, 1)
    with Supervisor(home.log) as supervisor:
        for engine in ("asr", "diarization"):
            try:
                found = supervisor.probe(engine)
            except KnownError as error:
                report[engine] = {"error": str(error)}
                continue
            device = "cuda" if found.cuda_devices else "cpu"
            report[engine] = {
                "engine": found.engine,
                "device": device,
                "why": "CUDA device found" if found.cuda_devices else "no CUDA device found",
                "compute_types": {k: list(v) for k, v in found.compute_types.items()},
                "notes": list(found.notes),
            }
    return report
