"""Folders and files in the system's own file manager."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_folder(path: Path) -> None:
    """Open a folder, or the nearest one above it that exists."""
    existing = next((p for p in (path, *path.parents) if p.is_dir()), path)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(existing)))


def show_in_folder(path: Path) -> None:
    """Open the folder of a file; where the system can do that, the file is selected in it."""
    if sys.platform == "win32" and path.exists():
        # The quotes must stand inside the argument: explorer does not parse as others do.
        subprocess.Popen(f'explorer /select,"{path}"')
        return
    open_folder(path.parent)
