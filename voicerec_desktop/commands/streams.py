"""Standard output and error, whatever they are connected to."""

import io
import os
import sys


def mend_streams() -> None:
    """Write UTF-8, also into pipes; a stream that is closed becomes mute."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def mute_stdout() -> None:
    """Forget what could not be written: Python would try again at its end, and fail loudly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
