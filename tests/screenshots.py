"""The README's pictures, from the running window with the bundled conversation.

`.venv/bin/python tests/screenshots.py`: a home of its own, a real transcription, then the window in
both languages and themes into docs/screenshots.
"""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from voicerec_desktop.core import editing
from voicerec_desktop.paths import Home
from voicerec_desktop.ui.main_window import MainWindow
from voicerec_desktop.ui.readiness import NO_CARD
from voicerec_desktop.ui.sample import bundled_sample
from voicerec_desktop.ui.session import Session

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
SIZE = (1280, 800)
SETTLE = 1200  # ms for fonts, waveform and player
NAMES = ("Diane", "Sheila")


def wait(milliseconds: int) -> None:
    """Let the window work."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def transcribe(window: MainWindow) -> None:
    """Open the bundled conversation and name its people."""
    loop = QEventLoop()
    window.runner.finished.connect(loop.quit)
    sample = bundled_sample()
    assert sample is not None
    window.open_files([sample])
    loop.exec()
    wait(SETTLE)
    transcript = window.document.transcript
    assert transcript is not None
    for speaker, name in zip(transcript.speakers, NAMES, strict=False):
        window.document.edit(lambda t, i=speaker.id, n=name: editing.rename_speaker(t, i, n))


def main() -> None:
    """Make the pictures."""
    app = QApplication([])
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        session = Session(Home.under(Path(home)))
        session.update_settings(dismissed=(NO_CARD,))  # where the pictures are made tells nobody
        window = MainWindow(session)
        window.resize(*SIZE)
        window.show()
        session.open()
        transcribe(window)
        for language in ("ru", "en"):
            for theme in ("light", "dark"):
                session.update_settings(app_language=language, theme=theme)
                wait(SETTLE)
                window.grab().save(str(FOLDER / f"{language}-{theme}.png"), quality=0)
        window.shut_down()
    del app


if __name__ == "__main__":
    main()
