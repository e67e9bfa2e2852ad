"""The models: which there are, which are here, and where their folders lie."""

import logging
import shutil
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.ids import new_id
from voicerec_desktop.speech.model_files import (
    Model,
    ModelFile,
    disk_error,
    install,
    is_sound,
    join,
    names_below,
    read_catalogue,
    read_sums,
)
from voicerec_desktop.speech.model_import import failed, kind_of, unpack
from voicerec_desktop.speech.model_import import model_id as id_of

log = logging.getLogger(__name__)


class ModelState(StrEnum):
    """Whether a model is here."""

    INSTALLED = "installed"
    EMBEDDED = "embedded"
    INCOMPLETE = "incomplete"
    MISSING = "missing"


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
                names = names_below(folder)
                size = sum((folder / name).stat().st_size for name in names)
                files = tuple(ModelFile(name) for name in sorted({*names, *read_sums(folder)}))
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
        return ModelState.EMBEDDED if self._carried(model) else ModelState.MISSING

    def locate(self, model_id: str) -> Path:
        """The folder of a model, made from its embedded parts at first use.

        Raises:
            KnownError: MODEL_UNKNOWN, MODEL_MISSING, MODEL_CORRUPT, DISK_FULL, HOME_READ_ONLY.
        """
        model = self.model(model_id)
        folder = self._folder / model_id
        if self.state(model_id) == ModelState.INSTALLED:
            return folder
        if not self._carried(model):
            raise KnownError(ErrorCode.MODEL_MISSING, id=model_id)
        self._assemble(model, folder)
        return folder

    def verify(self, model_id: str) -> list[str]:
        """The files of a model that are missing or not what they must be."""
        folder = self._folder / model_id
        if not folder.is_dir():
            return []
        sums = read_sums(folder)
        return [
            file.name
            for file in self.model(model_id).files
            if not is_sound(folder / file.name, file.sha256 or sums.get(file.name, ""))
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
        """Get a model: from its embedded parts, else from the mirror, else from the hub.

        What came is kept when it fails or is cancelled, and the next call goes on from there. A
        model that is here and sound stays; a damaged one is replaced.

        Args:
            on_progress: called with bytes done and in all.

        Raises:
            KnownError: MODEL_UNKNOWN, MODEL_CORRUPT, MODEL_FETCH_FAILED, DISK_FULL, HOME_READ_ONLY.
            Cancelled: what came is kept.
        """
        model = self.model(model_id)
        folder = self._folder / model_id
        if self.state(model_id) == ModelState.INSTALLED and not self.verify(model_id):
            return folder
        if self._carried(model):
            try:
                self._assemble(model, folder)
                return folder
            except KnownError as error:
                elsewhere = mirror or model.hub
                if error.code != ErrorCode.MODEL_CORRUPT or not elsewhere:
                    raise
                log.warning("%s; fetching it instead", error)
        self._download(model, folder, mirror, token, on_progress, cancel)
        return folder

    def fetched(self, model_id: str) -> int:
        """Bytes that a fetch which did not end has left, for the next one to go on from."""
        part = self._folder / f".{model_id}.fetch"
        return sum((p.stat().st_size for p in part.rglob("*") if p.is_file()), 0)

    def discard(self, model_id: str) -> None:
        """Delete what a fetch that did not end has left."""
        shutil.rmtree(self._folder / f".{model_id}.fetch", ignore_errors=True)

    def carried(self, model_id: str) -> bool:
        """Whether a model comes with the program, so that it is here even when it is removed."""
        return self._carried(self.model(model_id))

    def remove(self, model_id: str) -> None:
        """Delete the folder of a model; raises MODEL_UNKNOWN, HOME_READ_ONLY."""
        folder = self._folder / self.model(model_id).id
        gone = folder.with_name(f".{model_id}.old.{new_id()}")
        try:
            folder.rename(gone)  # at once: half a model would be taken for a damaged one
            shutil.rmtree(gone)
        except FileNotFoundError:
            return
        except OSError as error:
            raise disk_error(error, self._folder) from error

    def _download(
        self,
        model: Model,
        folder: Path,
        mirror: str | None,
        token: str | None,
        on_progress: Callable[[int, int], None],
        cancel: CancelToken,
    ) -> None:
        from voicerec_desktop.speech.model_sources import Hub, Mirror, Source, fetch_file

        source: Source = Mirror(mirror, model) if mirror else Hub(model, token or "")
        part = self._folder / f".{model.id}.fetch"
        done = 0

        def on_bytes(here: int) -> None:
            on_progress(done + here, max(model.size, done + here))

        try:
            part.mkdir(parents=True, exist_ok=True)
            have = sum((part / name).stat().st_size for name in names_below(part))
            if shutil.disk_usage(part).free < model.size - have:
                raise KnownError(ErrorCode.DISK_FULL, path=str(self._folder))
            for file in model.files:
                target = part / file.name
                if not target.is_file():
                    fetch_file(source.remote(file), target, model.id, on_bytes, cancel)
                done += target.stat().st_size
                on_bytes(0)
            install(part, folder)
        except OSError as error:
            raise disk_error(error, self._folder) from error
        on_progress(done, done)

    def import_path(self, source: Path) -> Model:
        """Take a model from a folder or a zip; the original is left as it is.

        Raises:
            KnownError: MODEL_IMPORT_FAILED, FILE_MISSING, FILE_UNREADABLE, DISK_FULL,
                HOME_READ_ONLY.
        """
        part = self._folder / f".import.{new_id()}"
        try:
            found = unpack(source, part)
            name = self._free_id(id_of(found), found)
            if (self._folder / name).exists():
                raise failed(source, "exists", id=name)
            install(found, self._folder / name)
            return self.model(name)
        except OSError as error:
            raise disk_error(error, self._folder) from error
        finally:
            shutil.rmtree(part, ignore_errors=True)

    def _free_id(self, name: str, folder: Path) -> str:
        """The catalogue's id for a folder that is that model, else its name.

        A folder that is only called like a model of the catalogue gets another name, for it would
        be taken for damaged.
        """
        for model in self._models.values():
            if name == model.id or (model.hub and name == model.hub.rpartition("/")[2].lower()):
                if all(is_sound(folder / file.name, file.sha256) for file in model.files):
                    return model.id
                return f"{name}-imported" if name == model.id else name
        return name

    def _carried(self, model: Model) -> bool:
        """Whether installed packages carry all of a model."""
        return bool(model.files) and all(self._parts(file) for file in model.files)

    def _parts(self, file: ModelFile) -> list[Path]:
        """The embedded parts of a file, or [] where one is missing."""
        found = [self._part(name) for name in file.embedded]
        return [path for path in found if path] if all(found) else []

    def _part(self, name: str) -> Path | None:
        folders = (self._embedded, *map(Path, sys.path))
        return next((f / name for f in folders if (f / name).is_file()), None)

    def _assemble(self, model: Model, folder: Path) -> None:
        """Make a model's folder of its embedded parts, in the place of a damaged one."""
        part = folder.with_name(f".{model.id}.{new_id()}")
        fresh = not folder.exists()
        try:
            part.mkdir(parents=True)
            for file in model.files:
                join(self._parts(file), part / file.name)
                if not is_sound(part / file.name, file.sha256):
                    raise KnownError(ErrorCode.MODEL_CORRUPT, id=model.id, file=file.name)
            if not fresh:
                install(part, folder)
                return
            try:
                part.rename(folder)
            except OSError:
                if not folder.is_dir():  # another process was not faster
                    raise
        except OSError as error:
            raise disk_error(error, self._folder) from error
        finally:
            shutil.rmtree(part, ignore_errors=True)
