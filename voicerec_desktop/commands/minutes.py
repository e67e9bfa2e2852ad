"""`voicerec minutes`, and what `transcribe --minutes` shares with it."""

import argparse
import sys

from voicerec_desktop.commands.exit_codes import EXIT_MINUTES_LACK_PARTS
from voicerec_desktop.commands.output import Output
from voicerec_desktop.commands.progress import TerminalProgress
from voicerec_desktop.commands.session import cancelled_by_interrupt, open_library
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.minutes import Minutes
from voicerec_desktop.core.model import Meeting
from voicerec_desktop.error_texts import system_language
from voicerec_desktop.export.labels import clock
from voicerec_desktop.export.minutes.document import word
from voicerec_desktop.export.names import safe_name
from voicerec_desktop.minutes.prompts import template
from voicerec_desktop.minutes.server import Server, ServerMemory
from voicerec_desktop.paths import Home
from voicerec_desktop.pipeline.llm_server import llm_server, prompt_folders, with_model
from voicerec_desktop.pipeline.minutes import MinutesJob
from voicerec_desktop.settings import Settings, load_settings
from voicerec_desktop.store.library import Library

_GOES_TO = (
    "The text of the meeting is sent to {host}.",
    "Текст встречи отправляется на {host}.",
)


def minutes(arguments: argparse.Namespace, home: Home) -> int:
    """Make minutes of a meeting and print or write them."""
    output = Output(arguments.output, arguments.format, doubtful=False)
    output.check()
    with cancelled_by_interrupt() as cancel, open_library(home) as library:
        meeting = library.meeting(arguments.id)
        writer = MinutesWriter(library, home, arguments.language, arguments.template, cancel)
        made = writer.write(meeting)
        transcript, stem = library.transcript(meeting.id), safe_name(meeting.title)
        output.write_minutes(transcript, made, stem, arguments.transcript)
    return EXIT_MINUTES_LACK_PARTS if made.missing else 0


class MinutesWriter:
    """Makes minutes with what the user chose. Raises LLM_NOT_SET before any work.

    Args:
        language: "ru", "en", or None for the settings', else the meeting's.
        name: of the template, or None for the settings'.
    """

    def __init__(
        self,
        library: Library,
        home: Home,
        language: str | None,
        name: str | None,
        cancel: CancelToken,
    ) -> None:
        self._library, self._home, self._cancel = library, home, cancel
        self._settings: Settings = load_settings(home.config)
        self._server: Server = llm_server(self._settings, home)
        self._language = language or self._settings.minutes_language
        self._name = name or self._settings.minutes_template

    def write(self, meeting: Meeting) -> Minutes:
        """New minutes of a meeting; tells where its text goes, and which parts they lack."""
        self._server = with_model(self._server, self._cancel)
        language = self._language or ("ru" if meeting.language == "ru" else "en")
        print(_text(_GOES_TO).format(host=self._server.host), file=sys.stderr)
        with TerminalProgress(meeting.title) as progress:
            made = MinutesJob(
                self._library,
                meeting.id,
                self._server,
                template(prompt_folders(self._home), self._name, language),
                self._cancel,
                progress.on_event,
                self._settings.mask,
                ServerMemory(self._home.config),
            ).run()
        for part in made.missing:
            said = word("missing", system_language())
            print(said.format(start=clock(part.start), end=clock(part.end)), file=sys.stderr)
        return made


def _text(texts: tuple[str, str]) -> str:
    return texts[system_language() == "ru"]
