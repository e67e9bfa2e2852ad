"""The window and its dialogs in both languages and themes, and for those who do not see it."""

import re
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTranslator
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QTabWidget,
    QWidget,
)

from voicerec_desktop.ui.dialogs.typed_confirmation import TypedConfirmation
from voicerec_desktop.ui.notices import Notice

DIALOGS = ("settings", "shortcuts", "about", "export", "typed")
PAGES = ("general", "transcription", "device", "glossary", "privacy")
LOOKS = [(language, theme) for language in ("en", "ru") for theme in ("light", "dark")]
DATA = re.compile(  # what is the same in every language
    r"^[\W\d]*$|Планёрка|Voicerec|^/|file\.wav|^Scroll |^https|\d{4}, \d"
    r"|Русский|English|Whisper|pyannote"
)


class Marking(QTranslator):
    """Translates everything into itself in brackets."""

    def isEmpty(self):
        return False

    def translate(self, _context, text, _comment=None, _n=-1):
        return f"«{text}»"


def dialog_of(window, qtbot, name):
    """Open a dialog of the window."""
    match name:
        case "settings":
            return window.dialogs.show_settings()
        case "typed":
            made = TypedConfirmation("Delete 2 meetings?", "For ever.", "delete", "Delete", window)
            made.open()
            return made
        case _:
            before = set(window.findChildren(QDialog))
            window.actions_[name].trigger()
            (made,) = set(window.findChildren(QDialog)) - before
            return made


def close(dialog, qtbot):
    gone = []
    dialog.destroyed.connect(lambda: gone.append(True))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.close()
    qtbot.waitUntil(lambda: bool(gone))


def texts(root: QObject) -> dict[tuple[str, int, str], str]:
    """Every text below an object that somebody reads or hears."""
    found = {}
    for number, one in enumerate([root, *root.findChildren(QObject)]):
        if isinstance(one, QAction):
            pairs = [("text", one.text()), ("tip", one.toolTip())]
        elif isinstance(one, QWidget):
            pairs = [("tip", one.toolTip()), ("name", one.accessibleName())]
            if isinstance(one, QLabel | QAbstractButton):
                pairs.append(("text", one.text()))
            if isinstance(one, QLineEdit):
                pairs.append(("placeholder", one.placeholderText()))
            if isinstance(one, QMenu | QGroupBox):
                pairs.append(("title", one.title()))
            if isinstance(one, QTabWidget):
                pairs += [(f"tab{i}", one.tabText(i)) for i in range(one.count())]
            if isinstance(one, QComboBox):
                pairs += [(f"item{i}", one.itemText(i)) for i in range(one.count())]
            if isinstance(one, QListWidget):
                pairs += [(f"item{i}", one.item(i).text()) for i in range(one.count())]
        else:
            continue
        found |= {(type(one).__name__, number, kind): text for kind, text in pairs}
    return found


def settle() -> None:
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def untranslated(root: QObject) -> dict[tuple[str, int, str], str]:
    return {
        place: text
        for place, text in texts(root).items()
        if "«" not in text and not DATA.search(text)
    }


@pytest.fixture
def marking(qapp):
    """Speaks the marked language from the moment of its call on."""
    translator = Marking()
    yield lambda: qapp.installTranslator(translator)
    qapp.removeTranslator(translator)


def test_another_language_changes_every_text_of_the_window_at_once(window, marking, qtbot):
    window._session.notify(Notice("info", "«one»", "one"))
    window.transcript.show_find(replace=True)
    marking()
    settle()
    assert untranslated(window) == {}


@pytest.mark.parametrize("name", [name for name in DIALOGS if name != "typed"])  # its are given
def test_another_language_changes_every_text_of_an_open_dialog(window, marking, qtbot, name):
    dialog = dialog_of(window, qtbot, name)
    if name == "settings":
        for page in PAGES:
            dialog.show_page(page)
    marking()
    settle()
    left = untranslated(dialog)
    close(dialog, qtbot)
    assert left == {}


def test_another_theme_repaints_everything_at_once(window, make_window, qtbot):
    def picture(of):
        of.resize(of.minimumSizeHint().width(), 600)
        of.setFocus()
        qtbot.waitUntil(lambda: of.details.speakers._talk != {})
        settle()
        return of.grab().toImage()

    light = picture(window)
    window._session.update_settings(theme="dark")
    dark = picture(window)
    window.close()
    window.shut_down()
    fresh = make_window(theme="dark")
    qtbot.waitUntil(lambda: fresh.document.transcript is not None)
    assert light != dark
    qtbot.waitUntil(lambda: differing(dark, picture(fresh)) == [], timeout=30_000)


def differing(one, other, step=3):
    """Places where two pictures are not alike."""
    assert one.size() == other.size()
    return [
        (x, y)
        for y in range(0, one.height(), step)
        for x in range(0, one.width(), step)
        if one.pixel(x, y) != other.pixel(x, y)
    ]


@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_every_dialog_opens_and_can_be_heard_in_every_look(window, qtbot, language, theme):
    window._session.update_settings(app_language=language, theme=theme)
    for name in DIALOGS:
        dialog = dialog_of(window, qtbot, name)
        qtbot.waitUntil(dialog.isVisible)
        assert dialog.windowTitle()
        for page in PAGES if name == "settings" else ():
            dialog.show_page(page)
            QCoreApplication.processEvents()
        assert nameless(dialog) == []
        dialog.grab()
        close(dialog, qtbot)


def nameless(root: QWidget) -> list[str]:
    """Controls that the keyboard reaches and that say nothing to a screen reader."""
    return [
        f"{type(one).__name__} in {type(one.parent()).__name__}"
        for one in root.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not one.isHidden()
        and one.focusProxy() is None
        and not one.objectName().startswith("qt_")
        and "Private" not in one.parent().metaObject().className()
        and not QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name).strip()
    ]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_control_of_the_window_has_a_name(window, qtbot, language):
    window._session.update_settings(app_language=language)
    window._session.notify(
        Notice("bad", "Something", "one", ("Do", partial(print, end="")), "why it is so")
    )
    window.transcript.show_find(replace=True)
    window.actions_["edit_text"].trigger()
    assert nameless(window) == []


def test_rows_of_all_lists_are_read_out_whole(window, qtbot):
    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        for row in range(model.rowCount()) if model is not None else ():
            assert str(
                model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
                or model.index(row, 0).data()
            ).strip()
