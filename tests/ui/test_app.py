"""The program of the window as a process: how it starts, hands over, fails and ends."""

import json
import os
import subprocess
import sys

import pytest

HEAVY = ("torch", "pyannote", "faster_whisper", "ctranslate2", "onnxruntime", "openai", "pandas")
LOOK = f"""
import sys, json
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from voicerec_desktop import app
from voicerec_desktop.ui.main_window import MainWindow

class Window(MainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        loaded = [name for name in {HEAVY!r} if name in sys.modules]
        print(json.dumps(loaded), flush=True)
        QTimer.singleShot(0, self.close)

app.MainWindow = Window
sys.exit(app.main(sys.argv[1:]))
"""
STUMBLE = """
import sys
from PySide6.QtCore import QTimer
from voicerec_desktop import app
from voicerec_desktop.ui.main_window import MainWindow

class Window(MainWindow):
    def __init__(self, session):
        super().__init__(session)
        self.ready.connect(self.stumble)
        session.noticed.connect(self.tell)
    def stumble(self):
        raise RuntimeError("a mistake of ours")
    def tell(self, notice):
        print(notice.text, flush=True)
        QTimer.singleShot(0, self.close)

app.MainWindow = Window
sys.exit(app.main(sys.argv[1:]))
"""


@pytest.fixture
def run(home):
    def begin(code, *arguments):
        return subprocess.run(
            [sys.executable, "-c", code, "--home", str(home.data), *arguments],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
        )

    return begin


def test_the_first_frame_waits_for_no_engine(run):
    done = run(LOOK)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[0]) == []


def test_a_mistake_of_ours_is_told_and_logged_and_the_window_lives_on(run, home):
    done = run(STUMBLE)
    assert done.returncode == 0, done.stderr
    assert "The log has the details" in done.stdout
    assert "a mistake of ours" in (home.log / "voicerec.log").read_text("utf-8")


def test_wrong_usage_and_version_need_no_window(run):
    code = "import sys; from voicerec_desktop import app; sys.exit(app.main(sys.argv[1:]))"
    assert run(code, "--version").returncode == 0
    wrong = run(code, "--nonsense")
    assert wrong.returncode == 2
    assert "usage:" in wrong.stderr
