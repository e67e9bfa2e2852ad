"""What the program keeps on this computer, and how much of it there is."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.paths import Home

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Place:
    """A folder or a file. `bytes`: of all that is in it."""

    name: str
    path: Path
    bytes: int


def places(home: Home, cancel: CancelToken) -> tuple[Place, ...]:
    """All places of a home; walks disks."""
    database = [home.library.with_name(home.library.name + end) for end in ("", "-wal", "-shm")]
    sizes: dict[str, tuple[Path, Callable[[], int]]] = {
        "meetings": (home.meetings, lambda: _below(home.meetings, cancel)),
        "library": (home.data, lambda: sum(map(_size, database))),
        "backups": (home.backups, lambda: _below(home.backups, cancel)),
        "models": (home.models, lambda: _below(home.models, cancel)),
        "cache": (home.cache, lambda: _below(home.cache, cancel)),
        "config": (home.config, lambda: _below(home.config, cancel)),
        "log": (home.log, lambda: _below(home.log, cancel)),
    }
    return tuple(Place(name, path, measure()) for name, (path, measure) in sizes.items())


def _below(folder: Path, cancel: CancelToken) -> int:
    total = 0
    for where, _, names in os.walk(folder):
        cancel.check()
        total += sum(_size(Path(where, name)) for name in names)
    return total


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # it went away, or may not be seen
        return 0
