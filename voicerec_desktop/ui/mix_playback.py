"""Plays tracks together, mixed into one sink."""

from collections.abc import Sequence

from PySide6.QtCore import QIODevice, QObject, QTimer, Signal, Slot
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QtAudio

from voicerec_desktop.audio.listening import Sound
from voicerec_desktop.audio.mixer import Mixer, Pcm

AHEAD = 0.25  # s of sound that the device has: the main thread may be away for so long
FILL = 40  # ms between two looks whether it needs more


class MixPlayback(QObject):
    """The tracks of a meeting.

    Args:
        sounds: are closed on release.

    Signals:
        ended: all of it was played.
        broken: a track cannot be read any more.
        lost: the device takes no sound any more.
    """

    ended = Signal()
    broken = Signal()
    lost = Signal()

    def __init__(
        self, sounds: Sequence[Sound], device: QAudioDevice, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._mixer = Mixer(sounds)
        self._device = device
        self._rate = self._volume = 1.0
        self._at = 0.0
        self._sink: QAudioSink | None = None
        self._pipe: QIODevice | None = None
        self._pcm = Pcm(self._mixer.rate, self._mixer.rate, 1)
        self._rest = bytearray()  # rendered, and not yet given to the device
        self._timer = QTimer(self)
        self._timer.setInterval(FILL)
        self._timer.timeout.connect(self._on_timer)

    @property
    def position(self) -> float:
        """What is heard now, seconds: what was given to the device less what it still has."""
        if self._sink is None:
            return self._at
        held = self._sink.bufferSize() - self._sink.bytesFree() + len(self._rest)
        ahead = self._sink.format().durationForBytes(held) / 1e6 * self._rate
        return max(self._at, min(self._mixer.at, self._mixer.seconds) - ahead)

    def play(self, at: float) -> None:
        """Play from a place."""
        self._stop()
        self._at = at
        self._mixer.seek(at)
        form = _format(self._device, self._mixer.rate)
        self._pcm = Pcm(self._mixer.rate, form.sampleRate(), form.channelCount())
        self._rest.clear()
        self._sink = QAudioSink(self._device, form, self)
        self._sink.setBufferSize(form.bytesForDuration(round(AHEAD * 1e6)))
        self._sink.setVolume(self._volume)
        self._pipe = self._sink.start()
        self._timer.start()
        self._on_timer()

    def pause(self) -> None:
        """Be silent."""
        self._at = self.position
        self._stop()

    def seek(self, at: float) -> None:
        """Play on elsewhere."""
        self.play(at)

    def set_rate(self, rate: float) -> None:
        """Play faster or slower; the pitch stays."""
        self._rate = rate

    def set_volume(self, volume: float) -> None:
        """0 to 1, as it is heard: linear."""
        self._volume = volume
        if self._sink is not None:
            self._sink.setVolume(volume)

    def set_muted(self, numbers: set[int]) -> None:
        """Which tracks are not heard; the change comes when what the device has is played."""
        self._mixer.muted = set(numbers)

    def set_device(self, device: QAudioDevice) -> None:
        """Play on another device."""
        playing, self._device = self._sink is not None, device
        if playing:
            self.play(self.position)

    def release(self) -> None:
        """Let the files go."""
        self._stop()
        self._mixer.close()
        self.deleteLater()

    def _stop(self) -> None:
        self._timer.stop()
        if self._sink is not None:
            self._sink.reset()
            self._sink.deleteLater()
        self._sink = self._pipe = None

    @Slot()
    def _on_timer(self) -> None:
        sink, pipe = self._sink, self._pipe
        if sink is None or pipe is None or sink.state() == QtAudio.State.StoppedState:
            self._at = self.position
            self._stop()
            self.lost.emit()
            return
        if self._mixer.broken:
            self._at = self.position
            self._stop()
            self.broken.emit()
            return
        room = sink.bytesFree()
        self._render(room)
        if self._rest:
            written = pipe.write(bytes(self._rest[:room]))
            del self._rest[: max(0, written)]
        elif self._mixer.ended and room >= sink.bufferSize():
            self._at = self._mixer.seconds
            self._stop()
            self.ended.emit()

    def _render(self, room: int) -> None:
        """Make what the device has room for, or as much of it as is decoded."""
        while len(self._rest) < room and not self._mixer.ended:
            block = self._mixer.render(self._rate)
            if block is None:
                return
            self._rest += self._pcm.encode(block)


def _format(device: QAudioDevice, rate: int) -> QAudioFormat:
    """The rate of the sound, mono, where the device takes that, else its own; always int16."""
    form = QAudioFormat()
    form.setSampleRate(rate)
    form.setChannelCount(1)
    form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    if not device.isFormatSupported(form):
        form = device.preferredFormat()
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return form
