"""The recorder's end of the pipe over which it is controlled."""

import contextlib
import logging
import os
import queue
import secrets
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, Listener
from pathlib import Path

import msgspec

from voicerec_desktop.audio.recording_files import CONTROL
from voicerec_desktop.files import write_whole
from voicerec_desktop.recorder_messages import (
    AskStatus,
    RecorderRequest,
    RecorderStatus,
    decode_request,
    encode,
)

HANDLED = 3.0  # s within which the recorder does what it is asked
log = logging.getLogger(__name__)


class Address(msgspec.Struct, frozen=True):
    """Where a recorder listens, and the key without which it does not."""

    address: str
    key: bytes


class Asked:
    """A request that waits for the recorder's loop."""

    def __init__(self, request: RecorderRequest) -> None:
        self.request = request
        self.handled = threading.Event()


class Control:
    """Listens from a thread of its own, for as many watchers as come.

    Attributes:
        asked: what the loop has to do.

    Args:
        status: gives the newest one, from any thread.
    """

    def __init__(self, folder: Path, status: Callable[[], RecorderStatus]) -> None:
        self.asked: queue.SimpleQueue[Asked] = queue.SimpleQueue()
        self._status = status
        self._file = folder / CONTROL
        self._private: Path | None = None
        address = self._address()
        key = secrets.token_bytes(32)
        self._listener = Listener(address, authkey=key)
        part = self._file.with_suffix(".part")
        write_whole(msgspec.json.encode(Address(address, key)), self._file, part, private=True)
        threading.Thread(target=self._accept, name="control", daemon=True).start()

    def close(self) -> None:
        """Be found by nobody any more. Threads that still answer end with the process."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self._listener.close()
        if self._private:
            shutil.rmtree(self._private, ignore_errors=True)

    def _address(self) -> str:
        """A name that nobody guesses; short, a socket's may have 107 bytes."""
        if sys.platform == "win32":
            return rf"\\.\pipe\voicerec-{secrets.token_hex(16)}"
        base = os.environ.get("XDG_RUNTIME_DIR", "")
        self._private = Path(
            tempfile.mkdtemp(prefix="voicerec-", dir=base if 0 < len(base) < 60 else "/tmp")
        )
        return str(self._private / "recorder")

    def _accept(self) -> None:
        while True:
            try:
                connection = self._listener.accept()
            except (AuthenticationError, EOFError, ConnectionError) as error:
                log.warning("somebody without the key: %r", error)
                continue
            except OSError:  # it is closed
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: "Connection[bytes, bytes]") -> None:
        with connection, contextlib.suppress(EOFError, OSError, msgspec.DecodeError):
            while True:
                asked = Asked(decode_request(connection.recv_bytes()))
                if not isinstance(asked.request, AskStatus):
                    self.asked.put(asked)
                    asked.handled.wait(HANDLED)
                connection.send_bytes(encode(self._status()))
