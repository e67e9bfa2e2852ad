"""The files of a model: what the catalogue says of them, and what lies on the disk."""

import errno
import hashlib
import os
import shutil
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.ids import new_id

SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of a model.

    Attributes:
        name: path below the model's folder, with "/".
        embedded: parts in installed packages that are joined to make it.
        hub: the repository that has it, where that is not the model's own.
        path: its path there, where that is not its name.
    """

    name: str
    sha256: str = ""
    embedded: tuple[str, ...] = ()
    hub: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """A model in the catalogue. `size` in bytes; `hub`: its repository, or ""."""

    id: str
    kind: str
    languages: str
    size: int
    licence: str
    hub: str
    gated: bool
    files: tuple[ModelFile, ...]


def read_catalogue(path: Path) -> dict[str, Model]:
    """The models in a catalogue file, by id."""
    return {
        key: _model(key, value) for key, value in tomllib.loads(path.read_text("utf-8")).items()
    }


def _model(key: str, value: Mapping[str, Any]) -> Model:
    files = tuple(
        ModelFile(
            name,
            entry.get("sha256", ""),
            tuple(entry.get("embedded", ())),
            entry.get("hub", ""),
            entry.get("path", ""),
        )
        for name, entry in value.get("files", {}).items()
    )
    return Model(
        key,
        value["kind"],
        value["languages"],
        value["size"],
        value["licence"],
        value.get("hub", ""),
        value.get("gated", False),
        files,
    )


def names_below(folder: Path) -> list[str]:
    """All files below a folder in order, but for the list of their hashes."""
    names = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    return sorted(name for name in names if name != SUMS)


def sha256(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_sound(path: Path, digest: str) -> bool:
    """Whether a file is there and, where its hash is known, what it must be."""
    return path.is_file() and (not digest or sha256(path) == digest)


def read_sums(folder: Path) -> dict[str, str]:
    """The hashes of a folder's files as they were when it was installed, by name."""
    path = folder / SUMS
    lines = path.read_text("utf-8", errors="replace").splitlines() if path.is_file() else []
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def join(parts: Sequence[Path], target: Path) -> None:
    """Write files one after the other into one; it is on the disk when this returns."""
    with target.open("wb") as sink:
        for part in parts:
            with part.open("rb") as source:
                shutil.copyfileobj(source, sink, 2**22)
        sink.flush()
        os.fsync(sink.fileno())


def install(part: Path, folder: Path) -> None:
    """Put a whole folder under its final name, with the hashes of its files; it may replace one."""
    lines = [f"{sha256(part / name)}  {name}\n" for name in names_below(part)]
    (part / SUMS).write_text("".join(lines), encoding="utf-8")
    old = folder.with_name(f".{folder.name}.old.{new_id()}")
    if folder.exists():
        folder.rename(old)
    part.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def disk_error(error: OSError, folder: Path) -> KnownError:
    """What it means that a model's folder could not be written."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    code = ErrorCode.DISK_FULL if full else ErrorCode.HOME_READ_ONLY
    return KnownError(code, str(error), path=str(folder))
