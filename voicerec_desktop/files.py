"""Files that are whole or not there."""

import contextlib
import os
from functools import partial
from pathlib import Path


def write_whole(body: bytes, path: Path, part: Path, private: bool = False) -> None:
    """Write a file so that whoever reads it finds the old one or the new one, never a half.

    Args:
        part: its name until it is whole, in the same folder; gone where that fails.
        private: nobody but the user can read it, at no moment.

    Raises:
        OSError: the disk is full, or the folder cannot be written to.
    """
    try:
        if private:
            part.unlink(missing_ok=True)  # it may be one that others can read
        opener = partial(os.open, mode=0o600) if private else None
        with open(part, "xb" if private else "wb", opener=opener) as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
