"""`voicerec transcribe`."""

import argparse
import sys
from pathlib import Path

from voicerec_desktop.commands.exit_codes import EXIT_MINUTES_LACK_PARTS, exit_code
from voicerec_desktop.commands.minutes import MinutesWriter
from voicerec_desktop.commands.output import Output
from voicerec_desktop.commands.progress import TerminalProgress
from voicerec_desktop.commands.session import (
    cancelled_by_interrupt,
    open_catalogue,
    open_library,
)
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import KnownError
from voicerec_desktop.error_texts import error_text, system_language
from voicerec_desktop.paths import Home
from voicerec_desktop.pipeline.glossary_files import read_glossary
from voicerec_desktop.pipeline.job import EMBEDDED_DIARIZATION, ProcessOptions
from voicerec_desktop.pipeline.opening import open_file
from voicerec_desktop.pipeline.pipeline import Pipeline
from voicerec_desktop.pipeline.supervisor import Supervisor
from voicerec_desktop.store.library import Library


def transcribe(arguments: argparse.Namespace, home: Home) -> int:
    """Transcribe files one after another; a bad one does not stop the others."""
    options = _options(arguments)
    several = len(arguments.files) > 1
    output = Output(arguments.output, arguments.format, arguments.doubtful, several)
    output.check()
    worst = 0
    with (
        cancelled_by_interrupt() as cancel,
        open_library(home) as library,
        Supervisor(home.log) as supervisor,
    ):
        writer = None
        if arguments.minutes:  # that there is no LLM is told before hours of work
            writer = MinutesWriter(library, home, None, None, cancel)
        pipeline = Pipeline(library, home, open_catalogue(home), supervisor)
        for path in arguments.files:
            try:
                code = _one(path, options, output, library, pipeline, cancel, writer)
                worst = worst or code
            except KnownError as error:
                if not several:
                    raise
                print(f"voicerec: {error_text(error, system_language())}", file=sys.stderr)
                worst = worst or exit_code(error)
        cancel.check()  # also where everything was done when it came
    return worst


def _options(arguments: argparse.Namespace) -> ProcessOptions:
    exact = arguments.speakers or 0
    return ProcessOptions(
        language="" if arguments.language.lower() == "auto" else arguments.language.lower(),
        model=arguments.model,
        device=arguments.device,
        diarization=not arguments.no_diarization,
        diarization_model=arguments.diarization_model or EMBEDDED_DIARIZATION,
        min_speakers=exact or arguments.min_speakers or 0,
        max_speakers=exact or arguments.max_speakers or 0,
        glossary=read_glossary(arguments.glossary) if arguments.glossary else (),
    )


def _one(
    path: Path,
    options: ProcessOptions,
    output: Output,
    library: Library,
    pipeline: Pipeline,
    cancel: CancelToken,
    writer: MinutesWriter | None,
) -> int:
    """Transcribe one file; its exit code."""
    cancel.check()
    meeting = open_file(library, path)
    with TerminalProgress(path.name) as progress:
        pipeline.process(meeting.id, options, cancel, progress.on_event)
    minutes = None
    try:
        if writer:
            minutes = writer.write(library.meeting(meeting.id))
    finally:  # whatever happens to the minutes, the text is there
        output.write(library, meeting.id, path.stem, minutes)
    return EXIT_MINUTES_LACK_PARTS if minutes and minutes.missing else 0
