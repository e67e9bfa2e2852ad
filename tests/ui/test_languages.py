"""The window in Russian and in English: forms of numbers, dates, sizes, Qt's own texts, room."""

import re
from contextlib import suppress
from datetime import datetime

import pytest
from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QWidget,
)

from voicerec_desktop.ui.dialogs.about_dialog import AboutDialog
from voicerec_desktop.ui.dialogs.export_dialog import ExportDialog
from voicerec_desktop.ui.dialogs.shortcuts_dialog import ShortcutsDialog
from voicerec_desktop.ui.dialogs.typed_confirmation import TypedConfirmation
from voicerec_desktop.ui.i18n import date_and_time, duration, set_language
from voicerec_desktop.ui.settings.model_texts import file_size
from voicerec_desktop.ui.settings.settings_dialog import SettingsDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen one
PAGES = ("general", "transcription", "device", "glossary", "privacy")


@pytest.fixture
def speak(qapp):
    yield set_language
    set_language("en")


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("ru", ["1 участник", "2 участника", "5 участников", "11 участников", "21 участник"]),
        ("en", ["1 speaker", "2 speakers", "5 speakers", "11 speakers", "21 speakers"]),
    ],
)
def test_a_number_has_its_form(speak, language, wanted):
    speak(language)
    for number, text in zip((1, 2, 5, 11, 21), wanted, strict=True):
        said = QCoreApplication.translate("MeetingHeader", "%n speaker(s)", "", number)
        assert said == text


@pytest.mark.parametrize(
    ("language", "date", "lengths", "size"),
    [
        ("ru", "24 ноября 2026, 15:07", ["47 с", "12 мин", "1 ч 5 мин"], "1,5 ГБ"),
        ("en", "24 November 2026, 15:07", ["47 s", "12 min", "1 h 5 min"], "1.5 GB"),
    ],
)
def test_dates_lengths_and_sizes_follow_the_language(speak, language, date, lengths, size):
    speak(language)
    assert date_and_time(datetime(2026, 11, 24, 15, 7).astimezone().isoformat()) == date
    said = [duration(seconds).replace("\u00a0", " ") for seconds in (47, 720, 3900)]
    assert said == lengths
    assert file_size(1_500_000_000).replace("\u00a0", " ") == size


@pytest.mark.parametrize(
    ("language", "wanted"), [("ru", ["Отмена", "Сохранить"]), ("en", ["Cancel", "Save"])]
)
def test_dialogs_of_qt_itself_speak_the_language(speak, qtbot, language, wanted):
    speak(language)
    buttons = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(buttons.Cancel | buttons.Save)
    qtbot.addWidget(box)
    said = [box.button(one).text().replace("&", "") for one in (buttons.Cancel, buttons.Save)]
    assert said == wanted


def narrow(one: QWidget) -> bool:
    """Whether a widget has less room than its text takes."""
    if isinstance(one, QLabel):
        if one.wordWrap():
            return one.height() < one.heightForWidth(one.width())
        return bool(one.text()) and one.width() < one.sizeHint().width()
    if isinstance(one, QAbstractButton):
        return bool(one.text()) and one.width() < one.sizeHint().width()
    if isinstance(one, QTabBar):
        return one.width() < one.sizeHint().width()
    if isinstance(one, QComboBox):
        option = QStyleOptionComboBox()
        one.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        field = one.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, one)
        return field.width() < one.fontMetrics().horizontalAdvance(one.currentText())
    if isinstance(one, QLineEdit):
        room = one.width() - one.textMargins().left() - one.textMargins().right() - 8
        return room < one.fontMetrics().horizontalAdvance(one.placeholderText())
    if isinstance(one, QHeaderView):
        return any(
            one.sectionSize(i) < one.sectionSizeHint(i)
            for i in range(one.count())
            if not one.isSectionHidden(i)
        )
    return False


def cut(root: QWidget) -> list[str]:
    """Visible texts below a widget that are cut, or stick out of it."""
    found = []
    for one in root.findChildren(QWidget):
        if one.isVisible() and not isinstance(one.parent(), QAbstractItemView):
            text = one.text() if isinstance(one, QLabel | QAbstractButton) else type(one).__name__
            out = isinstance(one, QAbstractButton) and not inside(one)
            if narrow(one) or out:
                found.append(f"{type(one.parent()).__name__}: {text}")
    for header in root.findChildren(QHeaderView):
        if header.isVisible() and narrow(header):
            found.append(f"{type(header.parent()).__name__}: a head")
    return found


