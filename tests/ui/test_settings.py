"""The settings: what is chosen holds at once, is stored, and what fails is said where it is."""

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
)

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.messages import Devices
from voicerec_desktop.settings import load_settings
from voicerec_desktop.ui.settings.settings_dialog import SettingsDialog
from voicerec_desktop.ui.theme import colours

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen one
CPU = Devices("faster-whisper", 0, {"cpu": ("int8", "float32")})
CUDA = Devices("faster-whisper", 1, {"cuda": ("float16",), "cpu": ("int8",)})


@pytest.fixture
def show(session, qtbot):
    """Open the settings at a page."""
    kept = []

    def make(page="general", probe=None):
        dialog = SettingsDialog(session, probe, page=page)
        kept.append(dialog)
        dialog.show()
        return dialog

    return make


def named(dialog, kind, name):
    return next(w for w in dialog.findChildren(kind) if w.accessibleName() == name)


def choose(combo, text):
    at = combo.findText(text)
    assert at >= 0, [combo.itemText(i) for i in range(combo.count())]
    combo.setCurrentIndex(at)
    combo.activated.emit(at)


def visible_texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def says(widget, words):
    return any(words in text for text in visible_texts(widget))


def stored(session, qtbot):
    """The settings as the file has them, after what is under way."""
    with qtbot.waitSignal(session.run(lambda _: None).finished):
        pass
    return load_settings(session.home.config)


def test_look_and_text_are_applied_and_stored_at_once(show, session, qtbot):
    dialog = show()
    choose(named(dialog, QComboBox, "Theme"), "Dark")
    assert colours().dark
    choose(named(dialog, QComboBox, "Text size of transcripts"), "14 pt")
    next(b for b in dialog.findChildren(QCheckBox) if "Follow" in b.text()).click()
    choose(named(dialog, QComboBox, "Language of the program"), "Русский")
    found = stored(session, qtbot)
    assert (found.theme, found.transcript_font) == ("dark", 14)
    assert (found.follow_playback, found.app_language) == (False, "ru")


def test_what_is_chosen_elsewhere_is_shown(show, session):
    dialog = show()
    session.update_settings(theme="dark", transcript_font=16, follow_playback=False)
    assert named(dialog, QComboBox, "Theme").currentText() == "Dark"
    assert named(dialog, QComboBox, "Text size of transcripts").currentText() == "16 pt"
    assert not next(b for b in dialog.findChildren(QCheckBox) if "Follow" in b.text()).isChecked()


def test_russian_and_english_come_first_then_all_languages_by_name(show, session):
    combo = named(show("transcription"), QComboBox, "Language of speech")
    names = [combo.itemText(i) for i in range(combo.count()) if combo.itemText(i)]
    assert names[:3] == ["Detect automatically", "Russian", "English"]
    assert names[3:] == sorted(names[3:])
    choose(combo, "Kazakh")
    assert session.settings.language == "kk"
    choose(combo, "Detect automatically")
    assert session.settings.language == ""


def test_whisper_knows_every_language_that_can_be_chosen(show):
    from faster_whisper.tokenizer import _LANGUAGE_CODES

    combo = named(show("transcription"), QComboBox, "Language of speech")
    codes = {combo.itemData(i) for i in range(combo.count())} - {"", None}
    assert codes <= set(_LANGUAGE_CODES)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://models.example.com/whisper", "https://models.example.com/whisper"),
        (" http://10.0.0.1:8080 ", "http://10.0.0.1:8080"),
        ("", ""),
        ("models.example.com", None),
        ("ftp://models.example.com", None),
        ("https://", None),
        ("https://host:port/", None),
    ],
)
def test_a_mirror_is_a_web_address_or_is_not_taken(show, session, typed, kept):
    session.update_settings(mirror="https://before.example.com")
    dialog = show("transcription")
    field = named(dialog, QLineEdit, "Company mirror")
    field.setText(typed)
    field.editingFinished.emit()
    assert says(dialog, "not a web address") == (kept is None)
    before = "https://before.example.com"
    assert session.settings.mirror == (before if kept is None else kept)


def report(show, qtbot, probe):
    dialog = show("device", probe)
    qtbot.waitUntil(lambda: says(dialog, "are free on the disk"))
    return dialog


