"""A recorder as those see it who started or found it."""

import contextlib
import logging
import subprocess
import sys
import threading
import time
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection
from pathlib import Path

import msgspec

from voicerec_desktop.audio.control import Address
from voicerec_desktop.audio.devices import recorder_command
from voicerec_desktop.audio.journal import NAME as JOURNAL
from voicerec_desktop.audio.recording_files import CONTROL, read_recording, recorder_lives
from voicerec_desktop.audio.track_clock import now
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.recorder_messages import (
    AddMark,
    AskStatus,
    Pause,
    RecorderRequest,
    RecorderStatus,
    RecordOptions,
    Resume,
    Stop,
    UseDevice,
    decode_status,
    encode,
)

__all__ = ["RecordOptions", "RecorderClient", "attach", "start_recorder"]
START = 15.0  # s within which a recorder must answer
ANSWER = 10.0  # s
FINISH = 60.0  # s within which the files must be finished
DEAD = 2.0  # s within which the system frees what a dead one held
POLL = 0.01  # s
LOG = "recorder.log"
LAST_WORDS = 2000  # characters
log = logging.getLogger(__name__)


class RecorderClient:
    """The other end of a recorder's pipe; may be used from several threads.

    Attributes:
        folder: where it records.
    """

    def __init__(self, folder: Path, connection: "Connection[bytes, bytes]") -> None:
        self.folder = folder
        self._connection = connection
        self._lock = threading.Lock()

    def status(self) -> RecorderStatus:
        """How it goes; state "done" once the recording has ended and its files are finished.

        Raises:
            KnownError: the recorder died.
        """
        return self._ask(AskStatus())

    def pause(self) -> RecorderStatus:
        """Record silence from now on."""
        return self._ask(Pause())

    def resume(self) -> RecorderStatus:
        """End a pause."""
        return self._ask(Resume())

    def mark(self, note: str = "", at: float = -1.0) -> RecorderStatus:
        """Mark a moment of the meeting, or this one."""
        return self._ask(AddMark(note, at))

    def use_device(self, track: str, device: str) -> RecorderStatus:
        """Go on with another device; "" follows the system's choice."""
        return self._ask(UseDevice(track, device))

    def stop(self) -> RecorderStatus:
        """End the recording; its files are finished when this returns.

        Raises:
            KnownError: the recorder died, or does not end.
        """
        self._ask(Stop())
        deadline = time.monotonic() + FINISH
        while recorder_lives(self.folder):
            if time.monotonic() > deadline:
                raise KnownError(ErrorCode.RECORDER_DIED, "it does not end")
            time.sleep(POLL)
        return self._ended("")

    def close(self) -> None:
        """Watch no more; the recording goes on."""
        self._connection.close()

    def _ask(self, request: RecorderRequest) -> RecorderStatus:
        with self._lock:
            try:
                self._connection.send_bytes(encode(request))
                if not self._connection.poll(ANSWER):
                    raise KnownError(ErrorCode.RECORDER_DIED, "it does not answer")
                return decode_status(self._connection.recv_bytes())
            except (OSError, EOFError, msgspec.DecodeError) as error:
                return self._ended(repr(error))

    def _ended(self, detail: str) -> RecorderStatus:
        deadline = time.monotonic() + DEAD  # its pipe may be gone a moment before its lock
        while recorder_lives(self.folder) and time.monotonic() < deadline:
            time.sleep(POLL)
        recording = read_recording(self.folder)
        if recording is None or not recording.ended:
            raise KnownError(ErrorCode.RECORDER_DIED, f"{detail} {_last_words(self.folder)}")
        alerts = ("disk_full",) if recording.ended == "disk_full" else ()
        return RecorderStatus("done", recording.seconds, alerts=alerts)


def _last_words(folder: Path) -> str:
    """The end of what a recorder wrote into its log."""
    with contextlib.suppress(OSError):
        return (folder / LOG).read_text("utf-8", "replace")[-LAST_WORDS:]
    return ""


def start_recorder(folder: Path, options: RecordOptions) -> RecorderClient:
    """Begin to record into an empty folder; second 0 is the moment of this call.

    The recorder goes on whatever becomes of this process.

    Raises:
        KnownError: it cannot be started.
    """
    clicked = now()
    if (folder / JOURNAL).exists():
        raise KnownError(ErrorCode.RECORDER_NOT_STARTED, f"{folder} holds a recording")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        process = _start(folder, options, clicked)
    except OSError as error:
        raise KnownError(ErrorCode.RECORDER_NOT_STARTED, str(error)) from error
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        ended = process.poll() is not None
        if client := _connect(folder):
            _reap(process)
            return client
        if ended:
            raise KnownError(ErrorCode.RECORDER_NOT_STARTED, f"it ended: {process.returncode}")
        time.sleep(POLL)
    process.kill()
    process.wait()
    raise KnownError(ErrorCode.RECORDER_NOT_STARTED, "it does not answer")


def _start(folder: Path, options: RecordOptions, clicked: float) -> "subprocess.Popen[bytes]":
    arguments = ["--options", msgspec.json.encode(options).decode(), "--clicked", repr(clicked)]
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    folder = folder.absolute()
    with (folder / LOG).open("ab") as log_file:
        return subprocess.Popen(
            recorder_command(str(folder), *arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log_file,
            start_new_session=True,
            creationflags=flags,
            cwd=folder.anchor,  # it must not hold a folder that somebody wants to remove
        )


def _reap(process: "subprocess.Popen[bytes]") -> None:
    """Bury the recorder when it ends, however late; it is nobody's to wait for."""
    threading.Thread(target=process.wait, name="recorder", daemon=True).start()


def attach(folder: Path) -> RecorderClient:
    """Find the recorder that works in a folder.

    Raises:
        KnownError: none does.
    """
    client = _connect(folder) if recorder_lives(folder) else None
    if client is None:
        raise KnownError(ErrorCode.RECORDER_DIED, f"none in {folder}")
    return client


def _connect(folder: Path) -> RecorderClient | None:
    with contextlib.suppress(OSError, EOFError, msgspec.DecodeError, AuthenticationError):
        found = msgspec.json.decode((folder / CONTROL).read_bytes(), type=Address)
        return RecorderClient(folder, Client(found.address, authkey=found.key))
    return None
