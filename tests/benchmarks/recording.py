"""The recorder on a real sound server: what is lost, how soon it hears, what it costs."""

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import common
import numpy as np

sys.path.insert(0, str(common.ROOT))
from tests.recording.conftest import (
    FEED,
    SPEAKERS,
    Session,
    SoundServer,
    counted,
    counting,
    samples,
    until,
)
from tests.recording.test_track_clock import RATE, Device
from voicerec_desktop.audio.recorder_client import RecordOptions
from voicerec_desktop.audio.track_clock import clock_rate

KILLS, STARTS = 20, 10
MINUTES = float(os.environ.get("VOICEREC_BENCHMARK_MINUTES", "60"))
SILENCE = np.zeros((RATE * 60, 1), "<i2")


@contextmanager
def sound_server() -> Iterator[SoundServer]:
    """A server of its own, in this process's environment."""
    folder = Path(tempfile.mkdtemp(prefix="vr-"))
    folder.chmod(0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    server = SoundServer(folder)
    server.start()
    yield server
    server.hush()
    server.kill()


@contextmanager
def session(mode: str = "call", **devices: str) -> Iterator[Session]:
    """A recording, ended however."""
    with tempfile.TemporaryDirectory() as folder:
        made = Session(Path(folder) / "recording", RecordOptions(mode, **devices))
        yield made
        if made.process.is_running():
            made.client.stop()
        made.client.close()


def talk(server: SoundServer, seconds: float) -> None:
    """Known sound on both sides."""
    server.play(FEED, counting(seconds), wait=False)
    server.play(SPEAKERS, counting(seconds, channels=2))
    server.wait_for_sound(FEED)


def kills() -> list[float]:
    """Seconds lost by each kill -9, the worse track of two; every piece is read."""
    lost = []
    with sound_server() as server:
        talk(server, 600)
        for seed in range(KILLS):
            with session() as made:
                made.heard(random.Random(seed).uniform(0.5, 4))
                at = made.kill()
                tracks = made.read().tracks
                assert all(counted(samples(track)) for track in tracks)
                lost.append(at - min(track.seconds for track in tracks))
    return lost


def starts() -> dict[str, list[float]]:
    """Seconds from the click to the first sample of each track."""
    first: dict[str, list[float]] = {"mic": [], "system": []}
    with sound_server() as server:
        server.play(FEED, counting(300), latency=20, wait=False)
        server.play(SPEAKERS, counting(300, channels=2), latency=20)
        server.wait_for_sound(FEED)
        for _ in range(STARTS):
            with session() as made:
                made.heard(0.6)
                for track in made.stop().tracks:
                    first[track.kind].append(counted(samples(track))[0][0] / RATE)
    return first


def cost() -> tuple[float, list[float], int]:
    """Percent of a core, megabytes each minute, holes, over an hour of two tracks."""
    with sound_server() as server:
        talk(server, MINUTES * 60 + 60)
        with session() as made:
            made.heard(10)
            before, began = made.process.cpu_times(), time.monotonic()
            memory = []
            while time.monotonic() - began < MINUTES * 60:
                memory.append(made.process.memory_info().rss / 1e6)
                time.sleep(min(60, MINUTES * 6))
            after, took = made.process.cpu_times(), time.monotonic() - began
            used = after.user + after.system - before.user - before.system
            holes = sum(len(track.holes) for track in made.stop().tracks)
    return 100 * used / took, memory, holes


def drift() -> float:
    """Milliseconds between two tracks after an hour, one of them 100 ppm fast, on reading."""
    ends = []
    for ppm in (0, 100):
        device = Device(ppm, start=0.0, seed=ppm)  # blocks of each come late in their own way
        assert device.run(3600) == []
        rate = clock_rate([device.points], RATE)
        ends.append(device.given / rate - device.now)
    return 1000 * abs(ends[1] - ends[0])


def deaf() -> dict[str, float]:
    """Seconds from the trouble to the alert."""
    loud = (60_000 * np.sin(np.arange(RATE * 60) / 40)).clip(-32_768, 32_767)[:, None]
    found = {}
    with sound_server() as server:
        server.play(FEED, SILENCE, wait=False)
        found["microphone of digital zeros"] = _delay("room", "mic", ("silent",))
        server.hush()
        server.play(FEED, loud)
        found["clipping"] = _delay("room", "mic", ("clipping",))
        server.add_output("headset")
        server.play("headset", counting(60, channels=2))
        server.play(SPEAKERS, SILENCE, wait=False)
        found["sound on another output"] = _delay("system", "system", ("elsewhere",))
        server.hush()
        talk(server, 60)
        with session("room") as made:
            made.heard(1)
            began = time.monotonic()
            server.kill()
            until(lambda: made.track("mic").alert in ("lost", "stalled"), 20)
            found["track that stopped growing"] = time.monotonic() - began
    return found


def _delay(mode: str, kind: str, codes: tuple[str, ...]) -> float:
    with session(mode, **({"system": f"pulse:{SPEAKERS}"} if kind == "system" else {})) as made:
        until(lambda: made.track(kind).seconds)
        began = time.monotonic()
        until(lambda: made.track(kind).alert in codes, 20)
        return time.monotonic() - began


def main() -> None:
    """Measure and report."""
    lost, first, late, alerts = kills(), starts(), drift(), deaf()
    percent, memory, holes = cost()
    rows = [
        ["lost by kill -9, worst of 20", f"{max(lost):.2f} s", "1.0 s"],
        ["the same, median", f"{sorted(lost)[KILLS // 2]:.2f} s", ""],
        *(
            [f"click to first sample, {kind}, worst of {STARTS}", f"{max(found):.2f} s", "0.3 s"]
            for kind, found in first.items()
        ),
        ["processor, two tracks at 48 kHz", f"{percent:.1f} % of a core", "3 %"],
        ["memory at the beginning", f"{memory[0]:.0f} MB", ""],
        [f"memory after {MINUTES:.0f} min", f"{memory[-1]:.0f} MB", "flat"],
        [f"holes in {MINUTES:.0f} min", holes, "0"],
        ["between the tracks after an hour of 100 ppm", f"{late:.1f} ms", "20 ms"],
        *([f"alert: {name}", f"{seconds:.1f} s", "8 s"] for name, seconds in alerts.items()),
    ]
    print(*rows, sep="\n", flush=True)
    common.report("Recording", common.table(["what", "measured", "target"], rows))


if __name__ == "__main__":
    main()
