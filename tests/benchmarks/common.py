"""What the benchmarks share: the data, the program as a user runs it, and RESULTS.md."""

import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("VOICEREC_EVAL_DATA", ROOT.parent / "shared" / "data"))
RESULTS = Path(__file__).with_name("RESULTS.md")
PACKAGES = ("faster-whisper", "ctranslate2", "pyannote.audio", "torch")


def voicerec(home: Path, *arguments: object) -> str:
    """The stdout of a command of the program, in its own home."""
    environment = {**os.environ, "VOICEREC_HOME": str(home)}
    command = [sys.executable, "-m", "voicerec_desktop", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise RuntimeError(f"{command}: {done.returncode}\n{done.stderr}")
    return done.stdout


def transcribe(home: Path, files: Sequence[Path], *arguments: object) -> dict[str, dict]:
    """JSON exports by the stem of the file."""
    with tempfile.TemporaryDirectory() as folder:
        target = f"{folder}/"
        voicerec(home, "transcribe", *files, "--format", "json", "--output", target, *arguments)
        return {p.stem: json.loads(p.read_text()) for p in Path(folder).glob("*.json")}


def mix(folder: Path, speakers: int, turns: int, seed: int) -> Path:
    """A conversation of real voices, with its RTTM beside it."""
    name = folder / f"mix_{speakers}_{seed}"
    command = [sys.executable, DATA / "make_mix.py", name, speakers, turns, seed]
    subprocess.run(list(map(str, command)), check=True)
    return name.with_suffix(".wav")


def sample() -> Path:
    """pyannote's bundled conversation."""
    import importlib.util

    spec = importlib.util.find_spec("pyannote.audio")
    return Path(spec.origin).parent / "sample" / "sample.wav"


def model(name: str) -> Path:
    """The folder of an embedded model, in a home of the benchmarks."""
    return Path(voicerec(home(), "models", "path", name).strip())


def home() -> Path:
    """A home that lives as long as the system's temporary folder."""
    return Path(tempfile.gettempdir()) / "voicerec-benchmarks"


def seconds(work) -> float:
    """How long a call takes."""
    began = time.monotonic()
    work()
    return time.monotonic() - began


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def report(name: str, body: str) -> None:
    """Print a result, and put it into RESULTS.md with the machine and the command."""
    cpu = next(
        (x.split(":")[1].strip() for x in _lines("/proc/cpuinfo") if x.startswith("model name")),
        platform.processor(),
    )
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    text = (
        f"## {name}\n\n`.venv/bin/python tests/benchmarks/{Path(sys.argv[0]).name}`, "
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} x {cpu}, Python "
        f"{platform.python_version()}, {versions}, no GPU\n\n{body}\n"
    )
    print(text)
    old = RESULTS.read_text() if RESULTS.exists() else "# Measurements\n\n"
    found = re.compile(rf"## {re.escape(name)}\n.*?(?=\n## |\Z)", re.DOTALL)
    new = found.sub(lambda _: text, old) if found.search(old) else f"{old.rstrip()}\n\n{text}"
    RESULTS.write_text(new)


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []
