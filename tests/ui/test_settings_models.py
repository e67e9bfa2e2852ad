"""Models in the settings: fetched, paused, dropped, imported, checked and removed, for real."""

import contextlib
import hashlib
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QProgressBar,
    QPushButton,
)

from voicerec_desktop.paths import embedded
from voicerec_desktop.speech.catalogue import Catalogue
from voicerec_desktop.ui.settings.model_card import ModelCard
from voicerec_desktop.ui.settings.model_store import ModelStore
from voicerec_desktop.ui.settings.settings_dialog import SettingsDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen one
FILES = {
    "model.bin": os.urandom(900_000),
    "config.json": b"{}",
    "tokenizer.json": b"{}",
    "vocabulary.txt": "слова".encode(),
}
TOML = """
[whisper-base]
kind = "asr"
languages = "any"
size = 1
licence = "MIT"
[whisper-base.files."x"]
embedded = ["no/such"]
[tiny]
kind = "asr"
languages = "any"
size = 900009
licence = "MIT"
hub = "house/tiny"
"""


class Mirror:
    """A mirror that can be told to stop in the middle of the large file."""

    def __init__(self):
        self.stops, self.stopped, self.go = False, threading.Event(), threading.Event()
        self.ranges = []

    def body(self, path):
        if path.endswith("SHA256SUMS"):
            lines = (f"{hashlib.sha256(b).hexdigest()}  {n}\n" for n, b in FILES.items())
            return "".join(lines).encode()
        return FILES.get(path.rpartition("/")[2])


@pytest.fixture
def mirror(session):
    made = Mirror()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = made.body(self.path) if self.path.startswith("/tiny/") else None
            status = 200 if body is not None else 404
            if wanted := self.headers.get("Range"):
                made.ranges.append(wanted)
                status, body = 206, body[int(wanted.removeprefix("bytes=").rstrip("-")) :]
            self.send_response(status)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            with contextlib.suppress(OSError):  # the client went away
                self._send(body or b"")

        def _send(self, body):
            if made.stops and self.path.endswith("model.bin"):
                self.wfile.write(body[:600_000])
                self.wfile.flush()
                made.stopped.set()
                made.go.wait()
                body = body[600_000:]
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    session.update_settings(mirror=f"http://127.0.0.1:{server.server_port}")
    yield made
    made.go.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def page(session, qtbot, tmp_path, home):
    """The page of models, with a catalogue of a model that can be fetched."""
    lines = [TOML, *(f'[tiny.files."{name}"]' for name in FILES)]
    (tmp_path / "models.toml").write_text("\n".join(lines), encoding="utf-8")
    session._catalogue = Catalogue(home.models, embedded(), tmp_path / "models.toml")
    dialog = SettingsDialog(session, None, page="transcription")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: card(dialog, "tiny") is not None)
    return dialog


@pytest.fixture
def own(tmp_path):
    """A folder that looks like a Whisper model."""
    folder = tmp_path / "Моя модель"
    folder.mkdir()
    for name, body in FILES.items():
        (folder / name).write_bytes(body)
    return folder


def card(page, model_id):
    return next((c for c in page.findChildren(ModelCard) if c.row.id == model_id), None)


def buttons(widget):
    return {b.text(): b for b in widget.findChildren(QPushButton) if b.isVisible()}


def says(widget, words):
    return any(words in x.text() for x in widget.findChildren(QLabel) if x.isVisible())


def choices(page):
    combo = next(w for w in page.findChildren(QComboBox) if w.accessibleName() == "Speech model")
    return [combo.itemText(i) for i in range(combo.count())]


def confirm_with(text):
    def press():
        box = QApplication.activeModalWidget()
        next(b for b in box.buttons() if b.text() == text).click()

    QTimer.singleShot(0, press)


def test_a_model_is_fetched_and_can_be_chosen(page, session, mirror, home, qtbot):
    noticed = []
    session.noticed.connect(noticed.append)
    tiny = card(page, "tiny")
    assert "tiny" not in choices(page)
    buttons(tiny)["Download"].click()
    qtbot.waitUntil(lambda: says(tiny, "On this computer"))
    assert (home.models / "tiny" / "model.bin").read_bytes() == FILES["model.bin"]
    assert "tiny" in choices(page)
    assert [notice.kind for notice in noticed] == ["good"]
    assert set(buttons(tiny)) == {"Check files", "Remove…"}


