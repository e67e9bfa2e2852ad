"""Files that are whole or not there."""

import contextlib
import os
from pathlib import Path


def write_whole(body: bytes, path: Path, part: Path) -> None:
    """Write a file so that whoever reads it finds the old one or the new one, never a half.

    Args:
        part: its name until it is whole, in the same folder; gone where that fails.

    Raises:
        OSError: the disk is full, or the folder cannot be written to.
    """
    try:
        with part.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
