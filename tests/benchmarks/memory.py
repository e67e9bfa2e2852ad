"""Peak memory of all processes on recordings of half an hour and of three hours."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import common
import psutil
import soundfile

SPEAKERS, TURNS, SEED = 4, 88, 21
POLL = 1.0  # s
LENGTHS = {"30 minutes": 1800, "3 hours": 10800}


def repeated(source: Path, target: Path, seconds: int) -> None:
    """The conversation over and over."""
    samples, rate = soundfile.read(source, dtype="int16")
    with soundfile.SoundFile(target, "w", rate, 1, "PCM_16") as sink:
        left = seconds * rate
        while left > 0:
            sink.write(samples[:left])
            left -= min(left, len(samples))


def resident(process: psutil.Process) -> int:
    """Bytes of a process in memory, the mapped decoded sound aside."""
    total, ours = 0, True
    for line in Path(f"/proc/{process.pid}/smaps").read_text().splitlines():
        head = line.split(maxsplit=1)[0]
        if not head.endswith(":"):
            ours = not line.endswith(".f32")
        elif head == "Rss:" and ours:
            total += int(line.split()[1]) * 1024
    return total


def peaks(path: Path) -> dict[str, float]:
    """Megabytes at most: of all processes together and of each kind; seconds of wall time."""
    environment = {**os.environ, "VOICEREC_HOME": str(common.home())}
    command = [sys.executable, "-m", "voicerec_desktop", "transcribe", str(path)]
    began = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    found: dict[str, float] = {}
    while child.poll() is None:
        here: dict[str, float] = {}
        parent = psutil.Process(child.pid)
        for process in (parent, *parent.children(recursive=True)):
            try:
                kind = process.cmdline()[-1] if process.pid != child.pid else "main"
                here[kind] = resident(process) / 1e6
            except (psutil.Error, OSError, IndexError):
                continue
        here["together"] = sum(here.values())
        found = {k: max(found.get(k, 0.0), here.get(k, 0.0)) for k in {*found, *here}}
        time.sleep(POLL)
    if child.returncode:
        raise RuntimeError(f"{command}: {child.returncode}")
    return found | {"seconds": time.monotonic() - began}


def main() -> None:
    """Measure and report."""
    common.model("whisper-base")
    common.model("diarization-embedded")
    rows, together = [], []
    with tempfile.TemporaryDirectory() as folder:
        source = common.mix(Path(folder), SPEAKERS, TURNS, SEED)
        for name, seconds in LENGTHS.items():
            path = Path(folder) / f"{seconds}.wav"
            repeated(source, path, seconds)
            found = peaks(path)
            together.append(found["together"])
            kinds = ("together", "main", "asr", "diarization")
            rows.append([name, *(f"{found[k]:.0f}" for k in kinds), f"{found['seconds']:.0f}"])
            path.unlink()
    common.report(
        "Memory",
        common.table(["recording", "together, MB", "main", "asr", "diarization", "seconds"], rows)
        + f"\n\nResident, mapped decoded sound aside, highest of samples {POLL:.0f} s apart. "
        f"3 hours over 30 minutes: {together[1] / together[0]:.2f} (target 1.3).",
    )


if __name__ == "__main__":
    main()
