"""The token of the hub in the settings: kept after a question, sent, forgotten, shown nowhere."""

import keyring
import keyring.backends.fail
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton

from voicerec_desktop.secrets import HUB, NAME, keep_secret, read_secret
from voicerec_desktop.ui.settings.token_field import TokenField

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen one
TOKEN = "hf_topsecret"


@pytest.fixture(autouse=True)
def _no_keyring():
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def field(session, qtbot):
    made = TokenField(session)
    qtbot.addWidget(made)
    made.show()
    return made


def button(field, text):
    return next(b for b in field.findChildren(QPushButton) if b.text() == text)


def says(field, words):
    return any(words in label.text() for label in field.findChildren(QLabel))


def keep(field, qtbot, answer):
    """Type a token, press, and answer the question."""

    def press():
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(10, press)
            return
        next(b for b in box.buttons() if b.text() == answer).click()

    qtbot.keyClicks(field.field, TOKEN)
    QTimer.singleShot(0, press)
    qtbot.mouseClick(button(field, "Keep"), Qt.MouseButton.LeftButton)


def test_without_a_keyring_it_is_kept_in_a_file_if_the_user_agrees(field, home, qtbot):
    keep(field, qtbot, "Keep it in a file")
    qtbot.waitUntil(lambda: says(field, "is kept"))
    assert read_secret(HUB, home.config) == TOKEN
    assert field.field.text() == ""
    others = [p for p in home.data.rglob("*") if p.is_file() and p.name != NAME]
    assert others
    assert not any(TOKEN.encode() in path.read_bytes() for path in others)


def test_who_does_not_agree_keeps_it_for_oneself(field, home, qtbot):
    keep(field, qtbot, "Cancel")
    qtbot.waitUntil(lambda: says(field, "not kept"))
    assert not (home.config / NAME).exists()


def test_it_is_forgotten_by_a_button(field, home, qtbot):
    home.config.mkdir(parents=True, exist_ok=True)
    keep_secret(HUB, TOKEN, home.config, in_file=True)
    field.look()
    qtbot.waitUntil(lambda: button(field, "Forget").isVisible())
    assert TOKEN not in field.field.text() + field.field.placeholderText()
    qtbot.mouseClick(button(field, "Forget"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: says(field, "forgotten"))
    assert read_secret(HUB, home.config) == ""
