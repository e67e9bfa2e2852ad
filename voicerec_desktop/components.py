"""What the program is made of: installed packages and their licences."""

import platform
import re
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageMetadata, PackageNotFoundError, distribution

from voicerec_desktop import __version__

_PACKAGES = (
    "PySide6", "faster-whisper", "ctranslate2", "pyannote.audio", "torch", "torchaudio",
    "onnxruntime", "av", "numpy", "scipy", "sqlite-utils", "msgspec", "python-docx",
    "huggingface-hub", "snowballstemmer", "platformdirs", "requests", "rich",
)  # fmt: skip
_CLASSIFIER = re.compile(r"License :: (?:OSI Approved :: )?(.+)")
LONGEST = 200  # some packages put their whole licence where its name belongs


@dataclass(frozen=True, slots=True)
class Component:
    """An installed package. `licence`: as its makers call it, "" where they do not."""

    name: str
    version: str
    licence: str


def components() -> tuple[Component, ...]:
    """The packages that do most of the work, as far as they are installed; reads disks."""
    found = []
    for name in _PACKAGES:
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        found.append(Component(name, package.version, _licence(package)))
    return tuple(found)


def _licence(package: Distribution) -> str:
    meta = package.metadata
    stated = _field(meta, "License-Expression") or _field(meta, "License")
    if stated and "\n" not in stated and len(stated) <= LONGEST and stated != "UNKNOWN":
        return stated
    matches = [_CLASSIFIER.fullmatch(line) for line in meta.get_all("Classifier") or ()]
    named = ", ".join(match[1] for match in matches if match)
    return named or _title_of_licence(package)


def _field(meta: PackageMetadata, name: str) -> str:
    return next(iter(meta.get_all(name) or ()), "")


def _title_of_licence(package: Distribution) -> str:
    """The first line of the file with the licence: "MIT License"."""
    for name in package.metadata.get_all("License-File") or ():
        text = package.read_text(f"licenses/{name}") or package.read_text(name) or ""
        if text.strip():
            return text.strip().splitlines()[0].strip()[:LONGEST]
    return ""


def diagnostics(made_of: tuple[Component, ...]) -> str:
    """What a bug report needs, without anything of the user's."""
    lines = [
        f"Voicerec Desktop {__version__}",
        f"{platform.platform()}, {platform.machine()}",
        f"Python {platform.python_version()}",
        *(f"{part.name} {part.version}" for part in made_of),
    ]
    return "\n".join(lines)
