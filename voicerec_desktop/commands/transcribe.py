"""`voicerec transcribe`."""

import argparse
import sys
from pathlib import Path

from voicerec_desktop.commands.exit_codes import exit_code
from voicerec_desktop.commands.progress import TerminalProgress
from voicerec_desktop.commands.session import (
    cancelled_by_interrupt,
    open_catalogue,
    open_library,
)
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.glossary import GlossaryEntry, parse_glossary
from voicerec_desktop.error_texts import error_text, system_language
from voicerec_desktop.export.registry import FORMATS, ExportOptions, render, write
from voicerec_desktop.paths import Home
from voicerec_desktop.pipeline.pipeline import (
    EMBEDDED_DIARIZATION,
    Pipeline,
    ProcessOptions,
    open_file,
)
from voicerec_desktop.pipeline.supervisor import Supervisor
from voicerec_desktop.store.library import Library


def transcribe(arguments: argparse.Namespace, home: Home) -> int:
    """Transcribe files one after another; a bad one does not stop the others."""
    options = _options(arguments)
    worst = 0
    with (
        open_library(home) as library,
        Supervisor(home.log) as supervisor,
        cancelled_by_interrupt() as cancel,
    ):
        library.mark_interrupted()
        pipeline = Pipeline(library, home, open_catalogue(home), supervisor)
        for path in arguments.files:
            try:
                _one(path, arguments, options, library, pipeline, cancel)
            except KnownError as error:
                if len(arguments.files) == 1:
                    raise
                print(f"voicerec: {error_text(error, system_language())}", file=sys.stderr)
                worst = worst or exit_code(error)
    return worst


def _options(arguments: argparse.Namespace) -> ProcessOptions:
    exact = arguments.speakers
    least, most = exact or arguments.min_speakers or 0, exact or arguments.max_speakers or 0
    if least and most and least > most:
        print("voicerec: --min-speakers is larger than --max-speakers", file=sys.stderr)
        raise SystemExit(2)
    return ProcessOptions(
        language="" if arguments.language == "auto" else arguments.language.lower(),
        model=arguments.model,
        device=arguments.device,
        diarization=not arguments.no_diarization,
        diarization_model=arguments.diarization_model or EMBEDDED_DIARIZATION,
        min_speakers=least,
        max_speakers=most,
        glossary=read_glossary(arguments.glossary) if arguments.glossary else (),
    )


def read_glossary(path: Path) -> tuple[GlossaryEntry, ...]:
    """The entries of a glossary file; raises `KnownError`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise KnownError(ErrorCode.FILE_MISSING, path=str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError(ErrorCode.FILE_UNREADABLE, str(error), path=str(path)) from error
    return parse_glossary(text, str(path))


def _one(
    path: Path,
    arguments: argparse.Namespace,
    options: ProcessOptions,
    library: Library,
    pipeline: Pipeline,
    cancel: CancelToken,
) -> None:
    cancel.check()
    meeting = open_file(library, path)
    with TerminalProgress(path.name) as progress:
        pipeline.process(meeting.id, options, cancel, progress.on_event)
    export_meeting(
        library, meeting.id, arguments.format, arguments.output, arguments.doubtful, path.stem
    )


def export_meeting(
    library: Library, meeting_id: str, name: str, output: str, doubtful: bool, stem: str
) -> None:
    """Print a meeting, or write it to a file or into a folder; raises `KnownError`."""
    transcript = library.transcript(meeting_id)
    language = "ru" if transcript.meeting.language == "ru" else "en"
    options = ExportOptions(doubtful=doubtful, language=language)
    if output == "-":
        sys.stdout.buffer.write(render(transcript, name, options))
        sys.stdout.buffer.flush()
        return
    target = Path(output)
    if target.is_dir() or output.endswith(("/", "\\")):
        target = target / f"{stem}{FORMATS[name].suffix}"
    write(transcript, name, options, target)