def test_a_computer_with_a_graphics_card_uses_it(show, session, qtbot):
    dialog = report(show, qtbot, lambda: {"asr": CUDA, "diarization": CUDA})
    assert says(dialog, "Speech becomes text on the NVIDIA graphics card")
    assert says(dialog, "told apart on the NVIDIA graphics card")
    choose(named(dialog, QComboBox, "Device for transcription"), "Processor")
    assert session.settings.device == "cpu"
    assert says(dialog, "as you chose")


def test_a_graphics_card_that_is_not_there_is_told_to_who_chose_it(show, session, qtbot):
    dialog = report(show, qtbot, lambda: {"asr": CPU, "diarization": CPU})
    assert says(dialog, "there is no NVIDIA graphics card")
    choose(named(dialog, QComboBox, "Device for transcription"), "Graphics card (NVIDIA)")
    assert says(dialog, "You chose the graphics card")


def test_an_engine_that_fails_is_told_and_can_be_looked_at_again(show, qtbot):
    answers = [KnownError(ErrorCode.ENGINE_DIED, engine="asr"), {"asr": CPU, "diarization": CPU}]

    def probe():
        answer = answers.pop(0)
        if isinstance(answer, KnownError):
            raise answer
        return answer

    dialog = report(show, qtbot, probe)
    assert says(dialog, "Speech cannot be turned into text")
    named_button(dialog, "Look again").click()
    qtbot.waitUntil(lambda: says(dialog, "there is no NVIDIA graphics card"))


def named_button(dialog, text):
    return next(b for b in dialog.findChildren(QAbstractButton) if b.text() == text)


def test_a_mistake_of_ours_is_told_as_one(show, qtbot):
    def probe():
        raise ValueError("a mistake")

    dialog = show("device", probe)
    qtbot.waitUntil(lambda: says(dialog, "could not be examined"))


def test_an_edit_under_way_and_a_dialog_asking_for_a_file_do_not_keep_it_open(show):
    dialog = show("glossary")
    named_button(dialog, "Import…").click()
    dialog.findChild(QFileDialog).reject()
    dialog.reject()
    assert not dialog.isVisible()


class Marks(QTranslator):
    """A language in which every text is in brackets."""

    def isEmpty(self):
        return False

    def translate(self, context, source, disambiguation=None, n=-1):
        return f"⟦{source}⟧"


DATA = ("Русский", "English", "https://", "…", "")


def own_texts(dialog):
    """All texts but those that are the same in every language."""
    texts = []
    for label in dialog.findChildren(QLabel):
        texts.append(label.text())
    for widget in dialog.findChildren(QAbstractButton):
        texts += [widget.text(), widget.toolTip(), widget.accessibleName()]
    for field in dialog.findChildren(QLineEdit):
        texts += [field.placeholderText(), field.accessibleName()]
    for combo in dialog.findChildren(QComboBox):
        texts += [combo.accessibleName(), *(combo.itemText(i) for i in range(combo.count()))]
    for names in dialog.findChildren(QListWidget):
        texts += [names.item(i).text() for i in range(names.count())]
    return [text for text in texts if text not in DATA and not text.startswith(("/", "Whisper"))]


@pytest.mark.parametrize("page", ["general", "transcription", "device", "glossary", "privacy"])
def test_every_text_follows_the_language_at_once(show, session, qtbot, page):
    dialog = show(page, lambda: {"asr": CPU, "diarization": CUDA})
    if page == "device":
        qtbot.waitUntil(lambda: says(dialog, "are free on the disk"))
    if page == "transcription":
        qtbot.waitUntil(lambda: says(dialog, "Comes with the program"))
    marks = Marks()
    QCoreApplication.installTranslator(marks)
    try:
        qtbot.waitUntil(lambda: dialog.windowTitle() == "⟦Settings⟧")
        shown = own_texts(dialog)
        assert len(shown) > 10
        assert [text for text in shown if "⟦" not in text and "pyannote" not in text] == []
    finally:
        QCoreApplication.removeTranslator(marks)
    qtbot.waitUntil(lambda: dialog.windowTitle() == "Settings")
    assert not any("⟦" in text for text in own_texts(dialog))
