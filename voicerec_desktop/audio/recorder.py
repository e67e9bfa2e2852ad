"""The recorder: tracks, disk and control, in one loop that nothing holds up for long."""

import contextlib
import errno
import gc
import logging
import os
import queue
import shutil
import time
from pathlib import Path

from voicerec_desktop.audio.awake import keep_awake
from voicerec_desktop.audio.control import Control
from voicerec_desktop.audio.journal import Began, Ended, Journal, Marked
from voicerec_desktop.audio.recording_files import RESERVE
from voicerec_desktop.audio.routing import Watch
from voicerec_desktop.audio.track import Track
from voicerec_desktop.audio.track_clock import now
from voicerec_desktop.audio.track_writer import TrackWriter
from voicerec_desktop.core.model import GapReason
from voicerec_desktop.recorder_messages import (
    AddMark,
    Pause,
    RecorderRequest,
    RecorderStatus,
    RecordOptions,
    Resume,
    State,
    Stop,
    UseDevice,
)

TICK = 0.05  # s
JUMP = 2.5  # s more than a tick: somebody stopped this process, or the computer slept
SLEPT = 0.5  # s by which the clock that goes on in standby ran ahead of the other one
SYNC = 0.4  # s
TIDY = 60.0  # s
RESERVE_BYTES = 4 * 2**20
DISK_PERIOD = 1.0  # s
DISK_LOW = 30 * 60.0  # s of recording
DISK_END = 5.0  # s of recording: then it ends
DISK_END_BYTES = 2**20
LAST_SOUND = 0.3  # s until what was heard at the click has come
USUAL_BYTES = 192_000  # a second, before a device is open
FULL = (errno.ENOSPC, errno.EDQUOT)
log = logging.getLogger(__name__)


class Recorder:
    """Records into a folder until it is told to stop.

    Args:
        zero: the time (`now`) of the click.
        started_at: the same, UTC, ISO 8601.

    Raises:
        OSError: the folder cannot be written to.
    """

    def __init__(
        self, folder: Path, options: RecordOptions, watch: Watch, zero: float, started_at: str
    ) -> None:
        self._folder = folder
        self._watch = watch
        self._zero = zero
        self._journal = Journal(folder)
        self._journal.add(Began(started_at, options.mode, tuple(options.tracks)))
        self._tracks = [
            Track(kind, chosen, TrackWriter(folder, kind, self._journal), self._journal, zero)
            for kind, chosen in options.tracks.items()
        ]
        self._why, self._until = "", 0.0
        self._state: State = "recording"
        self._disk_left = 0.0
        self._alerts: tuple[str, ...] = ()
        self._synced = self._looked = self._tidied = 0.0
        self._status = RecorderStatus("recording", 0.0)

    def status(self) -> RecorderStatus:
        """How it goes, as of the last tick."""
        return self._status

    def end(self, why: str) -> None:
        """Stop after this tick; the first reason counts."""
        self._why = self._why or why

    def run(self) -> str:
        """Record; why it ended."""
        with contextlib.ExitStack() as stack:
            self._tick()  # devices open while the rest gets ready
            control = Control(self._folder, self.status)
            stack.callback(control.close)
            self._keep_reserve()
            stack.enter_context(keep_awake())
            try:
                self._loop(control)
            except OSError as error:
                self._failed(error)
            self._finish()
        return self._why

    def _loop(self, control: Control) -> None:
        gc.collect()
        gc.freeze()
        gc.disable()
        while not self._why or now() < self._until:
            waited, slept = now(), _slept()
            with contextlib.suppress(queue.Empty):
                asked = control.asked.get(timeout=TICK)
                self._handle(asked.request)
                self._tell()
                asked.handled.set()
            if now() - waited > TICK + JUMP or _slept() - slept > SLEPT:
                log.warning("this process was stopped for %.1f s", now() - waited)
                for track in self._tracks:
                    track.lose(GapReason.SUSPENDED, drop=True)
            self._tick()

    def _tick(self) -> None:
        routing = self._watch.routing
        for track in self._tracks:
            elsewhere = ""
            if track.kind == "system" and routing:
                others = routing.playing - {track.device_id}
                asks = track.watchdog.asks_elsewhere
                elsewhere = self._watch.heard_on(others if asks else frozenset())
            track.tick(routing, elsewhere)
        at = now()
        if at - self._synced >= SYNC:
            for track in self._tracks:
                track.writer.sync()
            self._synced = at
        if at - self._looked >= DISK_PERIOD:
            self._look_at_disk()
            self._looked = at
        if at - self._tidied >= TIDY:
            gc.collect()
            self._tidied = at
        self._tell()

    def _handle(self, request: RecorderRequest) -> None:
        match request:
            case Stop():
                self._state = "stopping"
                self._until = now() + LAST_SOUND
                self.end("stopped")
            case Pause() | Resume():
                paused = isinstance(request, Pause)
                self._state = "paused" if paused else "recording"
                for track in self._tracks:
                    track.paused = paused
            case AddMark(note, at):
                self._journal.add(Marked(at if at >= 0 else now() - self._zero, note))
            case UseDevice(kind, device):
                for track in self._tracks:
                    if track.kind == kind:
                        track.chosen = device

    def _tell(self) -> None:
        self._status = RecorderStatus(
            self._state,
            now() - self._zero,
            tuple(track.status() for track in self._tracks),
            self._disk_left,
            self._alerts,
        )

    def _keep_reserve(self) -> None:
        """Set some space aside, so that what ends a recording fits on a full disk."""
        with contextlib.suppress(OSError), (self._folder / RESERVE).open("wb") as file:
            for _ in range(RESERVE_BYTES // 2**16):
                file.write(bytes(2**16))

    def _look_at_disk(self) -> None:
        free = shutil.disk_usage(self._folder).free
        needs = sum(track.writer.bytes_per_second for track in self._tracks) or USUAL_BYTES
        self._disk_left = max(0.0, (free - DISK_END_BYTES) / needs - DISK_END)
        self._alerts = ("disk_low",) if self._disk_left < DISK_LOW else ()
        if not self._disk_left:
            self._alerts = ("disk_full",)
            self.end("disk_full")

    def _failed(self, error: OSError) -> None:
        log.error("the recording ends: %r", error)
        self.end("disk_full" if error.errno in FULL else "failed")

    def _finish(self) -> None:
        """Close all files; each of them, whatever becomes of the others."""
        self._state = "stopping"
        with contextlib.suppress(OSError):
            (self._folder / RESERVE).unlink(missing_ok=True)
        for track in self._tracks:
            try:
                track.finish()
            except OSError as error:
                self._failed(error)
        try:
            self._journal.add(Ended(now() - self._zero, self._why))
        except OSError as error:
            log.error("the journal has no end: %r", error)
        self._journal.close()
        self._state = "done"
        self._tell()


def _slept() -> float:
    """Seconds that this computer slept so far, as far as the system tells."""
    if not hasattr(time, "CLOCK_BOOTTIME"):
        return 0.0
    return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)


def end_process(code: int) -> None:
    """End at once: sound libraries may wait for a dead server for ever."""
    logging.shutdown()
    os._exit(code)
