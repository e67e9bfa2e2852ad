"""Open devices: blocks of 16-bit frames with the time at which they came.

Whoever takes the blocks may be late by seconds: they wait in a queue, and before it in a second of
buffer of the system's own. What runs per block does nothing but put it there (ENGINEERING.md 1.1).
"""

import contextlib
import logging
import os
import queue
import sys
import threading
from collections.abc import Callable
from typing import Any, NamedTuple

from voicerec_desktop.audio.devices import Device
from voicerec_desktop.audio.track_clock import now

LATENCY = 1.0  # s
MAX_CHANNELS = 2  # the system mixes down what has more
PULSE_DEVICE = "pulse"  # of the ALSA plug-in of the sound server
BLOCKS_PER_SECOND = 10
log = logging.getLogger(__name__)
_opening = threading.Lock()  # the way to choose a source is the environment


class CannotOpen(Exception):  # noqa: N818 - it is asked for again, not reported
    """A device does not open now."""


class Block(NamedTuple):
    """Some frames, int16 interleaved, and when they came (`now`)."""

    at: float
    frames: bytes


class Stream:
    """An open device.

    Attributes:
        blocks: what it heard and nobody took yet.
        alive: whether more may come.
        seen: whether the sound system was seen to have it where it should be.
    """

    def __init__(self, device: Device, sample_rate: int, channels: int) -> None:
        self.device = device
        self.sample_rate = sample_rate
        self.channels = channels
        self.opened_at = now()
        self.blocks: queue.SimpleQueue[Block] = queue.SimpleQueue()
        self.alive = True
        self.seen = False
        self.close: Callable[[], None] = lambda: None

    def take(self) -> list[Block]:
        """The blocks since the last call."""
        found = []
        with contextlib.suppress(queue.Empty):
            while True:
                found.append(self.blocks.get_nowait())
        return found


Opener = Callable[[Device], Stream]


def ways(kind: str) -> tuple[Opener, ...]:
    """How a track can be captured here, the best way first."""
    if sys.platform == "win32":
        from voicerec_desktop.audio import windows_sound

        if kind == "system":
            return (_open_with_soundcard, windows_sound.open_loopback)
        return (windows_sound.open_microphone, _open_with_soundcard)
    # a third of SoundCard's processor time here, and no assertion of libpulse in our process
    return (_open_with_portaudio, _open_with_soundcard)


def forms(device: Device) -> list[tuple[int, int]]:
    """Sample rates and channels to try, the device's own first."""
    channels = max(1, min(device.channels, MAX_CHANNELS))
    found = [
        (rate, count)
        for rate in (device.sample_rate, 48_000, 44_100, 16_000)
        for count in (channels, 1, 2)
    ]
    return list(dict.fromkeys(found))


def _open_with_portaudio(device: Device) -> Stream:
    """The sound server's source, through its ALSA plug-in."""
    from voicerec_desktop.audio.pulse import source_name

    with _opening:
        os.environ["PULSE_SOURCE"] = source_name(device)
        return open_portaudio(device, PULSE_DEVICE)


def open_portaudio(device: Device, name: str | int, extra: Any = None) -> Stream:
    """Open PortAudio's device.

    Raises:
        CannotOpen: it does not exist, or is busy.
    """
    import sounddevice

    try:
        sounddevice.query_devices(name)
    except ValueError:  # it looks for devices once, and there may have been none
        with contextlib.suppress(sounddevice.PortAudioError):
            sounddevice._terminate()
        sounddevice._initialize()
    problem: Exception | None = None
    for sample_rate, channels in forms(device):
        stream = Stream(device, sample_rate, channels)
        try:
            return _start_portaudio(stream, name, extra)
        except (sounddevice.PortAudioError, ValueError) as error:
            problem = error
    raise CannotOpen(f"{device.id}: {problem}")


def _start_portaudio(stream: Stream, name: str | int, extra: Any) -> Stream:
    import sounddevice

    put = stream.blocks.put

    def heard(data: Any, _frames: int, _time: Any, _status: Any) -> None:
        put(Block(now(), bytes(data)))

    def finished() -> None:
        stream.alive = False

    opened = sounddevice.RawInputStream(
        device=name,
        samplerate=stream.sample_rate,
        channels=stream.channels,
        dtype="int16",
        blocksize=0,
        latency=LATENCY,
        callback=heard,
        finished_callback=finished,
        extra_settings=extra,
    )

    def close() -> None:
        stream.alive = False
        opened.close()

    stream.close = close
    opened.start()
    stream.opened_at = now()
    return stream


def _open_with_soundcard(device: Device) -> Stream:
    """The system's own way, through SoundCard.

    Raises:
        CannotOpen: it does not exist, or is busy.
    """
    with _opening:
        try:
            microphone = _soundcard_source(device)
        except (RuntimeError, AssertionError, IndexError, OSError) as error:
            raise CannotOpen(f"{device.id}: {error!r}") from error
        problem: Exception | None = None
        for sample_rate, channels in forms(device):
            if sys.platform == "win32" and channels < 2:
                continue  # a single channel comes out as noise there
            try:
                recorder = microphone.recorder(
                    sample_rate, channels, sample_rate // BLOCKS_PER_SECOND
                )
                recorder.__enter__()
            except (RuntimeError, AssertionError, IndexError, OSError) as error:
                problem = error
                continue
            return _read_soundcard(Stream(device, sample_rate, channels), recorder)
    raise CannotOpen(f"{device.id}: {problem!r}")


def _soundcard_source(device: Device) -> Any:
    """SoundCard's name for a device; exactly this one, it guesses otherwise."""
    import soundcard

    if sys.platform == "win32":
        from voicerec_desktop.audio.windows_sound import endpoint

        wanted = endpoint(device)
    else:
        from voicerec_desktop.audio.pulse import renew_soundcard, source_name

        renew_soundcard()
        wanted = source_name(device)
    found = soundcard.get_microphone(wanted, include_loopback=device.kind == "system")
    if found.id != wanted:
        raise IndexError(wanted)
    return found


def _read_soundcard(stream: Stream, recorder: Any) -> Stream:
    """Read what SoundCard hears from a thread, until the stream is closed or dies."""
    import numpy as np

    wanted, freed = True, False
    freeing = threading.Lock()  # libpulse ends the process when one uses what is freed
    frames = stream.sample_rate // BLOCKS_PER_SECOND

    def read() -> None:
        nonlocal freed
        try:
            while wanted:
                heard = recorder.record(frames)
                at = now()
                scaled = np.clip(np.rint(heard * 32_768.0), -32_768, 32_767)
                stream.blocks.put(Block(at, scaled.astype("<i2").tobytes()))
        except (RuntimeError, ValueError, TypeError, OSError, AssertionError) as error:
            if wanted:
                log.warning("%s: %r", stream.device.id, error)
        finally:
            stream.alive = False
            with freeing, contextlib.suppress(RuntimeError, OSError, AssertionError):
                freed = True
                recorder.__exit__(None, None, None)

    thread = threading.Thread(target=read, name="soundcard", daemon=True)

    def close() -> None:
        nonlocal wanted
        wanted = False
        if sys.platform != "win32":
            from voicerec_desktop.audio.pulse import end_soundcard

            with freeing:
                if not freed:
                    end_soundcard(recorder)  # it may wait for sound that never comes
        thread.join(2 * LATENCY)

    stream.close = close
    stream.opened_at = now()
    thread.start()
    return stream
