"""All export formats by name."""

import errno
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.ids import new_id
from voicerec_desktop.core.model import Transcript
from voicerec_desktop.export import docx, json_export, md, rttm, srt, txt, vtt
from voicerec_desktop.export.options import ExportOptions
from voicerec_desktop.files import write_whole

__all__ = ["FORMATS", "ExportOptions", "Format", "render", "write", "write_bytes"]
_SUBTITLES = frozenset({"speakers", "doubtful"})  # their times are what they are
_ALL = _SUBTITLES | {"times"}


@dataclass(frozen=True, slots=True)
class Format:
    """An export format.

    Attributes:
        render: gives the bytes of the file.
        options: the fields of `ExportOptions` that change what a user sees.
    """

    name: str
    suffix: str
    render: Callable[[Transcript, ExportOptions], bytes]
    options: frozenset[str] = frozenset()


FORMATS: Mapping[str, Format] = {
    f.name: f
    for f in (
        Format("txt", ".txt", txt.render, _ALL),
        Format("md", ".md", md.render, _ALL),
        Format("srt", ".srt", srt.render, _SUBTITLES),
        Format("vtt", ".vtt", vtt.render, _SUBTITLES),
        Format("json", ".json", json_export.render),
        Format("rttm", ".rttm", rttm.render),
        Format("docx", ".docx", docx.render, _ALL),
    )
}


def render(transcript: Transcript, name: str, options: ExportOptions) -> bytes:
    """The bytes of an export."""
    return FORMATS[name].render(transcript, options)


def write(transcript: Transcript, name: str, options: ExportOptions, path: Path) -> None:
    """Write an export, whole or not at all; raises OUTPUT_FAILED or DISK_FULL."""
    write_bytes(render(transcript, name, options), path)


def write_bytes(body: bytes, path: Path) -> None:
    """Write a file, whole or not at all; raises OUTPUT_FAILED or DISK_FULL."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():  # a device or a pipe; a folder is refused
            path.write_bytes(body)
        else:
            write_whole(body, path, path.with_name(f"{new_id()}.part"))
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        code = ErrorCode.DISK_FULL if full else ErrorCode.OUTPUT_FAILED
        raise KnownError(code, str(error), path=str(path)) from error
