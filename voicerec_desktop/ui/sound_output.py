"""The device that sound goes to, and QtMultimedia without its grumbling.

QtMultimedia loads FFmpeg and asks the sound server: 0.1 to 0.3 s that nobody pays before they play.
"""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QLoggingCategory, QMessageLogContext, QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice

log = logging.getLogger(__name__)
_QUIET = ("qt.multimedia.symbolsresolver", "qt.multimedia.ffmpeg.*")  # what matters comes as signal


def quieten() -> None:
    """Keep Qt from warning of libraries that it can do without; call before QtMultimedia loads."""
    QLoggingCategory.setFilterRules("\n".join(f"{name}=false" for name in _QUIET))


def output_device() -> "QAudioDevice | None":
    """The system's sound output, or None: a computer without one is no mistake of ours."""
    quieten()
    previous = qInstallMessageHandler(_log)  # where no sound server runs, Qt warns by no category
    try:
        from PySide6.QtMultimedia import QMediaDevices

        device = QMediaDevices.defaultAudioOutput()
    finally:
        qInstallMessageHandler(previous)
    return None if device.isNull() else device


def _log(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    log.info("%s", text)
