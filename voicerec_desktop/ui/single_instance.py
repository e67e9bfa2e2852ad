"""One running window for each home: a second start hands its files over and ends."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from voicerec_desktop.paths import Home

TIMEOUT_MS = 2000
MAX_BYTES = 2**20


def _name(home: Home) -> str:
    """A name that no other user and no other home has; the socket is this user's only."""
    return "voicerec-" + hashlib.sha256(str(home.data.absolute()).encode()).hexdigest()[:16]


def hand_over(home: Home, paths: Sequence[Path]) -> bool:
    """Give files to the window that runs already; False where there is none."""
    socket = QLocalSocket()
    socket.connectToServer(_name(home))
    if not socket.waitForConnected(TIMEOUT_MS):
        return False
    socket.write(msgspec.json.encode([str(path.absolute()) for path in paths]) + b"\n")
    done = socket.waitForBytesWritten(TIMEOUT_MS) and socket.waitForReadyRead(TIMEOUT_MS)
    socket.disconnectFromServer()
    return done


class SingleInstance(QObject):
    """Listens for other starts.

    Signals:
        received: paths that another start handed over, perhaps none.
    """

    received = Signal(object)

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        name = _name(home)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # of a window that died
            self._server.listen(name)

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
            paths = msgspec.json.decode(bytes(socket.readLine().data()), type=list[str])
        except msgspec.MsgspecError:
            socket.abort()
            return
        socket.write(b"ok\n")
        self.received.emit([Path(path) for path in paths])

    def close(self) -> None:
        """Listen no longer."""
        self._server.close()
