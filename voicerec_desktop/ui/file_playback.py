"""Plays a file as it is, with QMediaPlayer."""

from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QUrl, Signal, Slot
from PySide6.QtMultimedia import QAudioDevice, QAudioOutput, QMediaPlayer

FITS = 0.3  # s: what the length of a file may differ from that of its decoded sound
NEAR = 1.0  # s: a first tick farther from where it was sent means that Qt forgot
TICK = 0.3  # s that the position runs on without news; Qt tells it every 0.1 s
_NOT_READY = (
    QMediaPlayer.MediaStatus.NoMedia,
    QMediaPlayer.MediaStatus.LoadingMedia,
    QMediaPlayer.MediaStatus.InvalidMedia,
)


class FilePlayback(QObject):
    """One file.

    Args:
        seconds: length of its decoded sound, or 0 where that is not known yet.

    Signals:
        ended: all of it was played.
        unfit: Qt cannot play it, or takes it for shorter or longer than it is.
    """

    ended = Signal()
    unfit = Signal()

    def __init__(
        self, path: Path, seconds: float, device: QAudioDevice, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._wanted = self._loaded = False
        self._base = 0.0  # the last known place, and since when it is known
        self._since = QElapsedTimer()
        self._sent: float | None = None  # where it was sent, until it has told that it is there
        self._output = QAudioOutput(device, self)
        self._player = QMediaPlayer(self)
        self._player.setAudioOutput(self._output)
        if hasattr(self._player, "setPitchCompensation"):  # Qt 6.10; before, its default kept it
            self._player.setPitchCompensation(True)
        self._player.mediaStatusChanged.connect(self._on_status)
        self._player.positionChanged.connect(self._on_tick)
        self._player.errorOccurred.connect(self._on_error)
        self._player.setSource(QUrl.fromLocalFile(str(path)))

    @property
    def position(self) -> float:
        """Where it plays, seconds, carried on between Qt's ticks."""
        if not self._wanted or not self._since.isValid():
            return self._base
        passed = min(self._since.elapsed() / 1000, TICK)
        return self._base + passed * self._player.playbackRate()

    def play(self, at: float) -> None:
        """Play from a place."""
        self._wanted = True
        self._send(at)
        if self._loaded:
            self._go()

    def pause(self) -> None:
        """Be silent."""
        self._base, self._wanted = self.position, False
        self._player.pause()

    def seek(self, at: float) -> None:
        """Play on elsewhere."""
        self._send(at)
        if self._loaded:
            self._player.setPosition(round(at * 1000))

    def set_rate(self, rate: float) -> None:
        """Play faster or slower; the pitch stays."""
        self._base = self.position
        if self._since.isValid():
            self._since.restart()
        self._player.setPlaybackRate(rate)

    def set_volume(self, volume: float) -> None:
        """0 to 1, as it is heard: linear."""
        self._output.setVolume(volume)

    def set_muted(self, numbers: set[int]) -> None:
        """Which tracks are not heard: there is only 0."""
        self._output.setMuted(0 in numbers)

    def set_device(self, device: QAudioDevice) -> None:
        """Play on another device."""
        self._output.setDevice(device)

    def release(self) -> None:
        """Let the file go."""
        self._wanted = False
        self._player.stop()
        self._player.setSource(QUrl())
        self.deleteLater()

    def _send(self, at: float) -> None:
        self._base, self._sent = at, at
        self._since.invalidate()

    def _go(self) -> None:
        """Start: a place that was set earlier is forgotten by Qt."""
        self._player.setPosition(round(self._base * 1000))
        self._player.play()

    @Slot(QMediaPlayer.MediaStatus)
    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status == QMediaPlayer.MediaStatus.EndOfMedia and self._wanted:
            self._wanted = False
            self.ended.emit()
        elif status not in _NOT_READY and not self._loaded:
            self._loaded = True
            away = abs(self._player.duration() / 1000 - self._seconds)
            if not self._player.isSeekable() or (self._seconds and away > FITS):
                self.unfit.emit()
            elif self._wanted:
                self._go()

    @Slot("qint64")
    def _on_tick(self, milliseconds: int) -> None:
        if not self._wanted:
            return
        at = milliseconds / 1000
        if self._sent is not None and abs(at - self._sent) > NEAR:
            self._player.setPosition(round(self._sent * 1000))
            self._sent = None
            return
        if self._sent is not None and at <= self._sent:
            return  # that is only what it was told
        self._sent, self._base = None, at
        self._since.restart()

    @Slot(QMediaPlayer.Error, str)
    def _on_error(self, _error: QMediaPlayer.Error, _text: str) -> None:
        self.unfit.emit()
