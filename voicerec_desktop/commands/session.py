"""What the commands share: the library, the catalogue, Ctrl-C."""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import KnownError
from voicerec_desktop.paths import Home, embedded, resources
from voicerec_desktop.speech.catalogue import Catalogue
from voicerec_desktop.store.library import Library

log = logging.getLogger(__name__)


def open_library(home: Home) -> Library:
    """The user's library, made where there is none; raises `KnownError`.

    Meetings whose process was killed are interrupted from now on, not under way.
    """
    library = Library(home.library, home.backups)
    try:
        library.mark_interrupted()
    except KnownError as error:  # a full disk must not hide what is in the library
        log.warning("interrupted meetings are not marked: %s", error)
    return library


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
