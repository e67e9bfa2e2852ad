"""Dialogs that ask for a file. They do not wait: the answer comes as a signal."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where_to_save(parent: QWidget, title: str, path: Path, kind: str) -> QFileDialog:
    """Ask where to save; `fileSelected` of the dialog gives the answer.

    Args:
        path: what is suggested; its suffix is added to names without one.
        kind: of file, translated.
    """
    dialog = _dialog(parent, title, path.parent)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(f"{kind} (*{path.suffix})")
    dialog.setDefaultSuffix(path.suffix)
    dialog.selectFile(path.name)
    dialog.open()
    return dialog


def ask_for_file(parent: QWidget, title: str, folder: Path, name_filter: str) -> QFileDialog:
    """Ask for a file that exists; `fileSelected` gives the answer."""
    dialog = _dialog(parent, title, folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(name_filter)
    dialog.open()
    return dialog


def ask_for_folder(parent: QWidget, title: str, folder: Path) -> QFileDialog:
    """Ask for a folder that exists; `fileSelected` gives the answer."""
    dialog = _dialog(parent, title, folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, folder: Path) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(folder))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    return dialog


def start_folder(remembered: str) -> Path:
    """The folder that was used last, else the user's documents."""
    from PySide6.QtCore import QStandardPaths

    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(remembered or documents or Path.home())
