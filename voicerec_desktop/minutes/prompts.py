"""Templates of minutes: TOML files that come with the program, and the user's own."""

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.minutes import FactKind

LANGUAGES = ("ru", "en")
COMMON = "common"
GENERAL = "general"
_FIELDS = ("title", "kinds", "focus", "outline")


@dataclass(frozen=True, slots=True)
class Template:
    """What minutes are to hold.

    Attributes:
        title: for a user.
        kinds: of the facts that are wanted.
        extract: what is asked about each part of the transcript.
        write: how the summary is asked for.
        version: changes with every word of the above.
        own: the user wrote it.
    """

    name: str
    language: str
    title: str
    kinds: tuple[FactKind, ...]
    extract: str
    write: str
    version: str
    own: bool = False


def templates(folders: Sequence[Path], language: str) -> dict[str, Template]:
    """All templates of a language by name; a later folder's replace those of an earlier one.

    Args:
        folders: the program's, then the user's.

    Raises:
        KnownError: TEMPLATE_INVALID.
    """
    common = _read(folders[0] / f"{COMMON}.{language}.toml", ("extract", "write"))
    found = {}
    for number, folder in enumerate(folders):
        for path in sorted(folder.glob(f"*.{language}.toml")):
            name = path.name.removesuffix(f".{language}.toml")
            if name != COMMON:
                found[name] = _template(path, name, language, common, own=number > 0)
    return found


def template(folders: Sequence[Path], name: str, language: str) -> Template:
    """One template; raises TEMPLATE_UNKNOWN, TEMPLATE_INVALID."""
    known = templates(folders, language)
    if name not in known:
        raise KnownError(ErrorCode.TEMPLATE_UNKNOWN, name=name, known=", ".join(sorted(known)))
    return known[name]


def _template(path: Path, name: str, language: str, common: dict[str, Any], own: bool) -> Template:
    fields = _read(path, _FIELDS)
    try:
        kinds = tuple(FactKind(kind) for kind in fields["kinds"])
    except (ValueError, TypeError) as error:
        raise KnownError(
            ErrorCode.TEMPLATE_INVALID, str(error), path=str(path), why="lacks", field="kinds"
        ) from error
    names = "|".join(kinds)
    extract = common["extract"].replace("{kinds}", names).replace("{focus}", fields["focus"])
    write = common["write"].replace("{outline}", fields["outline"])
    version = hashlib.sha256(f"{extract}\0{write}".encode()).hexdigest()[:12]
    return Template(
        name, language, str(fields["title"]), kinds, extract.strip(), write.strip(), version, own
    )


def _read(path: Path, fields: Sequence[str]) -> dict[str, Any]:
    try:
        read = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise KnownError(
            ErrorCode.TEMPLATE_INVALID, str(error), path=str(path), why="not_toml"
        ) from error
    for field in fields:
        kind = list if field == "kinds" else str
        if not isinstance(read.get(field), kind) or not read[field]:
            raise KnownError(ErrorCode.TEMPLATE_INVALID, path=str(path), why="lacks", field=field)
    return read