def test_a_download_shows_how_far_it_is_is_paused_and_goes_on(page, mirror, home, qtbot):
    mirror.stops = True
    tiny = card(page, "tiny")
    buttons(tiny)["Download"].click()
    mirror.stopped.wait()
    bar = tiny.findChild(QProgressBar)
    qtbot.waitUntil(lambda: 0 < bar.value() < bar.maximum())
    buttons(tiny)["Pause"].click()
    qtbot.waitUntil(lambda: "Resume" in buttons(tiny))
    assert says(tiny, "Paused at")
    assert bar.isVisible()
    mirror.stops = False
    buttons(tiny)["Resume"].click()
    qtbot.waitUntil(lambda: says(tiny, "On this computer"))
    assert mirror.ranges, "it went on from what was here"
    assert (home.models / "tiny" / "model.bin").read_bytes() == FILES["model.bin"]


def test_a_cancelled_download_leaves_nothing(page, mirror, home, qtbot):
    mirror.stops = True
    tiny = card(page, "tiny")
    buttons(tiny)["Download"].click()
    mirror.stopped.wait()
    qtbot.waitUntil(lambda: "Cancel" in buttons(tiny))
    buttons(tiny)["Cancel"].click()
    qtbot.waitUntil(lambda: "Download" in buttons(tiny))
    assert not (home.models / ".tiny.fetch").exists()
    assert not (home.models / "tiny").exists()


def test_a_download_goes_on_when_the_settings_are_closed(page, session, mirror, home, qtbot):
    mirror.stops = True
    buttons(card(page, "tiny"))["Download"].click()
    mirror.stopped.wait()
    page.close()
    again = SettingsDialog(session, None, page="transcription")
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: card(again, "tiny") is not None)
    assert "Pause" in buttons(card(again, "tiny"))
    mirror.go.set()
    qtbot.waitUntil(lambda: says(card(again, "tiny"), "On this computer"))
    assert (home.models / "tiny").is_dir()


def test_a_mirror_that_lacks_a_model_is_told_at_the_model(page, session, mirror, qtbot):
    session.update_settings(mirror=session.settings.mirror + "/elsewhere")
    tiny = card(page, "tiny")
    buttons(tiny)["Download"].click()
    qtbot.waitUntil(lambda: says(tiny, "could not be fetched"))
    qtbot.waitUntil(lambda: "Download" in buttons(tiny))


def test_an_imported_folder_is_checked_and_removed_again(page, session, home, own, qtbot):
    buttons(page)["Import folder…"].click()
    asking = page.findChild(QFileDialog)
    asking.fileSelected.emit(str(own))
    asking.reject()
    qtbot.waitUntil(lambda: card(page, "моя-модель") is not None)
    mine = card(page, "моя-модель")
    qtbot.waitUntil(mine.isVisible)
    session.update_settings(model="моя-модель")
    (home.models / "моя-модель" / "model.bin").write_bytes(b"damaged")
    qtbot.waitUntil(lambda: "Check files" in buttons(mine))
    buttons(mine)["Check files"].click()
    qtbot.waitUntil(lambda: says(mine, "Damaged: model.bin") and "Remove…" in buttons(mine))
    confirm_with("Cancel")
    buttons(mine)["Remove…"].click()
    assert (home.models / "моя-модель").is_dir()
    confirm_with("Remove")
    buttons(mine)["Remove…"].click()
    qtbot.waitUntil(lambda: card(page, "моя-модель") is None)
    assert os.listdir(home.models) == []
    assert session.settings.model == "whisper-base"
    assert (own / "model.bin").is_file()


def test_a_folder_that_is_no_model_is_told(page, tmp_path, qtbot):
    (tmp_path / "пусто").mkdir()
    ModelStore.of(page._pages["transcription"]._session).import_path(tmp_path / "пусто")
    qtbot.waitUntil(lambda: says(page, "neither a Whisper model"))


def test_a_chosen_model_that_is_not_here_is_told_and_stays_chosen(page, session):
    session.update_settings(model="tiny")
    assert "tiny" in choices(page)
    assert says(page, "This model is not on this computer")
    assert session.settings.model == "tiny"
