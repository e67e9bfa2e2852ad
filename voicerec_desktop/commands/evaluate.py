"""`voicerec evaluate`."""

import argparse
import json
from pathlib import Path

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
