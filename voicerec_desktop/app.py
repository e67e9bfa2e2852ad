"""The window's program: `voicerec-desktop [FILE...]`."""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from voicerec_desktop import __version__
from voicerec_desktop.log import log_to
from voicerec_desktop.paths import APP, Home
from voicerec_desktop.ui.icons import icon
from voicerec_desktop.ui.main_window import MainWindow
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.single_instance import SingleInstance

log = logging.getLogger(__name__)


def build_parser() -> argparse.ArgumentParser:
    """What `voicerec-desktop` understands."""
    parser = argparse.ArgumentParser(prog="voicerec-desktop")
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--home", type=Path, help="folder of settings, library and models")
    parser.add_argument(
        "--record", action="store_true", help="begin a recording, or end the one that runs"
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, or hand the files to the one that is open."""
    arguments = build_parser().parse_args(sys.argv[1:] if argv is None else argv)
    home = Home.under(arguments.home) if arguments.home else Home.default()
    log_to(home.log)
    app = QApplication(sys.argv[:1])
    app.setApplicationName(APP)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(APP)
    instance = SingleInstance(home)
    if not instance.claim(arguments.files, arguments.record):
        return 0
    session = Session(home)
    app.setWindowIcon(icon("voicerec"))
    window = MainWindow(session)
    app.setApplicationDisplayName(window.tr("Voicerec"))

    def on_unexpected(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        log.critical("unexpected", exc_info=(kind, error, trace))
        if isinstance(error, Exception):
            session.report(error)

    sys.excepthook = on_unexpected
    instance.received.connect(window.open_from_outside)
    instance.record_requested.connect(window.recording.toggle)
    if arguments.record:
        window.ready.connect(window.recording.start)
    window.show()
    QTimer.singleShot(0, session.open)  # the first frame waits for no disk
    window.open_files(arguments.files)
    try:
        return app.exec()
    finally:
        instance.stop_listening()
        window.shut_down()
        instance.close()


if __name__ == "__main__":
    sys.exit(main())
