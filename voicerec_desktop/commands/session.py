"""What the commands share: the library, the catalogue, Ctrl-C."""

import logging
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import KnownError
from voicerec_desktop.core.process_options import ProcessOptions
from voicerec_desktop.error_texts import system_language
from voicerec_desktop.paths import Home, embedded, resources
from voicerec_desktop.pipeline.recording import Recovered, recover_recordings
from voicerec_desktop.settings import Settings, load_settings
from voicerec_desktop.speech.catalogue import Catalogue
from voicerec_desktop.store.library import Library

_RECOVERED = (
    "A recording that broke off was recovered: {length} ({id})",
    "Восстановлена прерванная запись: {length} ({id})",
)
log = logging.getLogger(__name__)


def open_library(home: Home) -> Library:
    """The user's library, made where there is none; raises `KnownError`.

    Meetings whose process was killed are interrupted from now on, not under way, and recordings
    whose recorder died wait for their turn.
    """
    library = Library(home.library, home.backups)
    try:
        library.mark_interrupted()
        for found in recover_recordings(library, home, options=chosen_options(home)):
            _tell(found)
    except KnownError as error:  # a full disk must not hide what is in the library
        log.warning("interrupted meetings are not marked: %s", error)
    return library


def _tell(found: Recovered) -> None:
    length = f"{int(found.seconds) // 60}:{int(found.seconds) % 60:02}"
    text = _RECOVERED[system_language() == "ru"]
    print(text.format(length=length, id=found.meeting_id), file=sys.stderr)


def chosen_options(home: Home) -> ProcessOptions:
    """How the user of the window has meetings processed."""
    try:
        settings = load_settings(home.config)
    except KnownError as error:
        log.warning("%s", error)
        settings = Settings()
    return ProcessOptions(
        language=settings.language,
        model=settings.model,
        device=settings.device,
        diarization_model=settings.diarization_model,
    )


def open_catalogue(home: Home) -> Catalogue:
    """All models that could be used."""
    return Catalogue(home.models, embedded(), resources() / "models.toml")


@contextmanager
def cancelled_by_interrupt() -> Iterator[CancelToken]:
    """A token that Ctrl-C (or a polite kill) cancels; a second one ends the process at once."""
    token = CancelToken()
    if threading.current_thread() is not threading.main_thread():
        yield token
        return

    def on_signal(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.default_int_handler)
        token.cancel()

    names = [signal.SIGINT, signal.SIGTERM]
    before = {name: signal.signal(name, on_signal) for name in names}
    try:
        yield token
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
