"""What can be recorded at a moment, and where our streams really are."""

import sys
import threading
from dataclasses import dataclass, field
from typing import Protocol

from voicerec_desktop.audio.capture import Stream
from voicerec_desktop.audio.devices import Device, find_devices
from voicerec_desktop.audio.track_clock import now

FRESH = 0.3  # s after which a stream that was opened must be seen
PERIOD = 1.0  # s


@dataclass(frozen=True, slots=True)
class Routing:
    """How things are at one moment.

    Attributes:
        at: when that was (`now`).
        devices: what can be recorded, by id.
        ours: ids of the devices that this process records, None where that cannot be known.
        playing: ids of the outputs on which some program plays, or pretends to.
    """

    at: float
    devices: dict[str, Device] = field(default_factory=dict)
    ours: frozenset[str] | None = None
    playing: frozenset[str] = frozenset()

    def default(self, kind: str) -> Device | None:
        """The system's choice."""
        return next((d for d in self.devices.values() if d.kind == kind and d.is_default), None)

    def is_moved(self, stream: Stream) -> bool:
        """Whether a stream was seen at its device and is not there any more."""
        if self.ours is None or self.at < stream.opened_at + FRESH:
            return False
        if stream.device.id in self.ours:
            stream.seen = True
            return False
        return stream.seen


class Watch(Protocol):
    """Looks at the sound system from a thread of its own.

    Attributes:
        routing: the last look, None while there is no sound system.
    """

    routing: Routing | None

    def wait(self, seconds: float) -> None:
        """Wait for the first look."""

    def heard_on(self, devices: frozenset[str]) -> str:
        """One of these outputs on which something audible is played, or ""; asks, then knows."""

    def close(self) -> None:
        """End the thread."""


def watch() -> Watch:
    """The watch of this system."""
    if sys.platform == "win32":
        return EndpointWatch()
    from voicerec_desktop.audio.pulse import PulseWatch

    return PulseWatch()


class EndpointWatch:
    """Windows never moves a stream; devices come and go, and the default changes."""

    def __init__(self) -> None:
        self.routing: Routing | None = None
        self._first = threading.Event()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="endpoints", daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> None:
        """Wait for the first look."""
        self._first.wait(seconds)

    def heard_on(self, devices: frozenset[str]) -> str:
        """Nobody can be asked."""
        return ""

    def close(self) -> None:
        """End the thread."""
        self._closed.set()
        self._thread.join(2 * PERIOD)

    def _run(self) -> None:
        while not self._closed.is_set():
            try:
                found = {device.id: device for device in find_devices()}
                self.routing = Routing(now(), found)
            except (RuntimeError, OSError):
                self.routing = None
            self._first.set()
            self._closed.wait(PERIOD)
