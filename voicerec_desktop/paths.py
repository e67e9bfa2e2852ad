"""Where everything lies on disk. Nothing is created on import."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

APP = "voicerec-desktop"
RECORDING = "recording"  # folder of a meeting that is being recorded


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one user: by the platform's custom, or all under one root.

    Attributes:
        data: library, sidecars, recordings: what must never be lost.
        models: fetched and imported models.
        cache: what can be made again (decoded audio).
        config: settings.
        log: log files.
    """

    data: Path
    models: Path
    cache: Path
    config: Path
    log: Path

    @classmethod
    def under(cls, root: Path) -> "Home":
        """Everything under one folder (`--home`, `VOICEREC_HOME`)."""
        root = root.expanduser().absolute()
        return cls(root, root / "models", root / "cache", root / "config", root / "log")

    @classmethod
    def default(cls) -> "Home":
        """`VOICEREC_HOME` if set, else the platform's folders."""
        if root := os.environ.get("VOICEREC_HOME"):
            return cls.under(Path(root))
        from platformdirs import PlatformDirs

        dirs = PlatformDirs(APP, appauthor=False)
        data = Path(dirs.user_data_dir)
        return cls(
            data,
            data / "models",
            Path(dirs.user_cache_dir),
            Path(dirs.user_config_dir),
            Path(dirs.user_log_dir),
        )

    @property
    def library(self) -> Path:
        """The database."""
        return self.data / "library.db"

    @property
    def backups(self) -> Path:
        """Copies of the database."""
        return self.data / "backups"

    @property
    def meetings(self) -> Path:
        """One folder per meeting: recordings and the sidecar."""
        return self.data / "meetings"

    def meeting(self, meeting_id: str) -> Path:
        """The folder of one meeting."""
        return self.meetings / meeting_id

    def recording(self, meeting_id: str) -> Path:
        """Where the recorder of a meeting writes."""
        return self.meeting(meeting_id) / RECORDING

    def without_echo(self, track_id: str) -> Path:
        """The decoded sound of a microphone after the echo was removed; not there without one."""
        decoded = self.decoded(track_id)
        return decoded.with_name(decoded.name + "-clean")

    def decoded(self, track_id: str) -> Path:
        """The decoded sound of a track: raw little-endian float32, 16 kHz, mono."""
        return self.cache / "decoded" / f"{track_id}.f32"


def _bundle() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def resources() -> Path:
    """The folder of files that come with the program."""
    beside = _bundle() / "resources"
    return beside if beside.is_dir() else Path(sys.prefix) / "share" / APP / "resources"


def translations() -> Path:
    """The folder of the window's translations (.qm)."""
    beside = _bundle() / "i18n"
    return beside if beside.is_dir() else Path(sys.prefix) / "share" / APP / "i18n"


def embedded() -> Path:
    """The folder into which the embedded model packages are unpacked."""
    if chosen := os.environ.get("VOICEREC_EMBEDDED"):
        return Path(chosen)
    if getattr(sys, "frozen", False):
        return _bundle() / "embedded"
    return Path(sys.prefix) / "share" / APP / "embedded"
