"""The command line with something happening to it: `interfere.py POINT ACTION ARGUMENTS...`.

POINT is where: `import MODULE`, or `MODULE:NAME PATTERN`, a call whose arguments match PATTERN.
ACTION is what, the first time only: `kill`, `interrupt`, `interrupt twice`, `terminate`, `raise`,
`fill FOLDER` (up to its last byte), `worker ENGINE TIMES` (kill it, that many times).
"""

import importlib
import os
import re
import signal
import sys
from functools import wraps
from pathlib import Path

import psutil

where, what = sys.argv[1], sys.argv[2]
left = int(what.split()[2]) if what.startswith("worker") else 1


def happen() -> None:
    global left
    if left == 0:
        return
    left -= 1
    action, *details = what.split(" ", 1)
    if action == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif action == "interrupt":
        for _ in range(2 if details else 1):
            os.kill(os.getpid(), signal.SIGINT)
    elif action == "terminate":
        os.kill(os.getpid(), signal.SIGTERM)
    elif action == "raise":
        raise RuntimeError("as planned")
    elif action == "fill":
        fill(Path(details[0]))
    elif action == "worker":
        kill_worker(details[0].split()[0])


def fill(folder: Path) -> None:
    with (folder / "filler").open("wb", buffering=0) as file:
        for size in (2**16, 2**10, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                pass


def kill_worker(engine: str) -> None:
    for child in psutil.Process().children():
        if child.cmdline()[-1] == engine:
            child.kill()
            child.wait()


class Importing:
    """Sees every import first."""

    def find_spec(self, name, path=None, target=None):
        if name == where.split()[1]:
            happen()


def surround(module: str, name: str, pattern: str) -> None:
    owner = importlib.import_module(module)
    *outer, last = name.split(".")
    for part in outer:
        owner = getattr(owner, part)
    original = getattr(owner, last)

    @wraps(original)
    def method(*arguments, **named):
        if re.search(pattern, repr((arguments, named))):
            happen()
        return original(*arguments, **named)

    setattr(owner, last, method)


sys.argv[1:] = sys.argv[3:]
if where.startswith("import "):
    sys.meta_path.insert(0, Importing())
else:
    target, _, pattern = where.partition(" ")
    surround(*target.split(":"), pattern)

from voicerec_desktop.__main__ import run  # noqa: E402 - what happens may happen from here on

sys.exit(run())
