"""Glossary files: read, and written whole or not at all."""

from collections.abc import Sequence
from pathlib import Path

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.glossary import GlossaryEntry, format_glossary, parse_glossary
from voicerec_desktop.export.registry import write_bytes


def read_glossary(path: Path) -> tuple[GlossaryEntry, ...]:
    """The entries of a glossary file; raises FILE_MISSING, FILE_UNREADABLE, GLOSSARY_INVALID."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise KnownError(ErrorCode.FILE_MISSING, path=str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError(ErrorCode.FILE_UNREADABLE, str(error), path=str(path)) from error
    return parse_glossary(text, str(path))


def write_glossary(entries: Sequence[GlossaryEntry], path: Path) -> None:
    """Write a glossary file; raises OUTPUT_FAILED or DISK_FULL."""
    write_bytes(format_glossary(entries).encode(), path)
