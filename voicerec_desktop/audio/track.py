"""One track while it is recorded: its device, come what may, and its writer.

A device that is lost is opened again, by name, never another one unless the user follows the
system's choice and that changed. Blocks are held back for a moment before they are written: when
the sound server has moved our stream to another source, they are dropped instead.
"""

import logging
import threading
from collections import deque
from dataclasses import dataclass

from voicerec_desktop.audio.capture import Block, CannotOpen, Stream, ways
from voicerec_desktop.audio.devices import Device
from voicerec_desktop.audio.journal import DeviceChanged, Journal
from voicerec_desktop.audio.levels import measure
from voicerec_desktop.audio.routing import Routing
from voicerec_desktop.audio.track_clock import StreamClock, now
from voicerec_desktop.audio.track_writer import TrackWriter
from voicerec_desktop.audio.watchdog import STALLED, Watchdog
from voicerec_desktop.audio.wav_segments import SAMPLE_BYTES
from voicerec_desktop.core.model import GapReason
from voicerec_desktop.recorder_messages import TrackStatus

FIRST_BLOCK = 3.0  # s more than later ones may take
FIRST_WAIT, LONGEST_WAIT = 0.2, 5.0  # s between two tries to open
HOLD = 0.15  # s that a block waits for news about the routing
BEHIND = 2.0  # s by which the silence of a hole stays behind, so that sound never overlaps it
CLOCK_PERIOD = 10.0  # s
LONG_START = 1.0  # s without sound at the beginning are a hole
log = logging.getLogger(__name__)


