"""Models that the user brings: a folder or a zip, checked for what it holds."""

import lzma
import os
import re
import shutil
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.speech.model_files import disk_error

WHISPER = ("model.bin", "config.json", "tokenizer.json")
VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
PYANNOTE = ("config.yaml", "segmentation/pytorch_model.bin", "embedding/pytorch_model.bin")
ENCRYPTED = 0x1  # of a zip entry's flags
_NOT_ID = re.compile(r"[^\w.-]+")
_BAD_ZIP = (  # what zipfile raises for archives that are damaged, encrypted or too clever
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError,
    RuntimeError, NotImplementedError,
)  # fmt: skip


def kind_of(folder: Path) -> str:
    """ "asr" for a CTranslate2 Whisper model, "diarization" for a pyannote pipeline, else ""."""
    if _has(folder, WHISPER) and any((folder / name).is_file() for name in VOCABULARIES):
        return "asr"
    if _has(folder, PYANNOTE) and b"pipeline" in (folder / PYANNOTE[0]).read_bytes():
        return "diarization"
    return ""


def _has(folder: Path, names: tuple[str, ...]) -> bool:
    return all((folder / name).is_file() for name in names)


def unpack(source: Path, target: Path) -> Path:
    """Copy the model in a folder, or unpack the one in a zip, into `target`; where it lies then.

    Raises:
        KnownError: MODEL_IMPORT_FAILED, FILE_MISSING, FILE_UNREADABLE, DISK_FULL, HOME_READ_ONLY.
    """
    if not source.exists():
        raise KnownError(ErrorCode.FILE_MISSING, path=str(source))
    if source.is_dir():
        return _copy(source, target)
    unpacked = target / (source.name.removesuffix(".zip") or "model")
    _unzip(source, unpacked)
    found = model_folder(unpacked)
    if found is None:
        raise failed(source, "not_model")
    return found


def _copy(source: Path, target: Path) -> Path:
    """Copy only the model, whatever else lies around it; links to files become files."""
    found = model_folder(Path(os.path.abspath(source)))  # ".." has no name
    if found is None:
        raise failed(source, "not_model")
    copied = target / (_name(found) or "model")
    try:
        shutil.copytree(found, copied, ignore=_not_of_a_model)
    except shutil.Error as error:  # some files; which ones is in the detail
        raise KnownError(ErrorCode.FILE_UNREADABLE, str(error), path=str(source)) from error
    except OSError as error:
        raise disk_error(error, target.parent) from error
    return copied


def _name(folder: Path) -> str:
    """What a folder is called; in a cache of the hub that is the name of the repository."""
    if folder.parent.name == "snapshots" and folder.parents[1].name.startswith("models--"):
        return folder.parents[1].name.rpartition("--")[2]
    return folder.name


def _not_of_a_model(folder: str, names: list[str]) -> list[str]:
    """Hidden names and links to folders, which may lead round in circles."""
    here = Path(folder)
    return [
        name
        for name in names
        if name.startswith(".") or ((here / name).is_symlink() and (here / name).is_dir())
    ]


def _unzip(source: Path, target: Path) -> None:
    try:
        archive = zipfile.ZipFile(source)
    except OSError as error:
        raise KnownError(ErrorCode.FILE_UNREADABLE, str(error), path=str(source)) from error
    except _BAD_ZIP as error:
        raise failed(source, "bad_zip", repr(error)) from error
    with archive:
        names = [PurePosixPath(i.filename.replace("\\", "/")) for i in archive.infolist()]
        if any(name.is_absolute() or ".." in name.parts or ":" in str(name) for name in names):
            raise failed(source, "unsafe_zip")
        if len(set(names)) < len(names):
            raise failed(source, "bad_zip", "two files of one name")
        if any(entry.flag_bits & ENCRYPTED for entry in archive.infolist()):
            raise failed(source, "encrypted_zip")
        size = sum(entry.file_size for entry in archive.infolist())
        try:
            target.mkdir(parents=True)
            if size > shutil.disk_usage(target).free:
                raise KnownError(ErrorCode.DISK_FULL, path=str(target.parent))
            archive.extractall(target)
        except _BAD_ZIP as error:
            raise failed(source, "bad_zip", repr(error)) from error
        except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
            raise failed(source, "bad_zip", repr(error)) from error  # a file is a folder, too
        except OSError as error:
            raise disk_error(error, target.parent) from error


def model_folder(folder: Path) -> Path | None:
    """The folder itself or the first one below it that is a model."""
    below = sorted(path for path in folder.rglob("*") if path.is_dir())
    return next((path for path in (folder, *below) if kind_of(path)), None)


def model_id(folder: Path) -> str:
    """An id from the name of the model's folder."""
    return _NOT_ID.sub("-", folder.name).strip("-.").lower() or "model"


def failed(source: Path, why: str, detail: str = "", **params: str) -> KnownError:
    """The error for something that is no model."""
    return KnownError(ErrorCode.MODEL_IMPORT_FAILED, detail, path=str(source), why=why, **params)
