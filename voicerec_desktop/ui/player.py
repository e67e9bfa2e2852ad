"""Plays the open meeting: PyAV decodes, we mix, QAudioSink plays. Why not QMediaPlayer (Qt 6.11):

- It freezes the window. `stop()` waits for Qt's audio thread with Python's lock in hand, and that
  thread asks for the lock when it disconnects from the QAudioOutput that Python made: on a busy
  computer the tests of this file hung in one run of two.
- Two of them started together are 100 to 200 ms apart, tell their places in steps of 93 ms, and
  each correction by `setPosition` is a gap that is heard. One channel of a file cannot be muted.
- Where no header says how long a file is (mp3 of variable bit rate without one, raw AAC), it
  guesses, 552 s for 600, and nobody gets beyond that.

Mixed by ourselves tracks are exact to the sample, a track is muted within 0.25 s, the pitch is kept
at any speed on any version of Qt, and a place is that of the transcript. Files are decoded around
the place that is heard; those that cannot be played so are decoded as a whole first, in the
background, and so is what is there of a file that has vanished.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.model import Track
from voicerec_desktop.error_texts import window_text
from voicerec_desktop.paths import Home
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.i18n import current_language, fill
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.sound_output import output_device

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaDevices

    from voicerec_desktop.audio.listening import Sound
    from voicerec_desktop.ui.lanes import Task
    from voicerec_desktop.ui.mix_playback import MixPlayback

FRAME = 33  # ms between two news of the position
SLOWEST, FASTEST = 0.5, 3.0
END = 0.05  # s before the end from where playing starts anew
JITTER = 0.25  # s that the position may seem to fall back: it stands still instead


class Player(QObject):
    """The sound of the document's meeting. Nothing is loaded before somebody plays.

    Signals:
        position_changed: seconds, 30 times a second while it plays.
        playing_changed: also True while the sound is still being prepared.
        preparing_changed: sound is being decoded before it can be heard.
        duration_changed: seconds.
        rate_changed: 1.0 is as it was spoken.
        tracks_changed: other tracks, or one was muted.
        failed: a translated sentence.
    """

    position_changed = Signal(float)
    playing_changed = Signal(bool)
    preparing_changed = Signal(bool)
    duration_changed = Signal(float)
    rate_changed = Signal(float)
    tracks_changed = Signal()
    failed = Signal(str)

    def __init__(
        self, document: MeetingDocument, session: Session, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._session = document, session
        self._engine: MixPlayback | None = None
        self._devices: QMediaDevices | None = None
        self._task: Task | None = None
        self._playing = self._preparing = False
        self._at = self._duration = 0.0
        self._rate, self._volume = 1.0, 1.0
        self._muted: set[str] = set()
        self.tracks: tuple[Track, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME)
        self._timer.timeout.connect(self._on_frame)
        document.loaded.connect(self._on_loaded)
        document.closed.connect(self._on_closed)

    @property
    def playing(self) -> bool:
        """Whether it plays, or will as soon as the sound is there."""
        return self._playing

    @property
    def position(self) -> float:
        """Seconds."""
        return self._at

    @property
    def duration(self) -> float:
        """Seconds."""
        return self._duration

    @property
    def rate(self) -> float:
        """1.0 is as it was spoken."""
        return self._rate

    @property
    def volume(self) -> float:
        """0 to 1."""
        return self._volume

    def muted(self, track_id: str) -> bool:
        """Whether a track is not heard."""
        return track_id in self._muted

    @Slot()
    def play(self) -> None:
        """Play from where it stands; from the start when it stands at the end."""
        if self._playing or not self.tracks:
            return
        device = output_device()
        if device is None:
            self._fail(self._no_device())
            return
        self._watch_devices()
        if self._duration and self._at >= self._duration - END:
            self._move(0.0)
        self._set_playing(True)
        if self._engine is not None:
            self._engine.play(self._at)
        elif self._task is None:
            self._find(own_too=True)

    @Slot()
    def pause(self) -> None:
        """Stand still."""
        if not self._playing:
            return
        if self._engine is not None:
            self._engine.pause()
            self._move(self._engine.position)
        self._set_playing(False)

    @Slot()
    def toggle(self) -> None:
        """Play or pause."""
        if self._playing:
            self.pause()
        else:
            self.play()

    @Slot(float)
    def seek(self, seconds: float) -> None:
        """Go to a place, playing or not."""
        if not self.tracks:
            return
        self._move(max(0.0, min(seconds, self._duration or seconds)))
        if self._playing and self._engine is not None:
            self._engine.seek(self._at)

    @Slot(float)
    def skip(self, delta: float) -> None:
        """Go back or forward by seconds."""
        self.seek(self._at + delta)

    @Slot(float)
    def set_rate(self, rate: float) -> None:
        """Play at 0.5 to 3 times the speed; the pitch stays."""
        rate = max(SLOWEST, min(rate, FASTEST))
        if rate == self._rate:
            return
        self._rate = rate
        if self._engine is not None:
            self._engine.set_rate(rate)
        self.rate_changed.emit(rate)

    @Slot(float)
    def set_volume(self, volume: float) -> None:
        """0 to 1."""
        self._volume = max(0.0, min(volume, 1.0))
        if self._engine is not None:
            self._engine.set_volume(self._volume)

    @Slot(str, bool)
    def set_muted(self, track_id: str, muted: bool) -> None:
        """Leave a track out, or let it be heard again."""
        if muted == self.muted(track_id):
            return
        self._muted ^= {track_id}
        if self._engine is not None:
            self._engine.set_muted(self._muted_numbers())
        self.tracks_changed.emit()

    def _muted_numbers(self) -> set[int]:
        return {number for number, track in enumerate(self.tracks) if track.id in self._muted}

    @Slot()
    def _on_loaded(self) -> None:
        transcript = self._document.transcript
        assert transcript is not None
        length = transcript.meeting.duration
        if list(map(_sound_of, self.tracks)) != list(map(_sound_of, transcript.tracks)):
            self._unload()
        if self.tracks != transcript.tracks:
            self.tracks = transcript.tracks
            self._muted &= {track.id for track in self.tracks}
            self.tracks_changed.emit()
        if length != self._duration:
            self._duration = length
            self.duration_changed.emit(length)

    @Slot()
    def _on_closed(self) -> None:
        self._unload()
        self.tracks, self._duration = (), 0.0
        self._muted.clear()
        self.tracks_changed.emit()
        self.duration_changed.emit(0.0)

    def _unload(self) -> None:
        self._set_playing(False)
        self._drop_task()
        if self._engine is not None:
            self._engine.release()
            self._engine = None
        self._move(0.0)

    def _find(self, *, own_too: bool) -> None:
        """Look for the sound on the files lane, and decode it there where it must be.

        Args:
            own_too: the user's own file is all right; else it has turned out that it is not.
        """
        home, tracks, length = self._session.home, self.tracks, self._duration
        self._task = self._session.lanes["files"].start(
            lambda cancel: _sounds(home, tracks, length, cancel, own_too=own_too)
        )
        self._task.finished.connect(self._on_found)
        self._task.failed.connect(self._on_not_found)
        self._set_preparing(True)

    def _drop_task(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._set_preparing(False)

    @Slot(object)
    def _on_found(self, sounds: "Sequence[Sound]") -> None:
        device = output_device()
        current = self.sender() is self._task  # else it is of a meeting that is closed
        if current:
            self._drop_task()
        if not current or device is None:
            for sound in sounds:
                sound.close()
            if current:
                self._fail(self._no_device())
            return
        from voicerec_desktop.ui.mix_playback import MixPlayback

        self._engine = MixPlayback(sounds, device, self)
        self._engine.broken.connect(self._on_broken)
        self._engine.lost.connect(self._on_lost)
        self._engine.ended.connect(self._on_ended)
        self._engine.set_rate(self._rate)
        self._engine.set_volume(self._volume)
        self._engine.set_muted(self._muted_numbers())
        if self._playing:
            self._engine.play(self._at)

    @Slot(object)
    def _on_not_found(self, error: Exception) -> None:
        if self.sender() is not self._task:
            return
        self._drop_task()
        if not isinstance(error, KnownError):
            text = self.tr("This recording cannot be played. The log has the details.")
        elif error.code == ErrorCode.FILE_MISSING:
            path = error.params.get("path", "")
            text = self.tr("“%1” is no longer there. Put it back to listen to this meeting.")
            text = fill(text, path)
        else:
            text = window_text(error, current_language())
        self._fail(text)

    @Slot()
    def _on_broken(self) -> None:
        """Decode all of it: what is damaged is left out there."""
        if self._engine is not None and self.sender() is self._engine:
            self._move(self._engine.position)
            self._engine.release()
            self._engine = None
            self._find(own_too=False)

    @Slot()
    def _on_lost(self) -> None:
        self._fail(self._no_device())

    @Slot()
    def _on_ended(self) -> None:
        self._set_playing(False)
        self._move(self._duration)

    def _watch_devices(self) -> None:
        if self._devices is None:
            from PySide6.QtMultimedia import QMediaDevices

            self._devices = QMediaDevices(self)
            self._devices.audioOutputsChanged.connect(self._on_devices_changed)

    @Slot()
    def _on_devices_changed(self) -> None:
        """Headphones came or went: go on with what the system uses now."""
        device = output_device()
        if device is not None and self._engine is not None:
            self._engine.set_device(device)
        elif device is None and self._playing:
            self._fail(self._no_device())

    def _no_device(self) -> str:
        return self.tr("No sound output was found. Connect headphones or speakers and try again.")

    def _fail(self, sentence: str) -> None:
        self.pause()
        self.failed.emit(sentence)

    @Slot()
    def _on_frame(self) -> None:
        if self._engine is not None:
            at = min(self._engine.position, self._duration or self._engine.position)
            if not self._at - JITTER < at < self._at:
                self._move(at)

    def _move(self, at: float) -> None:
        if at != self._at:
            self._at = at
            self.position_changed.emit(at)

    def _set_playing(self, playing: bool) -> None:
        if playing == self._playing:
            return
        self._playing = playing
        if playing:
            self._timer.start()
        else:
            self._timer.stop()
        self.playing_changed.emit(playing)

    def _set_preparing(self, preparing: bool) -> None:
        if preparing != self._preparing:
            self._preparing = preparing
            self.preparing_changed.emit(preparing)


def _sound_of(track: Track) -> tuple[str, str, int]:
    """What makes a track another sound."""
    return track.id, track.path, track.channel


def _sounds(
    home: Home, tracks: Sequence[Track], seconds: float, cancel: CancelToken, *, own_too: bool
) -> "list[Sound]":
    from voicerec_desktop.pipeline.playback import open_sounds

    return open_sounds(home, tracks, seconds, cancel, own_too=own_too)
