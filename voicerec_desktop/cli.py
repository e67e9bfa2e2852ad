"""The command line: `voicerec`. Heavy imports happen inside the commands."""

import argparse
import errno
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from voicerec_desktop import __version__
from voicerec_desktop.commands.exit_codes import EXIT_BUG, EXIT_CANCELLED, exit_code
from voicerec_desktop.commands.streams import mend_streams, mute_stdout
from voicerec_desktop.commands.usage import wrong_usage
from voicerec_desktop.core.errors import Cancelled, ErrorCode, KnownError
from voicerec_desktop.error_texts import error_text, system_language
from voicerec_desktop.log import NAME, log_to
from voicerec_desktop.paths import Home

_INTERNAL = (
    "Something went wrong inside the program. Try again; the log says more: {path}",
    "Внутренняя ошибка программы. Повторите; подробности в журнале: {path}",
)
FORMATS = ("txt", "md", "srt", "vtt", "json", "rttm", "docx")
MINUTES_FORMATS = ("md", "txt", "docx", "html", "json")
log = logging.getLogger(__name__)


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value


_positive.__name__ = "number of speakers"


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise ValueError(text)
    return value


_seconds.__name__ = "number of seconds"


def build_parser() -> argparse.ArgumentParser:
    """The whole command line (DESIGN.md 6)."""
    parser = argparse.ArgumentParser(
        prog="voicerec", description="Turn meetings into speaker-labelled text, on your computer."
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--home", type=Path, help="folder of settings, library and models")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_transcribe(commands.add_parser("transcribe", help="sound files to text with speakers"))
    _add_record(commands.add_parser("record", help="record a meeting"))
    devices = commands.add_parser("devices", help="microphones and outputs that can be recorded")
    devices.add_argument("--json", action="store_true")
    _add_minutes(commands.add_parser("minutes", help="minutes of a meeting by your own LLM"))
    _add_library(commands.add_parser("library", help="what has been transcribed"))
    _add_models(commands.add_parser("models", help="Whisper and diarization models"))
    _add_evaluate(commands.add_parser("evaluate", help="compare a JSON export with references"))
    doctor = commands.add_parser("doctor", help="what would be used here and why")
    doctor.add_argument("--json", action="store_true")
    return parser


def _add_transcribe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--language", default="auto", help="ru, en, ... or auto (default)")
    parser.add_argument("--model", default="whisper-base", metavar="ID")
    parser.add_argument("--device", choices=("auto", "cuda", "cpu"), default="auto")
    parser.add_argument("--speakers", type=_positive, metavar="N", help="exactly so many")
    parser.add_argument("--min-speakers", type=_positive, metavar="N")
    parser.add_argument("--max-speakers", type=_positive, metavar="N")
    parser.add_argument("--no-diarization", action="store_true", help="do not tell speakers apart")
    parser.add_argument("--diarization-model", default=None, metavar="ID")
    parser.add_argument("--glossary", type=Path, metavar="FILE")
    parser.add_argument("--format", choices=FORMATS, default="txt")
    parser.add_argument("--output", default="-", metavar="PATH", help="file, folder or - (default)")
    parser.add_argument("--doubtful", action="store_true", help="export doubtful text, too")
    parser.add_argument("--minutes", action="store_true", help="minutes by your own LLM, too")


def _add_record(parser: argparse.ArgumentParser) -> None:
    names = "NAME|default|none"
    parser.add_argument("--mic", default="default", metavar=names, help="see: voicerec devices")
    parser.add_argument("--system", default="default", metavar=names, help="what is played there")
    parser.add_argument(
        "--mode", choices=("call", "room", "system"), help="call (default): both sides"
    )
    parser.add_argument("--title", default="", help="of the meeting")
    parser.add_argument("--seconds", type=_seconds, metavar="S", help="stop after so many")
    parser.add_argument("--process", action="store_true", help="transcribe it afterwards")
    parser.add_argument("--attach", action="store_true", help="go on with one that runs")


def _add_minutes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID")
    parser.add_argument("--language", choices=("ru", "en"), help="default: that of the meeting")
    parser.add_argument("--template", metavar="NAME", help="general, standup, interview, ...")
    parser.add_argument("--format", choices=MINUTES_FORMATS, default="md")
    parser.add_argument("--output", default="-", metavar="PATH", help="file, folder or - (default)")
    parser.add_argument("--transcript", action="store_true", help="the transcript, too")


def _add_library(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="all meetings, newest first")
    show = actions.add_parser("show", help="one meeting with its text")
    search = actions.add_parser("search", help="find words in all meetings")
    export = actions.add_parser("export", help="write a meeting to a file")
    delete = actions.add_parser("delete", help="delete a meeting for ever")
    check = actions.add_parser("check", help="is the library sound?")
    backup = actions.add_parser("backup", help="copy the library")
    restore = actions.add_parser("restore", help="mend a damaged library from its backups")
    for one in (show, export, delete):
        one.add_argument("id", metavar="ID")
    search.add_argument("query", nargs="+", metavar="QUERY")
    export.add_argument("--format", choices=FORMATS, default="txt")
    export.add_argument("--output", default="-", metavar="PATH")
    export.add_argument("--doubtful", action="store_true", help="doubtful text, too")
    backup.add_argument("path", type=Path, metavar="PATH")
    for one in (listing, show, search, delete, check, backup, restore, export):
        one.add_argument("--json", action="store_true")


def _add_models(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="all models and whether they are here")
    fetch = actions.add_parser("fetch", help="download a model")
    imported = actions.add_parser("import", help="take a model from a folder or zip")
    verify = actions.add_parser("verify", help="check the files of all models that are here")
    path = actions.add_parser("path", help="print the folder of a model")
    for one in (fetch, path):
        one.add_argument("id", metavar="ID")
    fetch.add_argument("--mirror", metavar="URL", help="or VOICEREC_MIRROR")
    imported.add_argument("path", type=Path, metavar="PATH")
    for one in (listing, fetch, imported, verify, path):
        one.add_argument("--json", action="store_true")


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--hypothesis", type=Path, required=True, metavar="H.json")
    for name in ("stm", "rttm", "text"):
        parser.add_argument(f"--{name}", type=Path, metavar="FILE")
    parser.add_argument("--language", default="", help="of numbers: ru or en; default: as detected")


def _command(arguments: argparse.Namespace) -> Callable[[argparse.Namespace, Home], int]:
    """The function of the chosen command, imported only now."""
    if arguments.command == "transcribe":
        from voicerec_desktop.commands.transcribe import transcribe

        return transcribe
    if arguments.command == "record":
        from voicerec_desktop.commands.record import record

        return record
    if arguments.command == "devices":
        from voicerec_desktop.commands.devices import devices

        return devices
    if arguments.command == "minutes":
        from voicerec_desktop.commands.minutes import minutes

        return minutes
    if arguments.command == "library":
        from voicerec_desktop.commands.library import library

        return library
    if arguments.command == "models":
        from voicerec_desktop.commands.models import models

        return models
    if arguments.command == "evaluate":
        from voicerec_desktop.commands.evaluate import evaluate

        return evaluate
    from voicerec_desktop.commands.doctor import doctor

    return doctor


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (DESIGN.md 6)."""
    os.environ["PYANNOTE_METRICS_ENABLED"] = "0"  # no telemetry, before anything is imported
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    mend_streams()
    parser = build_parser()
    arguments = parser.parse_args(argv)
    if why := wrong_usage(arguments):
        parser.error(why)
    home = Home.under(arguments.home) if arguments.home else Home.default()
    log_to(home.log)
    try:
        return _run(arguments, home)
    except KnownError as error:
        log.warning("%s", error)
        print(f"voicerec: {error_text(error, system_language())}", file=sys.stderr)
        return exit_code(error)
    except (Cancelled, KeyboardInterrupt):
        return EXIT_CANCELLED
    except BrokenPipeError:  # whoever read our output has seen enough
        mute_stdout()
        return 0
    except Exception:
        log.exception("unexpected")
        text = _INTERNAL[system_language() == "ru"].format(path=home.log / NAME)
        print(f"voicerec: {text}", file=sys.stderr)
        return EXIT_BUG


def _run(arguments: argparse.Namespace, home: Home) -> int:
    try:
        code = _command(arguments)(arguments, home)
        sys.stdout.flush()
        return code
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        if error.filename is None:
            mute_stdout()
        path = str(error.filename or "stdout")
        raise KnownError(ErrorCode.DISK_FULL, str(error), path=path) from error
