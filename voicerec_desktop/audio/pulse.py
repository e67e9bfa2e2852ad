"""The sound server of Linux (PulseAudio, or PipeWire in its clothes): devices and routing.

The server moves a stream to another source when its own goes away, and tells nobody (ENGINEERING.md
0.2). So a thread listens to it and notes on which sources our streams really are.
"""

import contextlib
import logging
import os
import subprocess
import threading
from collections.abc import Iterable
from typing import Any

from voicerec_desktop.audio.devices import PULSE, Device, recorder_command
from voicerec_desktop.audio.routing import Routing
from voicerec_desktop.audio.track_clock import now

MONITOR = ".monitor"
PERIOD = 1.0  # s between two looks where the server tells of no change
RETRY = 0.3  # s
LISTEN = 0.3  # s of what is played elsewhere
PATIENCE = 5.0  # s for the process that listens
AUDIBLE = 0.003  # of full scale, -50 dBFS
NO_SINK = 0xFFFFFFFF
CHANGES = ("sink", "source", "source_output", "server")
log = logging.getLogger(__name__)


def source_name(device: Device) -> str:
    """What the server calls that from which a device is recorded."""
    name = device.id.removeprefix(PULSE)
    return name + MONITOR if device.kind == "system" else name


def look_once() -> tuple[Device, ...]:
    """What can be recorded now; nothing where no server answers."""
    import pulsectl

    try:
        with _connected() as server:
            return tuple(_look(server).devices.values())
    except pulsectl.PulseError as error:
        log.info("no sound server: %s", error)
        return ()


@contextlib.contextmanager
def _connected() -> Any:
    import pulsectl

    # its own view of a rate points to memory that the server's answer has already left
    pulsectl.PulseSourceInfo._init_from_struct = _keep_rate
    pulsectl.PulseSinkInfo._init_from_struct = _keep_rate
    server = pulsectl.Pulse("voicerec-recorder", connect=False)
    try:
        server.connect(autospawn=False)  # with a time limit it would use all of it
        yield server
    finally:
        server.close()


def _keep_rate(info: Any, struct: Any) -> None:
    info.rate = int(struct.sample_spec.rate)


def _look(server: Any) -> Routing:
    at = now()
    default = server.server_info()
    sources, sinks = server.source_list(), server.sink_list()
    devices = [
        *(
            Device(
                PULSE + source.name,
                source.description,
                "mic",
                source.name == default.default_source_name,
                source.channel_count,
                source.rate,
            )
            for source in sources
            if source.monitor_of_sink == NO_SINK
        ),
        *(
            Device(
                PULSE + sink.name,
                sink.description,
                "system",
                sink.name == default.default_sink_name,
                sink.channel_count,
                sink.rate,
            )
            for sink in sinks
        ),
    ]
    played = {stream.sink for stream in server.sink_input_list() if not stream.corked}
    return Routing(
        at,
        {device.id: device for device in devices},
        frozenset(_ours(server.source_output_list(), {s.index: s.name for s in sources})),
        frozenset(PULSE + sink.name for sink in sinks if sink.index in played),
    )


def _ours(streams: Iterable[Any], names: dict[int, str]) -> Iterable[str]:
    mine = str(os.getpid())
    for stream in streams:
        properties = stream.proplist
        if properties.get("application.process.id") == mine:
            name = names.get(stream.source, "")
            yield PULSE + name.removesuffix(MONITOR)


class PulseWatch:
    """Listens to the sound server from a thread of its own.

    Attributes:
        routing: the last look, None while there is no server.
    """

    def __init__(self) -> None:
        self.routing: Routing | None = None
        self._first = threading.Event()
        self._closed = threading.Event()
        self._listen_to: str | None = None
        self._heard: str | None = None
        self._thread = threading.Thread(target=self._run, name="pulse", daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> None:
        """Wait for the first look."""
        self._first.wait(seconds)

    def close(self) -> None:
        """End the thread within a look or so."""
        self._closed.set()
        self._thread.join(PERIOD + LISTEN + 0.5)

    def heard_on(self, devices: frozenset[str]) -> str:
        """One of these outputs on which something audible is played, or ""; asks, then knows.

        The answer comes with a later call: the thread has to listen first.
        """
        if self._heard is not None and self._listen_to not in devices:
            self._heard = None
        self._listen_to = min(devices, default=None)
        return self._heard or ""

    def _run(self) -> None:
        import pulsectl

        while not self._closed.is_set():
            try:
                with _connected() as server:
                    self._watch(server)
            except (pulsectl.PulseError, pulsectl.PulseDisconnected) as error:
                log.warning("the sound server is away: %s", error)
            self.routing = None
            self._first.set()
            self._closed.wait(RETRY)

    def _watch(self, server: Any) -> None:
        import pulsectl

        outdated = False

        def changed(_event: Any) -> None:
            nonlocal outdated
            outdated = True
            raise pulsectl.PulseLoopStop

        server.event_mask_set(*CHANGES)
        server.event_callback_set(changed)
        while not self._closed.is_set():
            outdated = False
            self.routing = _look(server)
            self._first.set()
            if not outdated:
                server.event_listen(timeout=PERIOD)
            if self._listen_to:
                self._listen(self._listen_to)
            else:
                self._heard = None

    def _listen(self, output: str) -> None:
        """Find out whether what is played on another output can be heard; see `print_peak`."""
        try:
            done = subprocess.run(
                recorder_command("--peak", output),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=PATIENCE,
            )
            peak = float(done.stdout or 0.0)
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            log.warning("nobody listened to %s: %s", output, error)
            peak = 0.0
        self._heard = output if peak >= AUDIBLE else None


def print_peak(output: str) -> None:
    """Say how loud the loudest sample of the next moment on an output is, 0 to 1.

    In a process of its own that ends at once: `get_peak_sample` lets go of what the server still
    calls, and that has brought a recorder down.
    """
    with _connected() as server:
        peak = server.get_peak_sample(output.removeprefix(PULSE) + MONITOR, LISTEN)
        print(peak, flush=True)
        os._exit(0)


def renew_soundcard() -> None:
    """Let SoundCard connect anew where the server that it knows is gone."""
    from soundcard import pulseaudio

    known = pulseaudio._pulse
    if known._pa_context_get_state(known.context) != pulseaudio._pa.PA_CONTEXT_READY:
        pulseaudio._pulse = pulseaudio._PulseAudio()


def end_soundcard(recorder: Any) -> None:
    """Wake whoever reads from SoundCard; he frees it."""
    from soundcard import pulseaudio

    pulseaudio._pulse._pa_stream_disconnect(recorder.stream)
