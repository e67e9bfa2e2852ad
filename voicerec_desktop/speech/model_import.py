"""Models that the user brings: a folder or a zip, checked for what it holds."""

import re
import shutil
import zipfile
from pathlib import Path, PurePosixPath

from voicerec_desktop.core.errors import ErrorCode, KnownError

WHISPER = ("model.bin", "config.json", "tokenizer.json")
VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
PYANNOTE = "config.yaml"
_NOT_ID = re.compile(r"[^\w.-]+")


def kind_of(folder: Path) -> str:
    """ "asr" for a CTranslate2 Whisper model, "diarization" for a pyannote pipeline, else ""."""
    if all((folder / name).is_file() for name in WHISPER) and any(
        (folder / name).is_file() for name in VOCABULARIES
    ):
        return "asr"
    config = folder / PYANNOTE
    if config.is_file() and b"pipeline" in config.read_bytes():
        return "diarization"
    return ""


def unpack(source: Path, target: Path) -> None:
    """Copy a folder, or unpack a zip, into `target`.

    Raises:
        KnownError: MODEL_IMPORT_FAILED, FILE_MISSING, DISK_FULL.
    """
    if not source.exists():
        raise KnownError(ErrorCode.FILE_MISSING, path=str(source))
    try:
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns(".*"))
        else:
            _unzip(source, target)
    except (OSError, shutil.Error) as error:
        raise KnownError(ErrorCode.DISK_FULL, str(error), path=str(target.parent)) from error


def _unzip(source: Path, target: Path) -> None:
    try:
        with zipfile.ZipFile(source) as archive:
            names = [PurePosixPath(i.filename.replace("\\", "/")) for i in archive.infolist()]
            if any(name.is_absolute() or ".." in name.parts or ":" in str(name) for name in names):
                raise failed(source, "unsafe_zip")
            size = sum(entry.file_size for entry in archive.infolist())
            target.mkdir(parents=True)
            if size > shutil.disk_usage(target).free:
                raise KnownError(ErrorCode.DISK_FULL, path=str(target.parent))
            archive.extractall(target)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError) as error:
        raise failed(source, "bad_zip", str(error)) from error


def model_folder(folder: Path) -> Path | None:
    """The folder itself or the one below it that is a model."""
    below = sorted(path for path in folder.rglob("*") if path.is_dir())
    return next((path for path in (folder, *below) if kind_of(path)), None)


def model_id(source: Path, folder: Path, root: Path) -> str:
    """An id from the name of the model's folder, else of what was imported."""
    name = folder.name if folder != root else source.name.removesuffix(".zip")
    return _NOT_ID.sub("-", name).strip("-.").lower() or "model"


def failed(source: Path, why: str, detail: str = "", **params: str) -> KnownError:
    """The error for something that is no model."""
    return KnownError(ErrorCode.MODEL_IMPORT_FAILED, detail, path=str(source), why=why, **params)
