"""How long the program takes to start: its help, and the second start through dev.py."""

import subprocess
import sys
from statistics import median

import common

RUNS = 15


def middle(command: list[str]) -> float:
    """Median seconds of a command."""

    def run() -> None:
        subprocess.run(command, check=True, capture_output=True, cwd=common.ROOT)

    run()
    return median(common.seconds(run) for _ in range(RUNS))


def main() -> None:
    """Measure and report."""
    bare = middle([sys.executable, "-c", "pass"])
    shown = middle([sys.executable, "-m", "voicerec_desktop", "--help"])
    dev = middle([sys.executable, str(common.ROOT / "dev.py"), "run", "--", "--help"])
    common.report(
        "Start",
        f"Median of {RUNS}: `voicerec --help` {shown:.2f} s (target 0.3), Python alone {bare:.2f} "
        f"s, `dev.py run -- --help` when nothing changed {dev:.2f} s (target 2).",
    )


if __name__ == "__main__":
    main()