def settle() -> None:
    """Let the language change, and the layouts inside one another follow."""
    for _ in range(5):
        QApplication.processEvents()


def check_room(root: QWidget, qtbot) -> None:
    """Fail where a text has no room, once everything has been laid out."""
    settle()
    with suppress(qtbot.TimeoutError):  # what is read from the disk may still come
        qtbot.waitUntil(lambda: cut(root) == [], timeout=2000)
    assert cut(root) == []


def inside(one: QWidget) -> bool:
    parent = one.parentWidget()
    return parent is None or parent.rect().contains(QRect(one.pos(), one.size()))


def same_letters(texts: list[str]) -> set[str]:
    """Letters behind & that open more than one of the texts."""
    letters = [t.replace("&&", "").split("&")[1][0].lower() for t in texts if has_letter(t)]
    return {letter for letter in letters if letters.count(letter) > 1}


def has_letter(text: str) -> bool:
    return "&" in text.replace("&&", "")


@pytest.fixture(params=["ru", "en"])
def language(request):
    return request.param


def dialogs(window):
    session, document = window._session, window.document
    yield ExportDialog(document, session, window)
    yield AboutDialog(session, window)
    yield ShortcutsDialog(window.actions_.groups(), window)
    text = QCoreApplication.translate("MeetingVerbs", "Delete")
    yield TypedConfirmation(text, text, text, text, window)


def test_every_text_of_the_window_has_room(window, language, qtbot):
    window._session.update_settings(app_language=language)
    window.resize(1280, 800)
    window.transcript.show_find(replace=True)
    qtbot.waitUntil(lambda: window.details.speakers._talk != {})
    check_room(window, qtbot)
    tabs = window.details.findChild(QTabBar)
    settle()
    assert tabs.sizeHint().width() <= window.details.minimumWidth()
    for number in range(tabs.count()):
        tabs.setCurrentIndex(number)
        check_room(window, qtbot)
    window.actions_["show_queue"].trigger()
    check_room(window, qtbot)


def test_every_text_of_an_empty_window_has_room(make_window, language, qtbot):
    check_room(make_window(app_language=language), qtbot)


def test_every_text_of_the_dialogs_has_room(window, language, qtbot):
    window._session.update_settings(app_language=language)
    for dialog in dialogs(window):
        dialog.show()
        qtbot.waitUntil(dialog.isVisible)
        check_room(dialog, qtbot)
        dialog.close()
    for page in PAGES:
        settings = SettingsDialog(window._session, page=page)
        qtbot.addWidget(settings)
        settings.show()
        check_room(settings, qtbot)
        shown = [
            one.text()
            for one in settings.findChildren(QLabel) + settings.findChildren(QAbstractButton)
            if one.isVisible()
        ]
        assert same_letters(shown) == set(), page


def test_letters_of_a_menu_open_one_entry_each(window, language):
    window._session.update_settings(app_language=language)
    settle()
    bar = [action.text() for action in window.menuBar().actions()]
    assert same_letters(bar) == set()
    menus = [menu for menu in window.findChildren(QMenu) if menu.actions()]
    assert len(menus) >= len(bar)
    for menu in menus:
        texts = [action.text() for action in menu.actions() if not action.isSeparator()]
        assert same_letters(texts) == set(), menu.title()


def test_the_file_dialog_of_qt_speaks_russian_as_a_whole(qtbot, speak, tmp_path):
    speak("ru")
    (tmp_path / "folder").mkdir()
    dialog = QFileDialog(None, "Открыть", str(tmp_path), "Звук (*.wav)")
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setViewMode(QFileDialog.ViewMode.Detail)
    dialog.show()
    texts = [w.text() for w in dialog.findChildren(QLabel) if w.isVisible()]
    texts += [w.text() for w in dialog.findChildren(QAbstractButton) if w.isVisible()]
    texts += [w.toolTip() for w in dialog.findChildren(QAbstractButton) if w.isVisible()]
    texts += [a.text() for a in dialog.findChildren(QAction)]
    header = dialog.findChild(QHeaderView).model()
    texts += [header.headerData(i, Qt.Orientation.Horizontal) for i in range(4)]
    kinds = ("Folder", "File", "%1 File", "Drive")
    texts += [QCoreApplication.translate("QAbstractFileIconProvider", one) for one in kinds]
    english = [text for text in texts if text and re.search("[A-Za-z]{3}", str(text))]
    assert len(texts) > 15
    assert english == []