class Opening:
    """A device that is being opened; that can take as long as it likes."""

    def __init__(self, device: Device, way: int) -> None:
        self.device = device
        self.stream: Stream | None = None
        choices = ways(device.kind)
        self._open = choices[way % len(choices)]
        self._dropped = False
        self._thread = threading.Thread(target=self._run, name="opening", daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether it is open, or will not be."""
        return not self._thread.is_alive()

    def drop(self) -> None:
        """Close it again as soon as it is open."""
        self._dropped = True
        if self.done and self.stream:
            close_aside(self.stream)

    def _run(self) -> None:
        try:
            self.stream = self._open(self.device)
        except CannotOpen as error:
            log.warning("cannot open: %s", error)
        if self._dropped and self.stream:
            self.stream.close()


def close_aside(stream: Stream) -> None:
    """Close a stream without waiting for it: a dead sound server may never answer."""
    threading.Thread(target=stream.close, name="closing", daemon=True).start()


@dataclass(slots=True)
class _Held:
    block: Block
    late: bool


class Track:
    """One side of the meeting.

    Args:
        chosen: id of a device, or "" to follow the system's choice.
        zero: the time (`now`) of second 0.
    """

    def __init__(
        self, kind: str, chosen: str, writer: TrackWriter, journal: Journal, zero: float
    ) -> None:
        self.kind = kind
        self.chosen = chosen
        self.paused = False
        self.writer = writer
        self.watchdog = Watchdog(kind)
        self._journal = journal
        self._zero = zero
        self._stream: Stream | None = None
        self._opening: Opening | None = None
        self._device: Device | None = None
        self._clock: StreamClock | None = None
        self._clock_base = 0
        self._clock_noted = 0.0
        self._held: deque[_Held] = deque()
        self._lost = GapReason.DEVICE_LOST
        self._last_block = zero
        self._way = 0
        self._wait, self._try_at = FIRST_WAIT, 0.0

    @property
    def device_id(self) -> str:
        """Of what is recorded now, or ""."""
        return self._stream.device.id if self._stream else ""

    def status(self) -> TrackStatus:
        """For who watches."""
        peak, rms = self.watchdog.levels.shown()
        name = self._stream.device.name if self._stream else ""
        return TrackStatus(self.kind, name, self.writer.end, peak, rms, self.watchdog.alert)

    def tick(self, routing: Routing | None, elsewhere: str) -> None:
        """Do what there is to do, some twenty times a second.

        Raises:
            OSError: the disk is full.
        """
        at = now()
        if self._stream:
            self._follow(self._stream, routing, at)
        if self._stream:
            for block in self._stream.take():
                self._hear(block)
            self._let_go(at)
        else:
            self._try_to_open(routing, at)
            self._name_the_hole()
            if self.writer.began:
                self.writer.silence_until(at - self._zero - BEHIND)
        self._name_the_hole()
        self.watchdog.look(at, self._last_block, self._stream is not None, elsewhere)
        if self._stream and self.watchdog.wants_other_way():
            log.warning("%s: %s; trying the other way", self.kind, self.watchdog.alert)
            self._way += 1
            self.lose(GapReason.DEVICE_LOST)

    def lose(self, reason: GapReason, drop: bool = False) -> None:
        """Give the stream up and open one anew; `drop` what was not written yet."""
        if self._stream is None:
            return
        if not drop:
            for block in self._stream.take():
                self._hear(block)
            self._write_held()
        self._note_clock()
        self._held.clear()
        close_aside(self._stream)
        self._stream = self._clock = None
        self._lost = reason
        self._wait, self._try_at = FIRST_WAIT, 0.0

    def finish(self) -> None:
        """Write what is left, up to now, and close the files.

        Raises:
            OSError: the disk is full.
        """
        if self._opening:
            self._opening.drop()
        self.lose(GapReason.DEVICE_LOST)
        if self.writer.began:
            silent = now() - self._zero - self.writer.end > BEHIND
            if silent or self.paused:
                self._name_the_hole()
                self.writer.silence_until(now() - self._zero)
        self.writer.close()

    def _target(self, routing: Routing | None) -> Device | None:
        if routing is None:
            return None
        if self.chosen:
            return routing.devices.get(self.chosen)
        return routing.default(self.kind)

    def _follow(self, stream: Stream, routing: Routing | None, at: float) -> None:
        """Give the stream up where it died, was moved, or is not what is wanted any more."""
        patience = STALLED + (0 if self._clock else FIRST_BLOCK)
        wanted = self._target(routing)
        if routing and routing.is_moved(stream):
            log.warning("%s: the stream was moved away from %s", self.kind, stream.device.id)
            self.lose(GapReason.DEVICE_LOST, drop=True)
        elif not stream.alive or at - self._last_block > 2 * patience:
            log.warning("%s: %s is gone", self.kind, stream.device.id)
            self.lose(GapReason.DEVICE_LOST)
        elif routing and wanted is None and stream.device.id not in routing.devices:
            self.lose(GapReason.DEVICE_LOST, drop=True)
        elif wanted and wanted.id != stream.device.id:
            log.info("%s: %s instead of %s", self.kind, wanted.id, stream.device.id)
            self.lose(GapReason.DEVICE_LOST)

    def _try_to_open(self, routing: Routing | None, at: float) -> None:
        if self._opening is None:
            wanted = self._target(routing)
            if wanted and at >= self._try_at:
                self._opening = Opening(wanted, self._way)
            return
        if not self._opening.done:
            return
        self._stream, self._opening = self._opening.stream, None
        if self._stream:
            self._last_block = at
            self._wait = FIRST_WAIT
        else:
            self._try_at = at + self._wait
            self._wait = min(2 * self._wait, LONGEST_WAIT)

    def _hear(self, block: Block) -> None:
        """Take a block; it is written a moment later."""
        stream = self._stream
        assert stream is not None
        frame = stream.channels * SAMPLE_BYTES
        if len(block.frames) < frame:
            return
        self._last_block = block.at
        at = block.at - self._zero
        if self._clock is None:
            block = self._begin(stream, block, at)
        frames = len(block.frames) // frame
        assert self._clock is not None
        if step := self._clock.add(frames, at):
            self._fill(step)
        self._held.append(_Held(block, self._clock.late))
        if not self._clock.late:
            for held in self._held:
                held.late = False
        if frames:
            level = measure(block.frames, stream.channels, stream.sample_rate)
            self.watchdog.levels.add(level)
        if at - self._clock_noted >= CLOCK_PERIOD:
            self._note_clock()

    def _begin(self, stream: Stream, block: Block, at: float) -> Block:
        """The first block of a stream: silence up to its first frame."""
        frame = stream.channels * SAMPLE_BYTES
        frames = len(block.frames) // frame
        start = max(at - frames / stream.sample_rate, self.writer.end)
        skipped = max(0, frames - round((at - start) * stream.sample_rate))
        first = not self.writer.began
        if not first:
            self.writer.silence_until(start)
            self._name_the_hole(ends=True)
        self.writer.begin_run(
            stream.device, stream.sample_rate, stream.channels, 0.0 if first else start
        )
        if first:
            self.writer.silence_until(start)
            if start > LONG_START:
                self.writer.hole(0.0, start, GapReason.DEVICE_LOST)
        if self._device and self._device.id != stream.device.id:
            name = stream.device.name
            self._journal.add(DeviceChanged(self.kind, stream.device.id, name, start))
            self.watchdog.levels.clear()
        self._device = stream.device
        self._clock = StreamClock(stream.sample_rate, start)
        self._clock_base, self._clock_noted = self.writer.frames, at
        return Block(block.at, block.frames[skipped * frame :])

    def _fill(self, step: float) -> None:
        """Put silence where sound is missing: before the blocks that came late for it."""
        assert self._clock is not None
        self._note_clock()
        late = [held for held in self._held if held.late]
        self._held = deque(held for held in self._held if not held.late)
        self._write_held()
        start, frames = self.writer.end, round(step * self._clock.rate)
        self.writer.silence(frames)
        self.writer.hole(start, step, GapReason.OVERFLOW)
        self._clock_base += frames
        log.warning("%s: %.2f s of sound are missing", self.kind, step)
        self._held = deque(_Held(held.block, False) for held in late)

    def _let_go(self, at: float) -> None:
        """Write what nobody doubts any more."""
        while self._held and not self._held[0].late and self._held[0].block.at <= at - HOLD:
            self._write_first()

    def _write_held(self) -> None:
        while self._held:
            self._write_first()

    def _write_first(self) -> None:
        """Write the block that waits longest; what does not fit on the disk goes on waiting."""
        at, frames = self._held[0].block
        before = self.writer.frames
        try:
            self.writer.write(bytes(len(frames)) if self.paused else frames)
        except OSError:
            written = (self.writer.frames - before) * self.writer.frame_bytes
            self._held[0] = _Held(Block(at, frames[written:]), False)
            raise
        self._held.popleft()

    def _note_clock(self) -> None:
        if self._clock and (point := self._clock.take_point()):
            self.writer.look_at_clock(point[0], self._clock_base + point[1])
            self._clock_noted = point[0]

    def _name_the_hole(self, ends: bool = False) -> None:
        reason = None
        if self.paused:
            reason = GapReason.PAUSED
        elif self._clock is None and not ends:
            reason = self._lost
        self.writer.set_hole(reason)
