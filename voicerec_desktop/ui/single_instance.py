"""One running window for each home: a second start hands its files over and ends."""

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from voicerec_desktop.paths import Home

ANSWER_MS = 2000
RETRY_MS = 100
PATIENCE_MS = 10_000  # with a window that holds the home and does not answer: it ends, or hangs
MAX_BYTES = 2**20


class _Handed(msgspec.Struct):
    """What one start gives to the window that runs."""

    paths: list[bytes] = []
    record: bool = False


def _name(home: Home) -> str:
    """A name that no other user and no other home has; the socket is this user's only."""
    return "voicerec-" + hashlib.sha256(str(home.data.absolute()).encode()).hexdigest()[:16]


def hand_over(home: Home, paths: Sequence[Path], record: bool = False) -> bool:
    """Give files to the window that runs already; False where none answers.

    Args:
        record: let it begin a recording, or end the one that runs.
    """
    socket = QLocalSocket()
    socket.connectToServer(_name(home))
    if not socket.waitForConnected(ANSWER_MS):
        return False
    handed = _Handed([os.fsencode(path.absolute()) for path in paths], record)
    socket.write(msgspec.json.encode(handed) + b"\n")
    done = socket.waitForBytesWritten(ANSWER_MS) and socket.waitForReadyRead(ANSWER_MS)
    socket.disconnectFromServer()
    return done


class SingleInstance(QObject):
    """The right to be the window of a home, and an ear for other starts.

    Signals:
        received: paths that another start handed over, perhaps none.
        record_requested: another start was asked to begin or end a recording.
    """

    received = Signal(object)
    record_requested = Signal()

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        with suppress(OSError):  # whoever opens the library tells what is wrong with the disk
            home.data.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(home.data / "window.lock"))
        self._lock.setStaleLockTime(0)  # a lock is as old as its window; only dead ones are stale
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def claim(self, paths: Sequence[Path], record: bool = False) -> bool:
        """Become the window of the home, or give the wishes to the one that is, and return False.

        Two starts at the same moment become one window; one that just ends is waited for.
        """
        deadline = QDeadlineTimer(PATIENCE_MS)
        while not self._lock.tryLock(RETRY_MS):
            taken = self._lock.error() == QLockFile.LockError.LockFailedError
            if taken and hand_over(self._home, paths, record):
                return False
            if not taken or deadline.hasExpired():
                break  # a read-only disk, or a window that hangs: better two windows than none
        name = _name(self._home)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # of a window that died
            self._server.listen(name)
        return True

    @Slot()
    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._on_ready)
            socket.disconnected.connect(socket.deleteLater)
            self._read(socket)

    @Slot()
    def _on_ready(self) -> None:
        socket = self.sender()
        assert isinstance(socket, QLocalSocket)
        self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > MAX_BYTES:
                socket.abort()
            return
        try:
            handed = msgspec.json.decode(bytes(socket.readLine().data()), type=_Handed)
        except msgspec.MsgspecError:
            socket.abort()
            return
        socket.write(b"ok\n")
        socket.flush()  # whoever receives may take its time
        if handed.record:
            self.record_requested.emit()
        else:
            self.received.emit([Path(os.fsdecode(path)) for path in handed.paths])

    def stop_listening(self) -> None:
        """The window closes: later starts wait until `close`, and are windows of their own."""
        self._server.close()

    def close(self) -> None:
        """Give the home free."""
        self.stop_listening()
        self._lock.unlock()
