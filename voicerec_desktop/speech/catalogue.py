"""The models: which there are, which are here, and where their folders lie."""

import hashlib
import os
import shutil
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.ids import new_id


class ModelState(StrEnum):
    """Whether a model is here."""

    INSTALLED = "installed"
    EMBEDDED = "embedded"
    INCOMPLETE = "incomplete"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of a model. `embedded`: parts in installed packages that are joined to make it."""

    name: str
    sha256: str = ""
    embedded: tuple[str, ...] = ()


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
        ModelFile(name, entry.get("sha256", ""), tuple(entry.get("embedded", ())))
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
        """All models."""
        return list(self._models.values())

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
        return [file.name for file in self.model(model_id).files if not _sound(folder, file)]

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


def sha256(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
