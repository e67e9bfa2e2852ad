"""Three soft tones on the system's output, to see whether they arrive."""

from math import pi, sin
from struct import pack
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QObject, Slot

from voicerec_desktop.ui.sound_output import output_device

RATE = 48_000
TONES = (523.25, 659.25, 783.99)  # Hz: c, e, g
LENGTH, FADE, LOUDNESS = 0.5, 0.05, 0.3  # s, s, of full scale


def samples() -> bytes:
    """One after the other, without clicks: 16 bit, mono, 48 kHz."""
    made = []
    for tone in TONES:
        for i in range(round(LENGTH * RATE)):
            seconds = i / RATE
            gain = min(1.0, seconds / FADE, (LENGTH - seconds) / FADE)
            made.append(round(32767 * LOUDNESS * gain * sin(2 * pi * tone * seconds)))
    return pack(f"<{len(made)}h", *made)


class Tones(QObject):
    """Plays them; a second press begins anew."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sink: Any = None
        self._buffer: QBuffer | None = None

    @Slot()
    def play(self) -> None:
        """Play; nothing happens where there is no output."""
        device = output_device()
        if device is None:
            return
        from PySide6.QtMultimedia import QAudioFormat, QAudioSink

        wanted = QAudioFormat()
        wanted.setSampleRate(RATE)
        wanted.setChannelCount(1)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(samples()))
        self._buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self._sink = QAudioSink(device, wanted, self)
        self._sink.start(self._buffer)
