"""The models: which there are, which are here, and where their folders lie."""

import hashlib
import os
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.ids import new_id
from voicerec_desktop.speech.model_import import failed, kind_of, model_folder, unpack
from voicerec_desktop.speech.model_import import model_id as id_of

SUMS = "SHA256SUMS"


class ModelState(StrEnum):
    """Whether a model is here."""

    INSTALLED = "installed"
    EMBEDDED = "embedded"
    INCOMPLETE = "incomplete"
    MISSING = "missing"


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


class Catalogue:
    """Finds and makes model folders.

    Args:
        models: folder of the models that are here, one folder each.
        embedded: folder into which the embedded packages are unpacked.
        catalogue: models.toml.
    """

    def __init__(self, models: Path, embedded: Path, catalogue: Path) -> None:
        self._folder = models
        self._embedded = embedded
        self._models = read_catalogue(catalogue)

    def models(self) -> list[Model]:
        """All models: those of the catalogue, then those that the user imported."""
        return [*self._models.values(), *self._imported()]

    def _imported(self) -> Iterator[Model]:
        folders = self._folder.iterdir() if self._folder.is_dir() else ()
        for folder in sorted(folders):
            if folder.name in self._models or folder.name.startswith("."):
                continue
            if kind := kind_of(folder):
                names = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()]
                size = sum((folder / name).stat().st_size for name in names)
                files = tuple(ModelFile(name) for name in sorted(names) if name != SUMS)
                yield Model(folder.name, kind, "", size, "", "", False, files)

    def model(self, model_id: str) -> Model:
        """The model with this id; raises MODEL_UNKNOWN."""
        for model in self.models():
            if model.id == model_id:
                return model
        known = ", ".join(model.id for model in self.models())
        raise KnownError(ErrorCode.MODEL_UNKNOWN, id=model_id, known=known)

    def state(self, model_id: str) -> ModelState:
        """Whether a model is here."""
        model = self.model(model_id)
        folder = self._folder / model_id
        if folder.is_dir():
            whole = all((folder / file.name).is_file() for file in model.files)
            return ModelState.INSTALLED if whole else ModelState.INCOMPLETE
        if model.files and all(self._parts(file) for file in model.files):
            return ModelState.EMBEDDED
        return ModelState.MISSING

    def locate(self, model_id: str) -> Path:
        """The folder of a model, made from its embedded parts at first use.

        Raises:
            KnownError: MODEL_UNKNOWN, MODEL_MISSING, MODEL_CORRUPT, DISK_FULL.
        """
        model = self.model(model_id)
        folder = self._folder / model_id
        if self.state(model_id) == ModelState.EMBEDDED:
            self._assemble(model, folder)
        if self.state(model_id) != ModelState.INSTALLED:
            raise KnownError(ErrorCode.MODEL_MISSING, id=model_id)
        return folder

    def verify(self, model_id: str) -> list[str]:
        """The files of a model that are missing or not what they must be."""
        folder = self._folder / model_id
        if not folder.is_dir():
            return []
        sums = _read_sums(folder)
        files = self.model(model_id).files
        return [
            file.name
            for file in files
            if not _sound(folder, replace(file, sha256=file.sha256 or sums.get(file.name, "")))
        ]

    def fetch(
        self,
        model_id: str,
        *,
        mirror: str | None,
        token: str | None,
        on_progress: Callable[[int, int], None],
        cancel: CancelToken,
    ) -> Path:
        """Download a model from the mirror, or without one from the hub, and return its folder.

        What came is kept when it fails or is cancelled, and the next call goes on from there. A
        model that is here and sound stays; a damaged one is replaced.

        Args:
            on_progress: called with bytes done and in all.

        Raises:
            KnownError: MODEL_UNKNOWN, MODEL_FETCH_FAILED, DISK_FULL.
            Cancelled: what came is kept.
        """
        from voicerec_desktop.speech.model_sources import Hub, Mirror, Source, fetch_file

        model = self.model(model_id)
        state = self.state(model_id)
        if state == ModelState.EMBEDDED:
            return self.locate(model_id)
        folder = self._folder / model_id
        if state == ModelState.INSTALLED and not self.verify(model_id):
            return folder
        part = self._folder / f".{model_id}.fetch"
        source: Source = Mirror(mirror, model) if mirror else Hub(model, token or "")
        done = 0

        def on_bytes(here: int) -> None:
            on_progress(done + here, max(model.size, done + here))

        try:
            part.mkdir(parents=True, exist_ok=True)
            if shutil.disk_usage(part).free < model.size:
                raise KnownError(ErrorCode.DISK_FULL, path=str(self._folder))
            for file in model.files:
                target = part / file.name
                if not target.is_file():
                    fetch_file(source.remote(file), target, model_id, on_bytes, cancel)
                done += target.stat().st_size
            self._install(part, folder)
        except OSError as error:
            raise KnownError(ErrorCode.DISK_FULL, str(error), path=str(self._folder)) from error
        on_progress(done, done)
        return folder

    def import_path(self, source: Path) -> Model:
        """Take a model from a folder or a zip; the original is left as it is.

        Raises:
            KnownError: MODEL_IMPORT_FAILED, FILE_MISSING, DISK_FULL.
        """
        part = self._folder / f".import.{new_id()}"
        try:
            unpack(source, part)
            found = model_folder(part)
            if found is None:
                raise failed(source, "not_model")
            name = self._catalogue_id(id_of(source, found, part))
            if (self._folder / name).exists():
                raise failed(source, "exists", id=name)
            self._install(found, self._folder / name)
            return self.model(name)
        finally:
            shutil.rmtree(part, ignore_errors=True)

    def _catalogue_id(self, name: str) -> str:
        """The catalogue's id for a folder that is named like its repository, else the name."""
        for model in self._models.values():
            if model.hub and name == model.hub.rpartition("/")[2].lower():
                return model.id
        return name

    def _install(self, part: Path, folder: Path) -> None:
        """Put a whole folder under its final name, with the hashes of its files."""
        names = sorted(p.relative_to(part).as_posix() for p in part.rglob("*") if p.is_file())
        lines = [f"{sha256(part / name)}  {name}\n" for name in names if name != SUMS]
        (part / SUMS).write_text("".join(lines), encoding="utf-8")
        old = folder.with_name(f".{folder.name}.old.{new_id()}")
        if folder.exists():
            folder.rename(old)
        part.rename(folder)
        shutil.rmtree(old, ignore_errors=True)

    def _parts(self, file: ModelFile) -> list[Path]:
        """The embedded parts of a file, or [] where one is missing."""
        found = [self._part(name) for name in file.embedded]
        return [path for path in found if path] if all(found) else []

    def _part(self, name: str) -> Path | None:
        folders = (self._embedded, *map(Path, sys.path))
        return next((f / name for f in folders if (f / name).is_file()), None)

    def _assemble(self, model: Model, folder: Path) -> None:
        part = folder.with_name(f".{model.id}.{new_id()}")
        try:
            part.mkdir(parents=True)
            for file in model.files:
                _join(self._parts(file), part / file.name)
                if not _sound(part, file):
                    raise KnownError(ErrorCode.MODEL_CORRUPT, id=model.id, file=file.name)
            try:
                part.rename(folder)
            except OSError:
                if not folder.is_dir():  # another process was not faster
                    raise
        except OSError as error:
            raise KnownError(ErrorCode.DISK_FULL, str(error), path=str(self._folder)) from error
        finally:
            shutil.rmtree(part, ignore_errors=True)


def _join(parts: list[Path], target: Path) -> None:
    with target.open("wb") as sink:
        for part in parts:
            with part.open("rb") as source:
                shutil.copyfileobj(source, sink, 2**22)
        sink.flush()
        os.fsync(sink.fileno())


def _sound(folder: Path, file: ModelFile) -> bool:
    path = folder / file.name
    if not path.is_file():
        return False
    return not file.sha256 or sha256(path) == file.sha256


def _read_sums(folder: Path) -> dict[str, str]:
    """What `_install` wrote: hashes by file name."""
    path = folder / SUMS
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def sha256(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
